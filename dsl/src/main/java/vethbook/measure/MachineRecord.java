package vethbook.measure;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machine that an experiment ran on, as far as it bears on the result. What cannot be found out
 * is an empty text.
 *
 * @param linux release, such as {@code 6.18.44}
 * @param cpuModel such as {@code AMD EPYC 9R14}
 * @param cpus how many this process may use
 * @param mitigations of CPU vulnerabilities, by name; those that do not affect this CPU are left
 *     out
 * @param governor of CPU frequency
 * @param clocksource such as {@code tsc}
 * @param virtualisation {@code none}, or what is known of the hypervisor
 * @param memoryBytes total
 * @param congestionControl the default of TCP
 * @param java such as {@code 17.0.15, OpenJDK 64-Bit Server VM}
 * @param loadAverage of the last minute; NaN when unknown
 * @param tools their versions by name
 * @param at when this was recorded
 */
public record MachineRecord(
    String linux,
    String cpuModel,
    int cpus,
    Map<String, String> mitigations,
    String governor,
    String clocksource,
    String virtualisation,
    long memoryBytes,
    String congestionControl,
    String java,
    double loadAverage,
    Map<String, String> tools,
    Instant at) {
  public MachineRecord {
    mitigations = Collections.unmodifiableMap(new TreeMap<>(mitigations));
    tools = Collections.unmodifiableMap(new TreeMap<>(tools));
  }

  /** This machine, now; without tools. Takes a few milliseconds. */
  public static MachineRecord capture() {
    return MachineFiles.THIS.capture();
  }

  /** This record with the version of a tool. */
  public MachineRecord with(String tool, String version) {
    Map<String, String> more = new TreeMap<>(tools);
    more.put(tool, version);
    return new MachineRecord(
        linux,
        cpuModel,
        cpus,
        mitigations,
        governor,
        clocksource,
        virtualisation,
        memoryBytes,
        congestionControl,
        java,
        loadAverage,
        more,
        at);
  }

  /** What differs from another record, a phrase each: {@code Linux 6.1 then, 6.12 now}. */
  public List<String> differences(MachineRecord later) {
    return MachineDifferences.between(this, later);
  }
}
