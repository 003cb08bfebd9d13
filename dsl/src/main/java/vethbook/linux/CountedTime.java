package vethbook.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this program runs in a guest whose clock counts instructions. */
public final class CountedTime {
  /** On Linux's command line, with QEMU's version. */
  public static final String PARAMETER = "vethbook.counted";

  /** What numbers in counted time tell, and what they do not. */
  public static final String MEANING =
      "Counted time: one CPU, and each instruction takes a nanosecond. Equal work takes equal time"
          + " on any machine, however busy; what caches, other CPUs and real hardware add is not in"
          + " it, and its seconds are not real ones. Compare settings of one run. Round trips are"
          + " run by number, 3000 where a time is asked for.";

  /** The clock in a record. */
  public static final String CLOCK = "counted, 1 ns an instruction";

  /** So many round trips a run, where a notebook says how long it measures them. */
  public static final int ROUND_TRIPS = 3000;

  private static final Optional<String> QEMU = read();

  private CountedTime() {}

  /** The version of the QEMU that counts; empty where the clock is a real one. */
  public static Optional<String> qemu() {
    return QEMU;
  }

  /** True in such a guest. */
  public static boolean isOn() {
    return QEMU.isPresent();
  }

  private static Optional<String> read() {
    try {
      return in(Files.readString(Path.of("/proc/cmdline")));
    } catch (IOException e) {
      return Optional.empty(); // without /proc nothing else of this program would work
    }
  }

  static Optional<String> in(String commandLine) {
    Matcher matcher =
        Pattern.compile("(?:^|\\s)" + Pattern.quote(PARAMETER) + "=(\\S+)").matcher(commandLine);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
