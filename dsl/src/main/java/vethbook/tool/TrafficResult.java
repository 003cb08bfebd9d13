package vethbook.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of traffic showed.
 *
 * @param engine {@code netperf 2.7.0} or {@code built-in}
 * @param value round trips per second, or bits per second received
 * @param latencies microseconds by statistic: {@code mean}, {@code p50}, {@code p90}, {@code p99},
 *     {@code max}; empty for streams
 * @param others what else was seen, by name with unit: {@code cpu use (%)}
 * @param transactions round trips made, those of a warm-up included; 0 for streams
 * @param clientCpus where the client ran, as taskset prints it; empty when not pinned
 * @param serverCpus where the server ran
 * @param nice priority of both
 * @param raw the tool's own output
 */
public record TrafficResult(
    NetperfTest test,
    String engine,
    double value,
    Map<String, Double> latencies,
    Map<String, Double> others,
    long transactions,
    String clientCpus,
    String serverCpus,
    int nice,
    String raw) {
  public TrafficResult {
    latencies = Collections.unmodifiableMap(new LinkedHashMap<>(latencies));
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /** {@code transactions/s} or {@code bit/s}. */
  public String unit() {
    return test.countsRoundTrips() ? "transactions/s" : "bit/s";
  }

  /** {@code 62 551 transactions/s, p50 15 µs (netperf 2.7.0, cpus 1 and 1)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(test + ": ");
    text.append(
        test.countsRoundTrips()
            ? "%,.0f transactions/s".formatted(value).replace(',', '\u202f')
            : "%.2f Gbit/s".formatted(value / 1e9));
    Double median = latencies.get("p50");
    if (median != null) {
      text.append(", p50 %.1f µs".formatted(median));
    }
    text.append(" (engine: ").append(engine);
    if (!clientCpus.isEmpty()) {
      text.append(", cpus ").append(clientCpus).append(" and ").append(serverCpus);
    }
    return text.append(nice == 0 ? "" : ", nice " + nice).append(')').toString();
  }
}
