package vethbook.tool;

/**
 * One number that a tool found out.
 *
 * @param name in the words of the tool: {@code throughput}, {@code p99 latency}
 * @param unit a base unit, never scaled: {@code bit/s}, {@code µs}; empty for a count
 * @param value NaN when the tool did not find out
 */
public record Figure(String name, String unit, boolean higherIsBetter, double value) {
  static Figure higher(String name, String unit, double value) {
    return new Figure(name, unit, true, value);
  }

  static Figure lower(String name, String unit, double value) {
    return new Figure(name, unit, false, value);
  }

  static Figure latency(String statistic, double micros) {
    return lower(statistic + " latency", "µs", micros);
  }

  public boolean isKnown() {
    return Double.isFinite(value);
  }
}
