package vethbook.kernel.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs that this process has started. Their ages are read from Linux, in its clock ticks
 * since the start of the machine: what the JDK says of a process's start is a second off at times.
 *
 * @see "man 5 proc, /proc/[pid]/stat"
 */
final class Children {
  private static final int TICKS_IN_A_SECOND = 100; // USER_HZ, the same on all Linux of interest
  private static final int START_TIME = 22 - 3; // counted from the state, field 3
  private static final long UNKNOWN = -1;

  private Children() {}

  /** The time, for {@link #since}. */
  static long now() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      return (long) (Double.parseDouble(uptime.split(" ")[0]) * TICKS_IN_A_SECOND);
    } catch (IOException e) {
      KernelServer.log("programs that cells start are not ended by an interrupt: " + e);
      return Long.MAX_VALUE;
    }
  }

  /** The programs that were started since then and still run. */
  static List<ProcessHandle> since(long ticks) {
    return ProcessHandle.current().children().filter(child -> startOf(child) >= ticks).toList();
  }

  /** Ends these programs and those that they have started. */
  static void end(List<ProcessHandle> children) {
    for (ProcessHandle child : children) {
      child.descendants().forEach(ProcessHandle::destroy);
      child.destroy();
    }
  }

  private static long startOf(ProcessHandle child) {
    try {
      String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      return Long.parseLong(afterName.split(" ")[START_TIME]);
    } catch (IOException e) {
      return UNKNOWN; // it has ended
    }
  }
}
