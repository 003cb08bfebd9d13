package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A grid of two factors, each cell with its number and a colour, the best one framed. */
final class GridPlot {
  private final GridData data;
  private final double low;
  private final double high;

  GridPlot(GridData data) {
    this.data = data;
    double[] known =
        data.values().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    this.low = known.length == 0 ? 0 : known[0];
    this.high = known.length == 0 ? 1 : known[known.length - 1];
  }

  /** What the grid says: where the best is, and how far the worst is from it. */
  String finding() {
    int[] best = place(data.higherIsBetter());
    int[] worst = place(!data.higherIsBetter());
    if (best.length == 0) {
      return data.quantity();
    }
    String ratio =
        low > 0 ? ", " + Numbers.fixed(high / low, high / low < 10 ? 1 : 0) + " times that" : "";
    return "Best %s: %s %s with %s%s with %s"
        .formatted(
            data.quantity(),
            Numbers.brief(data.value(best[0], best[1])),
            data.unit(),
            levels(best),
            data.higherIsBetter()
                ? ratio
                : low > 0 ? "; " + Numbers.fixed(high / low, 1) + " times as much" : "",
            levels(worst));
  }

  /** How to read it. */
  String key() {
    return "number = "
        + data.quantity()
        + (data.unit().isEmpty() ? "" : " in " + data.unit())
        + ", stronger colour = more, frame = best ("
        + (data.higherIsBetter() ? "higher" : "lower")
        + " is better)";
  }

  Map<String, Object> spec(ChartText words) {
    double step = Math.max(58, Math.min(110, 560.0 / Math.max(1, data.columns().size())));
    double height = Math.max(30, Math.min(44, 340.0 / Math.max(1, data.rows().size())));
    Chart chart = new Chart(words, step * data.columns().size(), height * data.rows().size());
    List<Map<String, Object>> cells = new ArrayList<>();
    int[] best = place(data.higherIsBetter());
    for (int row = 0; row < data.rows().size(); row++) {
      for (int column = 0; column < data.columns().size(); column++) {
        cells.add(cell(row, column, best));
      }
    }
    chart.names(true, data.rows()).data("cells", cells);
    Map<String, Object> x = GroupAxis.horizontal("left", data.columns(), step);
    title(x, data.across());
    Map<String, Object> y = GroupAxis.vertical("top", data.rows(), 150);
    title(y, data.down());
    chart.layer(
        "cells",
        Json.object("type", "rect", "cornerRadius", 3),
        Json.object(
            "x", x,
            "x2", Chart.end("right"),
            "y", y,
            "y2", Chart.end("bottom"),
            "fill", Chart.raw("colour"),
            "stroke", Chart.raw("frame"),
            "strokeWidth", Chart.raw("thick"),
            "tooltip",
                List.of(
                    Chart.tooltip("column", data.across()),
                    Chart.tooltip("row", data.down()),
                    Chart.number("value", data.unit()))));
    chart.layer(
        "cells",
        Json.object("type", "text", "fontSize", 12, "baseline", "middle", "fontWeight", "bold"),
        Json.object(
            "x", Chart.field("x"),
            "y", Chart.field("y"),
            "text", Chart.words("text"),
            "color", Chart.raw("ink")));
    return chart.spec(58);
  }

  private static void title(Map<String, Object> channel, String title) {
    if (channel.get("axis") instanceof Map<?, ?> axis) {
      Map<String, Object> titled = new java.util.LinkedHashMap<>();
      axis.forEach((key, value) -> titled.put(key.toString(), value));
      titled.put("title", title);
      channel.put("axis", titled);
    }
  }

  private Map<String, Object> cell(int row, int column, int[] best) {
    double value = data.value(row, column);
    boolean known = Double.isFinite(value);
    double share = high > low ? (value - low) / (high - low) : 0.5;
    int shade = known ? (int) Math.min(Theme.SHADES.size() - 1, share * Theme.SHADES.size()) : 0;
    boolean isBest = best.length > 0 && best[0] == row && best[1] == column;
    Map<String, Object> cell =
        Json.object(
            "column",
            data.columns().get(column),
            "row",
            data.rows().get(row),
            "x",
            column,
            "y",
            row,
            "left",
            column - 0.48,
            "right",
            column + 0.48,
            "top",
            row - 0.47,
            "bottom",
            row + 0.47,
            "text",
            known ? Numbers.brief(value) : "–",
            "colour",
            known ? Theme.SHADES.get(shade) : Theme.PANEL,
            "ink",
            !known
                ? Theme.MUTED
                : shade <= Theme.SHADES.size() / 2 ? Theme.ON_LIGHT_SHADE : Theme.ON_DARK_SHADE,
            "frame",
            isBest ? Theme.INK : "transparent",
            "thick",
            isBest ? 2.5 : 0);
    if (known) {
      cell.put("value", value);
    }
    return cell;
  }

  /** Row and column of the highest or lowest value; empty when none is known. */
  private int[] place(boolean highest) {
    int[] found = {};
    for (int row = 0; row < data.rows().size(); row++) {
      for (int column = 0; column < data.columns().size(); column++) {
        if (data.value(row, column) == (highest ? high : low) && found.length == 0) {
          found = new int[] {row, column};
        }
      }
    }
    return found;
  }

  private String levels(int[] place) {
    return level(data.across(), data.columns().get(place[1]))
        + " and "
        + level(data.down(), data.rows().get(place[0]));
  }

  private static String level(String factor, String level) {
    String name = factor.replaceFirst("\\s*\\(.*\\)$", "");
    String unit = factor.replaceFirst("^.*\\((.*)\\)$", "$1");
    return name + " " + level + (unit.equals(factor) ? "" : " " + unit);
  }

  /** The grid as columns of text. */
  String lines() {
    List<Sheet.Heading> headings = new ArrayList<>();
    headings.add(new Sheet.Heading(data.down() + " \\ " + data.across(), false));
    data.columns().forEach(column -> headings.add(new Sheet.Heading(column, true)));
    List<List<Sheet.Cell>> rows = new ArrayList<>();
    for (int row = 0; row < data.rows().size(); row++) {
      List<Sheet.Cell> cells = new ArrayList<>();
      cells.add(Sheet.Cell.of(data.rows().get(row)));
      for (double value : data.values().get(row)) {
        cells.add(Sheet.Cell.of(Double.isFinite(value) ? Numbers.brief(value) : "–"));
      }
      rows.add(cells);
    }
    return new SheetText(new Sheet("", headings, rows, List.of("(" + data.unit() + ")"))).plain();
  }
}
