package vethbook.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What else the machine did while a sample was taken. Samples are marked by it, never dropped.
 *
 * @param loadAverage of the last minute, at the end of the run ({@code /proc/loadavg}); this run's
 *     own processes count in it
 * @param pressure share of the time in which something waited for a CPU ({@code
 *     /proc/pressure/cpu}), 0 to 1; NaN where Linux does not tell. Two pinned processes of one run
 *     wait for each other, so it is high without any fault.
 * @param steal share of all CPU time that the hypervisor gave to others, 0 to 1
 * @param others share of all CPU time that other processes used, 0 to 1. A lower bound: where Linux
 *     accounts by ticks (no CONFIG_IRQ_TIME_ACCOUNTING), softirqs that hit this run's processes are
 *     charged to them, but are no process time in {@code /proc/stat}.
 * @param frequency mean of all CPUs at the end of the run, in MHz; NaN where Linux does not tell. A
 *     virtual machine often shows a constant.
 */
public record Load(
    double loadAverage, double pressure, double steal, double others, double frequency) {
  /** No load was recorded. */
  public static final Load UNKNOWN = new Load(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  private static final double STEAL_LIMIT = 0.02;
  private static final double OTHERS_LIMIT = 0.05;

  /** A load without the frequency, which not every machine tells. */
  public Load(double loadAverage, double pressure, double steal, double others) {
    this(loadAverage, pressure, steal, others, Double.NaN);
  }

  /**
   * Watches the machine for a while in which this process rests.
   *
   * @throws InterruptedException when interrupted meanwhile
   */
  public static Load watch(Duration time) throws InterruptedException {
    LoadMeter meter = new LoadMeter();
    Thread.sleep(time.toMillis());
    return meter.read();
  }

  /** What may have disturbed the sample, each a phrase: {@code other processes used 12 %}. */
  public List<String> marks() {
    List<String> marks = new ArrayList<>();
    if (others > OTHERS_LIMIT) {
      marks.add("other processes used " + percent(others) + " of the CPU time");
    }
    if (steal > STEAL_LIMIT) {
      marks.add("the hypervisor took " + percent(steal) + " of the CPU time");
    }
    return marks;
  }

  /** More than 5 % of the CPU time went to other processes, or more than 2 % was stolen. */
  public boolean isContaminated() {
    return !marks().isEmpty();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
