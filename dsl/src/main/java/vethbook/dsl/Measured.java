package vethbook.dsl;

import java.util.List;
import java.util.stream.Collectors;
import vethbook.tool.Figure;
import vethbook.tool.ToolResult;

/** What a program that a cell ran by {@code measure} showed. */
public record Measured(
    String what, String engine, List<Figure> figures, long transactions, String raw)
    implements ToolResult {
  public Measured {
    figures = List.copyOf(figures);
  }

  /** {@code curl: total time 0.012 s}. */
  @Override
  public String toString() {
    return what
        + ": "
        + figures.stream()
            .map(
                figure ->
                    "%s %s %s".formatted(figure.name(), figure.value(), figure.unit()).strip())
            .collect(Collectors.joining(", "));
  }
}
