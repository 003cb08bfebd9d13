package vethbook.tool;

import java.util.List;

/** What one run of a tool showed, in the form in which an experiment takes it. */
public interface ToolResult {
  /** What was measured, for captions: {@code iperf3 TCP}. */
  String what();

  /** Program and version: {@code iperf3 3.12}. Results of different ones are never compared. */
  String engine();

  /** All numbers, the main one first. */
  List<Figure> figures();

  /** Round trips made, by which counters are divided; 0 when it did not work in round trips. */
  default long transactions() {
    return 0;
  }

  /** The tool's own output, unchanged. */
  String raw();

  /**
   * A number by its name; NaN when there is none.
   *
   * @param name such as {@code p99 latency}
   */
  default double of(String name) {
    return figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
