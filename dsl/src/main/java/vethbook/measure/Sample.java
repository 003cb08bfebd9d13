package vethbook.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measured value and the circumstances under which it was taken.
 *
 * @param setting whose run this was
 * @param round from 1
 * @param position place in the round's random order, from 1
 * @param load what else the machine did meanwhile
 * @param counters by how much Linux's counters grew during the run, by name: {@code
 *     softirq.NET_RX}, {@code softnet.processed}; machine-wide ones include other traffic
 * @param started when the run began
 * @param took how long it ran, with starting and stopping its tools
 */
public record Sample(
    String setting,
    int round,
    int position,
    Measurement measurement,
    Load load,
    Map<String, Long> counters,
    Instant started,
    Duration took) {
  public Sample {
    counters = Collections.unmodifiableMap(new TreeMap<>(counters));
  }

  /**
   * A counter's growth divided by the round trips made; NaN when there were none or the counter is
   * unknown.
   */
  public double perTransaction(String counter) {
    Long grown = counters.get(counter);
    return grown == null || measurement.transactions() == 0
        ? Double.NaN
        : (double) grown / measurement.transactions();
  }
}
