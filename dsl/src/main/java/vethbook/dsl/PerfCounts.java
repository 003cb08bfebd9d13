package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.measure.CounterNames;
import vethbook.tool.Perf;
import vethbook.tool.Tabular;
import vethbook.tool.ToolResult;
import vethbook.tool.TrafficResult;

/**
 * How often perf's events happened while a block ran, on the whole machine or the CPUs named: what
 * else runs there counts in.
 */
public final class PerfCounts implements Tabular {
  private final List<Perf.Count> counts;
  private final Duration took;
  private final @Nullable Object value;

  PerfCounts(List<Perf.Count> counts, Duration took, @Nullable Object value) {
    this.counts = List.copyOf(counts);
    this.took = took;
    this.value = value;
  }

  /** What the block's last line yielded. */
  public @Nullable Object getValue() {
    return value;
  }

  /**
   * Round trips made meanwhile, when the block's last line was traffic that counts them; else 0.
   */
  public long getTransactions() {
    return transactions(value);
  }

  static long transactions(@Nullable Object value) {
    if (value instanceof TrafficResult result) {
      return result.transactions();
    }
    return value instanceof ToolResult result ? result.transactions() : 0;
  }

  /** How often an event happened; NaN where this machine cannot count it. */
  public double getAt(String event) {
    return counts.stream()
        .filter(count -> count.event().equals(event))
        .mapToDouble(Perf.Count::value)
        .findFirst()
        .orElseThrow(
            () -> CounterNames.unknown(event, counts.stream().map(Perf.Count::event).toList()));
  }

  @Override
  public String title() {
    return "perf, all of the machine";
  }

  @Override
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Perf.Count count : counts) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put(
          "event",
          count.unit().isEmpty() ? count.event() : count.event() + " (" + count.unit() + ")");
      row.put("count", count.value());
      row.put("per second", count.value() * 1e9 / took.toNanos());
      if (getTransactions() > 0) {
        row.put("per transaction", count.value() / getTransactions());
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  public String toString() {
    List<String> texts =
        counts.stream()
            .map(
                count ->
                    Double.isNaN(count.value())
                        ? count.event() + ": cannot be counted here"
                        : "%s: %.0f".formatted(count.event(), count.value()))
            .toList();
    return String.join(", ", texts);
  }
}
