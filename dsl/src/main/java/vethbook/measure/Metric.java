package vethbook.measure;

/**
 * What is measured, in which base unit, and which direction is good.
 *
 * @param name in the words of the tool: {@code transaction rate}, {@code p50 latency}
 * @param unit a base unit, never scaled: {@code transactions/s}, {@code bit/s}, {@code µs}
 */
public record Metric(String name, String unit, boolean higherIsBetter) {
  /** Round trips per second: netperf's TCP_RR, TCP_CRR and UDP_RR. */
  public static final Metric TRANSACTION_RATE =
      new Metric("transaction rate", "transactions/s", true);

  /** What a stream delivers: netperf's TCP_STREAM, TCP_MAERTS and UDP_STREAM. */
  public static final Metric THROUGHPUT = new Metric("throughput", "bit/s", true);

  /**
   * A time per round trip, such as {@code p50 latency}.
   *
   * @param statistic which of the times: {@code mean}, {@code p50}, {@code p99}, {@code max}
   */
  public static Metric latency(String statistic) {
    return new Metric(statistic + " latency", "µs", false);
  }

  /** What a value below (or above) another one is called: {@code slower}, {@code longer}. */
  String direction(double change) {
    if (unit.equals("µs")) {
      return change < 0 ? "shorter" : "longer";
    }
    if (unit.endsWith("/s")) {
      return change < 0 ? "slower" : "faster";
    }
    return change < 0 ? "lower" : "higher";
  }

  /** {@code p50 latency (µs)}. */
  @Override
  public String toString() {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
