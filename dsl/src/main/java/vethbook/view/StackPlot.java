package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vethbook.view.StackData.Bar;

/** Bars made of parts, each part with its name beside the last bar and its number inside. */
final class StackPlot {
  private static final double ROOM_FOR_NUMBER = 15;

  private final StackData data;
  private final ValueAxis y;
  private final double step;

  StackPlot(StackData data) {
    this.data = data;
    String title =
        data.unit().isEmpty() ? data.quantity() : data.quantity() + " (" + data.unit() + ")";
    this.y = ValueAxis.fromZero(title, data.bars().stream().mapToDouble(Bar::total));
    this.step = GroupAxis.step(data.bars().size());
  }

  /** What the bars say: who needs most and least, and which part makes the difference. */
  String finding() {
    List<Bar> sorted =
        data.bars().stream().sorted(java.util.Comparator.comparingDouble(Bar::total)).toList();
    if (sorted.size() < 2 || sorted.get(0).total() <= 0) {
      return data.quantity();
    }
    Bar least = sorted.get(0);
    Bar most = sorted.get(sorted.size() - 1);
    if (most.total() < 1.05 * least.total()) {
      return "All settings have the same " + data.quantity() + " within 5\u00a0%";
    }
    int part = 0;
    for (int i = 0; i < data.parts().size(); i++) {
      if (gap(most, least, i) > gap(most, least, part)) {
        part = i;
      }
    }
    return "%s has %s times the %s of %s, most of the difference in %s"
        .formatted(
            most.setting(),
            Numbers.fixed(most.total() / least.total(), 1),
            data.quantity(),
            least.setting(),
            data.parts().get(part));
  }

  private static double gap(Bar most, Bar least, int part) {
    return most.values().get(part) - least.values().get(part);
  }

  Map<String, Object> spec(ChartText words) {
    double width = step * data.bars().size();
    Chart chart = new Chart(words, width, Chart.HEIGHT);
    List<Map<String, Object>> pieces = new ArrayList<>();
    List<Map<String, Object>> totals = new ArrayList<>();
    double half = Math.min(0.3, 42 / step);
    for (int i = 0; i < data.bars().size(); i++) {
      Bar bar = data.bars().get(i);
      double foot = 0;
      for (int part = 0; part < data.parts().size(); part++) {
        double value = bar.values().get(part);
        pieces.add(piece(i, half, bar, part, foot, value));
        foot += value;
      }
      totals.add(Json.object("at", i, "top", foot, "total", Numbers.brief(foot)));
    }
    chart.names(false, data.parts());
    chart.data("pieces", pieces).data("totals", totals).data("parts", names());
    chart.layer(
        "pieces",
        Json.object("type", "bar", "stroke", Theme.CARD, "strokeWidth", 1),
        Json.object(
            "x",
            GroupAxis.horizontal("left", data.bars().stream().map(Bar::setting).toList(), step),
            "x2",
            Chart.end("right"),
            "y",
            y.vertical("foot"),
            "y2",
            Chart.end("head"),
            "color",
            Chart.raw("colour"),
            "tooltip",
            List.of(
                Chart.tooltip("setting", null),
                Chart.tooltip("part", null),
                Chart.number("value", data.unit()))));
    text(chart, "pieces", "middle", "number", 10, "ink", "middle");
    text(chart, "totals", "top", "total", 12, "", "bottom");
    chart.layer(
        "parts",
        Json.object("type", "point", "shape", "square", "size", 64, "opacity", 1),
        Json.object(
            "x", Chart.pixel(width + 10),
            "y", place(),
            "fill", Chart.raw("colour"),
            "stroke", Chart.raw("colour")));
    chart.layer(
        "parts",
        Json.object(
            "type",
            "text",
            "align",
            "left",
            "baseline",
            "middle",
            "fontSize",
            12,
            "fontWeight",
            "bold"),
        Json.object(
            "x", Chart.pixel(width + 20),
            "y", place(),
            "text", Chart.words("name"),
            "color", Chart.colour(Theme.INK)));
    return chart.spec(46);
  }

  private static Map<String, Object> place() {
    Map<String, Object> place = Chart.field("place");
    place.put("scale", null);
    return place;
  }

  private static void text(
      Chart chart, String rows, String at, String field, int size, String ink, String baseline) {
    chart.layer(
        rows,
        Json.object(
            "type",
            "text",
            "fontSize",
            size,
            "baseline",
            baseline,
            "dy",
            baseline.equals("bottom") ? -4 : 0,
            "fontWeight",
            ink.isEmpty() ? "bold" : "normal"),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.field(at),
            "text", Chart.words(field),
            "color", ink.isEmpty() ? Chart.colour(Theme.INK) : Chart.raw(ink)));
  }

  private Map<String, Object> piece(
      int at, double half, Bar bar, int part, double foot, double value) {
    boolean roomy = value / y.high() * Chart.HEIGHT >= ROOM_FOR_NUMBER;
    String colour = colour(part);
    return Json.object(
        "setting",
        bar.setting(),
        "part",
        data.parts().get(part),
        "at",
        at,
        "left",
        at - half,
        "right",
        at + half,
        "foot",
        foot,
        "head",
        foot + value,
        "middle",
        foot + value / 2,
        "value",
        value,
        "number",
        roomy ? Numbers.brief(value) : "",
        "ink",
        Palette.inkOn(colour),
        "colour",
        colour);
  }

  /** The names stand beside the pieces of the last bar. */
  private List<Map<String, Object>> names() {
    List<Map<String, Object>> names = new ArrayList<>();
    if (data.bars().isEmpty()) {
      return names;
    }
    Bar last = data.bars().get(data.bars().size() - 1);
    double[] wanted = new double[data.parts().size()];
    double foot = 0;
    for (int i = 0; i < wanted.length; i++) {
      double value = last.values().get(i);
      wanted[i] = Chart.HEIGHT * (1 - y.share(foot + value / 2));
      foot += value;
    }
    double[] places = EndLabels.places(wanted, 16, Chart.HEIGHT);
    for (int i = 0; i < wanted.length; i++) {
      names.add(Json.object("name", data.parts().get(i), "place", places[i], "colour", colour(i)));
    }
    return names;
  }

  private static String colour(int part) {
    return Theme.SERIES.get(part % Theme.SERIES.size());
  }

  /** A bar of block characters for each setting, and the numbers of its parts. */
  String lines() {
    int names = data.bars().stream().mapToInt(bar -> Columns.width(bar.setting())).max().orElse(0);
    double most = data.bars().stream().mapToDouble(Bar::total).max().orElse(1);
    StringBuilder text = new StringBuilder();
    for (Bar bar : data.bars()) {
      text.append(Columns.left(bar.setting(), names)).append("  ");
      text.append(Columns.left(Blocks.bar(bar.total() / most, 16), 16));
      text.append("  ").append(Numbers.brief(bar.total())).append(" =");
      for (int i = 0; i < data.parts().size(); i++) {
        text.append(i == 0 ? " " : " + ").append(data.parts().get(i)).append(' ');
        text.append(Numbers.brief(bar.values().get(i)));
      }
      text.append('\n');
    }
    return text.append("(").append(data.unit()).append(")").toString();
  }
}
