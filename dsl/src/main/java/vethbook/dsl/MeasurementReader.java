package vethbook.dsl;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.PlanException;
import vethbook.measure.Measurement;
import vethbook.measure.Metric;
import vethbook.measure.Percentiles;
import vethbook.tool.Figure;
import vethbook.tool.ToolResult;
import vethbook.tool.TrafficResult;

/**
 * Turns what a setting's last line yields into a measurement, and remembers which tests were run.
 */
final class MeasurementReader {
  private final Set<String> tests = new LinkedHashSet<>();
  private final Set<String> unpinned = new LinkedHashSet<>();

  /**
   * The measurement that a value holds.
   *
   * @throws PlanException when the value is none
   */
  Measurement read(String setting, @Nullable Object value) {
    if (value instanceof Measurement measurement) {
      return measurement;
    }
    if (value instanceof TrafficResult result) {
      tests.add(result.test().name());
      if (result.test().countsRoundTrips()
          && (result.clientCpus().isEmpty() || result.serverCpus().isEmpty())) {
        unpinned.add("'" + setting + "'");
      }
      return of(result);
    }
    if (value instanceof ToolResult result) {
      tests.add(result.what());
      return of(setting, result);
    }
    String found = value == null ? "nothing" : value.toString();
    throw new PlanException(
        "Cannot use what setting '%s' yields: %s".formatted(setting, found),
        "its last line must measure: netperf TCP_RR, from: ..., to: ...");
  }

  private static Measurement of(String setting, ToolResult result) {
    Figure main = result.figures().get(0);
    if (!main.isKnown()) {
      throw new PlanException(
          "Cannot use what setting '%s' yields: %s".formatted(setting, result),
          "it shows no " + main.name());
    }
    Measurement measurement =
        new Measurement(
            metric(main),
            main.value(),
            result.engine(),
            Map.of(),
            result.transactions(),
            result.raw());
    for (Figure extra : result.figures().subList(1, result.figures().size())) {
      if (extra.isKnown()) {
        measurement = measurement.with(metric(extra), extra.value());
      }
    }
    return measurement;
  }

  private static Metric metric(Figure figure) {
    return new Metric(figure.name(), figure.unit(), figure.higherIsBetter());
  }

  private static Measurement of(TrafficResult result) {
    boolean roundTrips = result.test().countsRoundTrips();
    Metric metric = roundTrips ? Metric.TRANSACTION_RATE : Metric.THROUGHPUT;
    Measurement measurement =
        new Measurement(
            metric, result.value(), result.engine(), Map.of(), result.transactions(), result.raw());
    for (Map.Entry<String, Double> latency : result.latencies().entrySet()) {
      if (!Percentiles.isShown(latency.getKey(), result.transactions())) {
        continue; // it would be the time of a handful of round trips
      }
      measurement = measurement.with(Metric.latency(latency.getKey()), latency.getValue());
    }
    for (Map.Entry<String, Double> other : result.others().entrySet()) {
      measurement = measurement.with(named(other.getKey()), other.getValue());
    }
    return measurement;
  }

  /** {@code cpu use (%)} is the metric "cpu use" in %. */
  private static Metric named(String text) {
    int open = text.indexOf(" (");
    return open < 0
        ? new Metric(text, "", false)
        : new Metric(text.substring(0, open), text.substring(open + 2, text.length() - 1), false);
  }

  /** Remembers tests that were run elsewhere. */
  void ran(String elsewhere) {
    tests.add(elsewhere);
  }

  /** The settings, in quotes, that counted round trips between ends without fixed CPUs. */
  Set<String> unpinned() {
    return unpinned;
  }

  /** {@code TCP_RR}, or several joined. */
  String tests() {
    return tests.isEmpty() ? "measured" : String.join(", ", tests);
  }
}
