package vethbook.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run yields.
 *
 * @param value in the metric's unit; finite
 * @param engine which program made the traffic: {@code netperf 2.7.0}, {@code built-in}. Results of
 *     different engines are never compared.
 * @param extras what else the run showed, in the order of the tool: latencies, retransmissions
 * @param transactions round trips made while the run lasted, its own warm-up included; 0 when it
 *     did not work in transactions. Counters are divided by it.
 * @param raw the tool's own output, unchanged; empty when there is none
 */
public record Measurement(
    Metric metric,
    double value,
    String engine,
    Map<Metric, Double> extras,
    long transactions,
    String raw) {
  public Measurement {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(metric + " is not a number: " + value);
    }
    if (transactions < 0) {
      throw new IllegalArgumentException("transactions < 0: " + transactions);
    }
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }

  /** A measurement without extras. */
  public static Measurement of(Metric metric, double value, String engine) {
    return new Measurement(metric, value, engine, Map.of(), 0, "");
  }

  /** This one with another value beside the main one. */
  public Measurement with(Metric extra, double amount) {
    Map<Metric, Double> more = new LinkedHashMap<>(extras);
    more.put(extra, amount);
    return new Measurement(metric, value, engine, more, transactions, raw);
  }

  /** This one with the number of round trips made. */
  public Measurement transactions(long made) {
    return new Measurement(metric, value, engine, extras, made, raw);
  }

  /** The value of a metric, the main one or an extra; NaN when this run did not show it. */
  public double of(Metric wanted) {
    return wanted.equals(metric) ? value : extras.getOrDefault(wanted, Double.NaN);
  }
}
