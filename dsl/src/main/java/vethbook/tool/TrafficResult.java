package vethbook.tool;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

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
 * @param raw the tool's own output; the built-in engine's has the time of every round trip, as a
 *     log of HdrHistogram, in ns
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
    String raw)
    implements Tabular {
  /** What a histogram in {@code raw} begins with. */
  private static final String LOG = "#[Histogram log format";

  private static final double[] PERCENTILES = {1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999};

  /** A percentile needs some round trips beyond it. */
  private static final double LEAST_BEYOND = 10;

  public TrafficResult {
    latencies = Collections.unmodifiableMap(new LinkedHashMap<>(latencies));
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /** All times of the run in ns; empty for streams and for netperf, which does not tell them. */
  public Optional<Histogram> histogram() {
    if (!raw.startsWith(LOG)) {
      return Optional.empty();
    }
    InputStream bytes = new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8));
    return Optional.ofNullable((Histogram) new HistogramLogReader(bytes).nextIntervalHistogram());
  }

  @Override
  public String title() {
    return test + ", time of a round trip";
  }

  /** Percentiles that the number of round trips allows; of netperf, those that it tells. */
  @Override
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    Optional<Histogram> all = histogram();
    if (all.isEmpty()) {
      latencies.forEach((statistic, micros) -> rows.add(row(statistic, micros)));
      return rows;
    }
    Histogram times = all.get();
    rows.add(row("mean", times.getMean() / 1000));
    rows.add(row("min", times.getMinValue() / 1000.0));
    for (double percent : PERCENTILES) {
      if (times.getTotalCount() * (100 - percent) / 100 >= LEAST_BEYOND) {
        String name = "p" + Double.toString(percent).replaceFirst("\\.0$", "");
        rows.add(row(name, times.getValueAtPercentile(percent) / 1000.0));
      }
    }
    rows.add(row("max", times.getMaxValue() / 1000.0));
    return rows;
  }

  private static Map<String, Object> row(String statistic, double micros) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("statistic", statistic);
    row.put("latency (µs)", micros);
    return row;
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
