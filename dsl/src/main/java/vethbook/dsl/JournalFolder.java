package vethbook.dsl;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the runs of experiments are written down as they end: a file for each title in each
 * notebook, below {@code $XDG_STATE_HOME} or {@code ~/.local/state}.
 */
final class JournalFolder {
  private static final int LONGEST = 60;

  private JournalFolder() {}

  static Path file(String notebook, String title) {
    String state = System.getenv("XDG_STATE_HOME");
    Path folder =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    // the hash tells apart what the readable name does not
    String hash = Integer.toHexString((notebook + "\n" + title).hashCode());
    return folder.resolve("vethbook").resolve(name(title) + "-" + hash + ".jsonl");
  }

  /**
   * The file in a folder that one run has for itself.
   *
   * @param number counts the experiments of this title, from 1
   */
  static Path file(Path folder, String title, int number) {
    String hash = Integer.toHexString(title.hashCode());
    return folder.resolve(name(title) + "-" + hash + "-" + number + ".jsonl");
  }

  private static String name(String title) {
    String plain = title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    return plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^-|-$", "");
  }
}
