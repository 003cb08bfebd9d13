package vethbook.linux.nft;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/** The program nft, run in a namespace. */
public final class Nft {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PROGRAM = "nft";

  private Nft() {}

  /**
   * Loads a script as one transaction: all of it or nothing ({@code nft -f -}).
   *
   * @param purpose what for, to follow "Cannot"
   * @throws ExperimentException with nft's own words, which name the line and column
   */
  public static void load(NetnsHandle netns, String script, String purpose) {
    run(netns, script, purpose, "-f", "-");
  }

  /**
   * Deletes a table of the family inet, also one that may not be there. An interrupt does not stop
   * it: what was loaded is taken out again.
   */
  public static void deleteTable(NetnsHandle netns, String table, String purpose) {
    boolean isInterrupted = Thread.interrupted();
    try {
      load(netns, "table inet %1$s\ndelete table inet %1$s\n".formatted(table), purpose);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What an nft command that lists something prints. */
  public static String list(NetnsHandle netns, String... arguments) {
    return run(netns, "", "list the nft rules of " + netns, arguments);
  }

  private static String run(NetnsHandle netns, String input, String purpose, String... arguments) {
    requireInstalled(purpose);
    String[] argv = new String[arguments.length + 1];
    argv[0] = PROGRAM;
    System.arraycopy(arguments, 0, argv, 1, arguments.length);
    Command.Output output = Command.of(argv).in(netns).input(input).run(LIMIT);
    if (output.exit() != 0) {
      String said = output.err().strip();
      throw new ExperimentException(
          "Cannot " + purpose,
          PROGRAM,
          said.isEmpty() ? "exit status " + output.exit() : said.replace("\n", "\n        "),
          next(said),
          null);
    }
    return output.out();
  }

  private static void requireInstalled(String purpose) {
    if (Command.find(PROGRAM).isEmpty()) {
      throw new ExperimentException(
          "Cannot " + purpose + ": nft is not installed",
          null,
          null,
          "install the Debian package nftables",
          null);
    }
  }

  private static @Nullable String next(String said) {
    return said.contains("Operation not permitted")
        ? "this needs CAP_NET_ADMIN; 'vethbook doctor' says what is possible here"
        : null;
  }
}
