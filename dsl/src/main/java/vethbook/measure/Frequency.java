package vethbook.measure;

import java.util.ArrayList;
import java.util.List;

/** How fast the CPUs' clocks run, as far as Linux tells. */
final class Frequency {
  private static final String CPUS = "/sys/devices/system/cpu/cpu";

  private Frequency() {}

  /**
   * The mean of all CPUs in MHz: {@code cpufreq/scaling_cur_freq}, else {@code cpu MHz} of {@code
   * /proc/cpuinfo}; NaN where neither is there.
   */
  static double now() {
    List<Double> found = new ArrayList<>();
    for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
      ProcFile.read(CPUS + cpu + "/cpufreq/scaling_cur_freq")
          .filter(khz -> khz.strip().matches("\\d+"))
          .ifPresent(khz -> found.add(Double.parseDouble(khz) / 1000));
    }
    return found.isEmpty() ? ofCpuinfo(ProcFile.read("/proc/cpuinfo").orElse("")) : mean(found);
  }

  static double ofCpuinfo(String cpuinfo) {
    return mean(
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("cpu MHz"))
            .map(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
            .toList());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
