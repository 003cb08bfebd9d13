package vethbook.measure;

import java.util.stream.Stream;

/**
 * Watches what else the machine does while a run lasts: {@code /proc/stat} and {@code
 * /proc/pressure/cpu} before and after, less what this process and its children used: those that
 * have ended, and servers that run on.
 */
final class LoadMeter {
  private final Reading before = Reading.now();

  /** The load since this meter was made. */
  Load read() {
    Load load = load(before, Reading.now());
    return new Load(
        load.loadAverage(), load.pressure(), load.steal(), load.others(), Frequency.now());
  }

  static Load load(Reading before, Reading after) {
    double all = after.all() - before.all();
    if (all <= 0) {
      return new Load(after.loadAverage(), Double.NaN, 0, 0);
    }
    double others = after.processes() - before.processes() - (after.own() - before.own());
    double steal = after.steal() - before.steal();
    double elapsed = (after.nanos() - before.nanos()) / 1000.0;
    double pressure = (after.waitedMicros() - before.waitedMicros()) / elapsed;
    return new Load(after.loadAverage(), share(pressure), share(steal / all), share(others / all));
  }

  /** Ticks are coarse: a share may come out a little outside 0 to 1. NaN stays. */
  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /**
   * A look at the machine. CPU times are in ticks of 10 ms.
   *
   * @param processes what all processes used: user, nice and system, without interrupts
   * @param steal what the hypervisor gave to others
   * @param all all time of all CPUs
   * @param own what this process used, and all that it has started
   * @param waitedMicros how long some task waited for a CPU; NaN where Linux does not tell
   */
  record Reading(
      long processes,
      long steal,
      long all,
      long own,
      double waitedMicros,
      double loadAverage,
      long nanos) {
    // "cpu", user, nice, system, idle, iowait, irq, softirq, steal (man 5 proc_stat)
    private static final int SYSTEM = 3;
    private static final int STEAL = 8;
    // positions of utime and cstime after the command's name (man 5 proc_pid_stat)
    private static final int UTIME = 11;
    private static final int CSTIME = 14;

    static Reading now() {
      return of(
          ProcFile.read("/proc/stat").orElse(""),
          ownStats().mapToLong(Reading::used).sum(),
          ProcFile.read("/proc/pressure/cpu").orElse(""),
          ProcFile.read("/proc/loadavg").orElse(""),
          System.nanoTime());
    }

    /** The {@code /proc/PID/stat} of this process and of each that descends from it. */
    private static Stream<String> ownStats() {
      return Stream.concat(
              Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
          .flatMap(process -> ProcFile.read("/proc/" + process.pid() + "/stat").stream());
    }

    /** What a process and its ended children used, in ticks. */
    static long used(String processStat) {
      String values = processStat.substring(processStat.lastIndexOf(')') + 1);
      return sum(values.trim().split("\\s+"), UTIME, CSTIME);
    }

    static Reading of(String stat, long own, String pressure, String loadAverage, long nanos) {
      String[] cpu = stat.lines().findFirst().orElse("").trim().split("\\s+");
      return new Reading(
          sum(cpu, 1, SYSTEM),
          sum(cpu, STEAL, STEAL),
          sum(cpu, 1, STEAL),
          own,
          waited(pressure),
          first(loadAverage),
          nanos);
    }

    private static long sum(String[] words, int from, int to) {
      long sum = 0;
      for (int i = from; i <= to && i < words.length; i++) {
        sum += Long.parseLong(words[i]);
      }
      return sum;
    }

    private static double waited(String pressure) {
      int at = pressure.indexOf("total=");
      return pressure.startsWith("some") && at > 0
          ? Double.parseDouble(pressure.substring(at + 6).split("\\s", 2)[0])
          : Double.NaN;
    }

    private static double first(String loadAverage) {
      return loadAverage.isBlank() ? Double.NaN : Double.parseDouble(loadAverage.split(" ", 2)[0]);
    }
  }
}
