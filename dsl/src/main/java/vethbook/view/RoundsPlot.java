package vethbook.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/**
 * Each setting as a box and its rounds as dots beside it; where rounds are paired, lines join what
 * was measured in the same round, so that a common disturbance shows itself as lines that run in
 * parallel.
 */
final class RoundsPlot {
  private static final double BOX = -0.2;
  private static final double BOX_HALF = 0.11;
  private static final double DOTS = 0.17;
  private static final int NAMED = 2;

  private final ComparisonData data;
  private final ComparisonText text;
  private final Palette palette;
  private final boolean paired;
  private final List<Row> rows;
  private final double step;
  private final ValueAxis axis;
  private final DrawnRounds drawn;

  RoundsPlot(ComparisonData data, Palette palette, boolean paired) {
    this.data = data;
    this.text = new ComparisonText(data);
    this.palette = palette;
    this.paired = paired;
    this.rows = data.baselineFirst();
    this.step = GroupAxis.step(rows.size());
    this.drawn = DrawnRounds.of(rows);
    this.axis =
        ValueAxis.around(data.axisTitle(), rows.stream().flatMapToDouble(RoundsPlot::values))
            .lower(0.1);
  }

  /** How to read it. */
  String key() {
    String box =
        "box = middle half of the rounds with their median, whisker to 1.5 box heights (Tukey),"
            + " dot = "
            + drawn.words();
    return box
        + (paired ? ", line = the same round in each setting" : "")
        + (rows.stream().anyMatch(this::hasDisturbed)
            ? ", diamond = round disturbed by other load"
            : "")
        + (rows.stream().anyMatch(row -> row.change() != null)
            ? "; change = paired ratio to " + data.baseline() + " [95\u00a0%\u00a0interval]"
            : "")
        + (axis.startsAtZero() ? "" : "; the axis does not start at zero");
  }

  Map<String, Object> spec(ChartText words) {
    double width = step * rows.size();
    Chart chart = new Chart(words, width, Chart.HEIGHT);
    List<Map<String, Object>> dots = dots();
    chart.data("boxes", boxes()).data("rounds", dots).data("settings", settings());
    chart.data("named", dots.stream().filter(dot -> !dot.get("label").equals("")).toList());
    double box = Math.min(26, BOX_HALF * 2 * step);
    chart.layer(
        "boxes",
        Json.object("type", "rule", "strokeWidth", 1.6),
        Json.object(
            "x",
            GroupAxis.horizontal("at", rows.stream().map(Row::setting).toList(), step),
            "y",
            axis.vertical("low"),
            "y2",
            Chart.end("high"),
            "color",
            Chart.raw("colour")));
    if (paired) {
      chart.data("pairs", pairs());
      chart.layer(
          "pairs",
          Json.object("type", "line", "strokeWidth", 1, "opacity", drawn.many() ? 0.25 : 0.6),
          Json.object(
              "x", Chart.field("at"),
              "y", Chart.field("value"),
              "detail", Json.object("field", "round", "type", "nominal"),
              "color", Chart.colour(Theme.AXIS)));
    }
    chart.layer(
        "boxes",
        Json.object("type", "bar", "size", box, "cornerRadius", 2, "opacity", 0.4),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.field("lower"),
            "y2", Chart.end("upper"),
            "color", Chart.raw("colour"),
            "tooltip", boxTooltip()));
    chart.layer(
        "boxes",
        Json.object("type", "tick", "orient", "horizontal", "thickness", 3, "size", box),
        Json.object(
            "x", Chart.field("at"), "y", Chart.field("median"), "color", Chart.raw("colour")));
    chart.layer(
        "rounds",
        Json.object("type", "point", "strokeWidth", 1.3, "opacity", 1),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.field("value"),
            "stroke", Chart.raw("colour"),
            "fill", Chart.raw("fill"),
            "shape", Chart.raw("shape"),
            "size", Chart.raw("size"),
            "tooltip", roundTooltip()));
    chart.layer(
        "named",
        Json.object("type", "text", "fontSize", 10, "align", "left", "dx", 7),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.field("value"),
            "text", Chart.words("label"),
            "color", Chart.colour(Theme.BAD)));
    band(chart, "change", -28, 13, "bold", "tone");
    band(chart, "interval", -12, step > 100 ? 11 : 10, "normal", "quiet");
    band(chart, "brief", Chart.HEIGHT - 8, 11, "normal", "quiet");
    chart.layer(
        "settings",
        Json.object(
            "type",
            "text",
            "fontSize",
            11,
            "fontStyle",
            "italic",
            "lineHeight",
            14,
            "baseline",
            "middle"),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.pixel(Chart.HEIGHT / 2),
            "text", Chart.words("skipped"),
            "color", Chart.colour(Theme.MUTED)));
    return chart.spec(labelHeight() + 18);
  }

  private void band(Chart chart, String field, double y, int size, String weight, String colour) {
    chart.layer(
        "settings",
        Json.object("type", "text", "fontSize", size, "fontWeight", weight, "baseline", "middle"),
        Json.object(
            "x", Chart.field("at"),
            "y", Chart.pixel(y),
            "text", Chart.words(field),
            "color", Chart.raw(colour)));
  }

  /** Height of the names below the axis. */
  private double labelHeight() {
    return 10
        + 15
            * rows.stream()
                .mapToInt(row -> TextWidth.wrap(row.setting(), 12, true, step - 8, 3).size())
                .max()
                .orElse(1);
  }

  private List<Map<String, Object>> boxes() {
    List<Map<String, Object>> boxes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] values = values(rows.get(i)).toArray();
      if (values.length > 0) {
        Quartiles box = Quartiles.of(values);
        boxes.add(
            Json.object(
                "setting", rows.get(i).setting(),
                "at", i + BOX,
                "low", box.low(),
                "lower", box.lower(),
                "median", box.median(),
                "upper", box.upper(),
                "high", box.high(),
                "colour", colour(rows.get(i))));
      }
    }
    return boxes;
  }

  private List<Map<String, Object>> dots() {
    List<Map<String, Object>> dots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      List<Round> rounds = drawn.of(row);
      double[] heights =
          rounds.stream().mapToDouble(round -> axis.share(round.value()) * Chart.HEIGHT).toArray();
      double[] offsets = Swarm.offsets(heights, drawn.dot(), room());
      Outliers outliers = Outliers.of(row.rounds());
      int named = 0;
      for (int k = 0; k < offsets.length; k++) {
        Round round = rounds.get(k);
        boolean far = outliers.contain(round);
        Map<String, Object> dot =
            Json.object(
                "setting",
                row.setting(),
                "round",
                round.number(),
                "value",
                round.value(),
                "at",
                i + DOTS + offsets[k] / step,
                "colour",
                far ? Theme.BAD : round.contaminated() ? Theme.INK : colour(row),
                "fill",
                drawn.many() && !far ? colour(row) : Theme.CARD,
                "shape",
                round.contaminated() ? "diamond" : "circle",
                "size",
                drawn.area(round),
                "label",
                far && named < NAMED ? "round " + round.number() : "");
        named += far ? 1 : 0;
        dots.add(dot);
      }
    }
    return dots;
  }

  /** How far dots may go to either side; those of paired rounds stay near each other. */
  private double room() {
    return (paired ? 0.05 : 0.22) * step;
  }

  /** What was measured in each round, in the order of the settings. */
  private List<Map<String, Object>> pairs() {
    Map<String, Double> places = new HashMap<>();
    dots()
        .forEach(
            dot -> places.put(dot.get("setting") + " " + dot.get("round"), (Double) dot.get("at")));
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (Row row : rows) {
      for (Round round : drawn.of(row)) {
        pairs.add(
            Json.object(
                "round", round.number(),
                "at", places.get(row.setting() + " " + round.number()),
                "value", round.value()));
      }
    }
    return pairs;
  }

  private List<Map<String, Object>> settings() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Change change = row.change();
      boolean isBaseline = row.setting().equals(data.baseline());
      Map<String, Object> setting =
          Json.object(
              "at",
              i,
              "quiet",
              Theme.MUTED,
              "change",
              change == null ? isBaseline ? "baseline" : "" : ComparisonText.change(change),
              "interval",
              change == null ? "" : ComparisonText.interval(change, step > 110),
              "tone",
              Theme.MUTED,
              "brief",
              row.skipped() == null ? Numbers.brief(row.centre()) : "",
              "skipped",
              List.of(""));
      if (change != null && change.verdict().differs()) {
        setting.put("tone", text.isBetter(change) ? Theme.GOOD : Theme.BAD);
      }
      if (row.skipped() != null) {
        setting.put("change", "skipped");
        setting.put("skipped", TextWidth.wrap(row.skipped(), 11, false, step - 12, 8));
      }
      all.add(setting);
    }
    return all;
  }

  private List<Map<String, Object>> boxTooltip() {
    return List.of(
        Chart.tooltip("setting", null),
        Chart.number("median", "median (" + data.unit() + ")"),
        Chart.number("lower", "quarter below"),
        Chart.number("upper", "quarter above"));
  }

  private List<Map<String, Object>> roundTooltip() {
    return List.of(
        Chart.tooltip("setting", null),
        Chart.tooltip("round", null),
        Chart.number("value", data.unit()));
  }

  private boolean hasDisturbed(Row row) {
    return row.rounds().stream().anyMatch(Round::contaminated);
  }

  private String colour(Row row) {
    return data.colour(palette, row.setting());
  }

  private static DoubleStream values(Row row) {
    return row.rounds().stream().mapToDouble(Round::value);
  }
}
