package vethbook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/**
 * The Vega-Lite specification of a comparison. Settings stand at 0, 1, 2 … on a plain number axis,
 * since places beside a setting (a dot, a whisker) can be said there in the same way for all.
 */
final class ComparisonSpec {
  private static final double HEIGHT = 250;
  private static final double DOT = 6.5;
  private static final int LABEL = 12;

  /** Room kept for readers without any of our fonts: theirs may be so much wider. */
  private static final double FALLBACK = 0.9;

  private final ComparisonData data;
  private final ComparisonText text;
  private final Palette palette;
  private final boolean bars;
  private final List<Row> rows;
  private final double step;
  private final double bottom;
  private final double top;

  ComparisonSpec(ComparisonData data, Palette palette, boolean bars) {
    this.data = data;
    this.text = new ComparisonText(data);
    this.palette = palette;
    this.bars = bars;
    this.rows = data.baselineFirst();
    this.step = Math.max(Math.max(86, Math.min(126, 780.0 / rows.size())), 460.0 / rows.size());
    double[] ends = bars ? new double[] {0, highest() * 1.04} : around(lowest(), highest());
    this.bottom = ends[0];
    this.top = ends[1];
  }

  Map<String, Object> spec() {
    List<Map<String, Object>> layers = new ArrayList<>();
    if (bars) {
      layers.add(barLayer());
    }
    data.baselineRow().ifPresent(row -> layers.add(baselineLayer(row)));
    if (!bars) {
      layers.add(centreLayer());
    }
    layers.add(whiskerLayer());
    layers.add(whiskerEnds("low"));
    layers.add(whiskerEnds("high"));
    layers.add(dotLayer());
    layers.add(outlierLayer());
    layers.add(textLayer("change", -28, 13, "bold", "tone"));
    layers.add(textLayer("interval", -12, 11, "normal", "quiet"));
    layers.add(bars ? valueInBar() : textLayer("brief", HEIGHT - 8, 11, "normal", "quiet"));
    layers.add(skippedLayer());
    return Json.object(
        "$schema", "https://vega.github.io/schema/vega-lite/v5.json",
        "description", text.finding() + ". " + text.method(),
        "width", Math.round(width()),
        "height", HEIGHT,
        "padding", Json.object("left", 18, "top", 16, "right", 22, "bottom", 14),
        "background", Theme.CARD,
        "title", title(),
        "datasets", Json.object("settings", settings(), "rounds", rounds()),
        "data", Json.object("name", "settings"),
        "layer", layers,
        "config", config());
  }

  private Map<String, Object> barLayer() {
    return layer(
        Json.object("type", "bar", "cornerRadiusEnd", 2, "opacity", 0.88),
        Json.object(
            "x", xScale(),
            "x2", Json.object("field", "right"),
            "y", yScale("centre"),
            "y2", Json.object("datum", 0),
            "color", raw("colour"),
            "tooltip", tooltip()));
  }

  private Map<String, Object> centreLayer() {
    return layer(
        Json.object("type", "rule", "strokeWidth", 3, "strokeCap", "butt"),
        Json.object(
            "x", xScale(),
            "x2", Json.object("field", "right"),
            "y", yScale("centre"),
            "color", raw("colour"),
            "tooltip", tooltip()));
  }

  private Map<String, Object> baselineLayer(Row row) {
    return layer(
        Json.object("type", "rule", "strokeDash", List.of(5, 4), "strokeWidth", 1.2),
        Json.object(
            "y", Json.object("datum", row.centre()),
            "color", Json.object("value", Theme.BASELINE)));
  }

  private Map<String, Object> whiskerLayer() {
    return layer(
        Json.object("type", "rule", "strokeWidth", 1.8),
        Json.object(
            "x", x("whisker"),
            "y", y("low"),
            "y2", Json.object("field", "high"),
            "color", Json.object("value", Theme.INK)));
  }

  private Map<String, Object> whiskerEnds(String end) {
    return layer(
        Json.object("type", "tick", "orient", "horizontal", "thickness", 1.8, "size", 11),
        Json.object("x", x("whisker"), "y", y(end), "color", Json.object("value", Theme.INK)));
  }

  private Map<String, Object> dotLayer() {
    Map<String, Object> layer =
        layer(
            Json.object("type", "point", "size", 26, "strokeWidth", 1.3, "opacity", 1),
            Json.object(
                "x", x("at"),
                "y", y("value"),
                "stroke", raw("colour"),
                "fill", Json.object("value", Theme.CARD),
                "shape", raw("shape"),
                "size", raw("size"),
                "tooltip",
                    List.of(
                        Json.object("field", "setting"),
                        Json.object("field", "round"),
                        Json.object("field", "value", "title", data.unit(), "format", ",.4~g"))));
    layer.put("data", Json.object("name", "rounds"));
    return layer;
  }

  private Map<String, Object> outlierLayer() {
    Map<String, Object> layer =
        layer(
            Json.object("type", "text", "fontSize", 10, "align", "left", "dx", 6),
            Json.object(
                "x", x("at"),
                "y", y("value"),
                "text", Json.object("field", "label"),
                "color", raw("ink")));
    layer.put("data", Json.object("name", "rounds"));
    layer.put("transform", List.of(Json.object("filter", "datum.label !== ''")));
    return layer;
  }

  private Map<String, Object> valueInBar() {
    return layer(
        Json.object("type", "text", "fontSize", 11, "fontWeight", "bold", "baseline", "bottom"),
        Json.object(
            "x", x("at"),
            "y", y("valueAt"),
            "text", Json.object("field", "brief"),
            "color", raw("inkOnBar")));
  }

  private Map<String, Object> textLayer(
      String field, double y, int size, String weight, String colour) {
    return layer(
        Json.object("type", "text", "fontSize", size, "fontWeight", weight, "baseline", "middle"),
        Json.object(
            "x", x("at"),
            "y", Json.object("value", y),
            "text", Json.object("field", field),
            "color", raw(colour)));
  }

  private Map<String, Object> skippedLayer() {
    return layer(
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
            "top"),
        Json.object(
            "x", x("at"),
            "y", y("skippedAt"),
            "text", Json.object("field", "skipped"),
            "color", Json.object("value", Theme.MUTED)));
  }

  private Map<String, Object> layer(Map<String, Object> mark, Map<String, Object> encoding) {
    return Json.object("mark", mark, "encoding", encoding);
  }

  private Map<String, Object> xScale() {
    Map<String, Object> x = x("left");
    x.put("scale", Json.object("domain", List.of(-0.5, rows.size() - 0.5), "nice", false));
    x.put("axis", xAxis());
    return x;
  }

  private Map<String, Object> x(String field) {
    return Json.object("field", field, "type", "quantitative");
  }

  private Map<String, Object> y(String field) {
    return Json.object("field", field, "type", "quantitative");
  }

  private Map<String, Object> yScale(String field) {
    Map<String, Object> y = y(field);
    y.put("scale", Json.object("domain", List.of(bottom, top), "nice", false, "zero", bars));
    y.put("title", data.quantity() + " (" + data.unit() + ")");
    y.put(
        "axis",
        Json.object(
            "tickCount",
            5,
            "format",
            top >= 2000 ? "~s" : ",~g",
            "labelExpr",
            "datum.value === 0 ? '0' : datum.label",
            "domain",
            false));
    return y;
  }

  private static Map<String, Object> raw(String field) {
    Map<String, Object> encoding = Json.object("field", field, "type", "nominal");
    encoding.put("scale", null);
    return encoding;
  }

  private List<Map<String, Object>> tooltip() {
    return List.of(
        Json.object("field", "setting"),
        Json.object("field", "centre", "title", data.unit(), "format", ",.4~g"),
        Json.object("field", "low", "title", "95 % from", "format", ",.4~g"),
        Json.object("field", "high", "title", "95 % to", "format", ",.4~g"));
  }

  private Map<String, Object> xAxis() {
    List<Integer> places = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      places.add(i);
      labels.add(TextWidth.wrap(rows.get(i).setting(), LABEL, true, step - 8, 3));
    }
    return Json.object(
        "values",
        places,
        "labelExpr",
        expression(labels) + "[datum.value]",
        "labelFontSize",
        LABEL,
        "labelFontWeight",
        "bold",
        "labelColor",
        Theme.INK,
        "labelPadding",
        8,
        "labelLineHeight",
        15,
        "labelLimit",
        0,
        "labelOverlap",
        false,
        "labelFlush",
        false,
        "grid",
        false,
        "ticks",
        false,
        "title",
        footnote(),
        "titleAnchor",
        "start",
        "titleFontSize",
        11,
        "titleFontWeight",
        "normal",
        "titleColor",
        Theme.MUTED,
        "titleLineHeight",
        15,
        "titleLimit",
        0,
        "titlePadding",
        12);
  }

  private List<String> footnote() {
    String mark = bars ? "bar" : "line";
    return Stream.concat(Stream.of(text.key(mark)), data.notes().stream())
        .flatMap(note -> TextWidth.wrap(note, 11, false, width() * FALLBACK, 4).stream())
        .toList();
  }

  private Map<String, Object> title() {
    String start = bars ? "" : "; the axis does not start at zero";
    return Json.object(
        "text",
        TextWidth.wrap(text.finding(), 16, true, (width() + 50) * FALLBACK, 3),
        "subtitle",
        TextWidth.wrap(text.method() + start, 12, false, (width() + 50) * FALLBACK, 3),
        "anchor",
        "start",
        "frame",
        "bounds",
        "fontSize",
        16,
        "fontWeight",
        "bold",
        "color",
        Theme.INK,
        "lineHeight",
        21,
        "subtitleFontSize",
        12,
        "subtitleColor",
        Theme.MUTED,
        "subtitleLineHeight",
        16,
        "subtitlePadding",
        6,
        "limit",
        0,
        "offset",
        18);
  }

  private static Map<String, Object> config() {
    return Json.object(
        "font", Theme.FONTS,
        "aria", false,
        "view", Json.object("stroke", "transparent"),
        "text", Json.object("font", Theme.FONTS),
        "axis",
            Json.object(
                "labelFontSize",
                11,
                "labelColor",
                Theme.MUTED,
                "titleColor",
                Theme.INK,
                "titleFontSize",
                12,
                "titleFontWeight",
                "normal",
                "titlePadding",
                10,
                "gridColor",
                Theme.GRID,
                "domainColor",
                Theme.AXIS,
                "ticks",
                false,
                "labelPadding",
                6));
  }

  private List<Map<String, Object>> settings() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.add(setting(i, rows.get(i)));
    }
    return values;
  }

  private Map<String, Object> setting(int at, Row row) {
    double half = Math.min(0.3, 42 / step);
    Map<String, Object> value = Json.object("setting", row.setting(), "at", at);
    value.put("quiet", Theme.MUTED);
    for (String text : List.of("change", "interval", "brief", "skipped")) {
      value.put(text, "");
    }
    value.put("inkOnBar", "transparent");
    if (row.skipped() != null) {
      List<String> reason = TextWidth.wrap(row.skipped(), 11, false, step - 12, 8);
      value.put("change", "skipped");
      value.put("tone", Theme.MUTED);
      value.put("skipped", reason);
      value.put("skippedAt", bottom + (top - bottom) * (14 * reason.size() + 8) / HEIGHT);
      return value;
    }
    boolean roomy = (row.centre() - bottom) / (top - bottom) * HEIGHT > 26;
    value.put("left", at - half);
    value.put("right", at + half);
    value.put("centre", row.centre());
    value.put("whisker", at + half * 0.66);
    if (row.hasInterval()) {
      value.put("low", row.low());
      value.put("high", row.high());
    }
    value.put("colour", colour(row));
    value.put("brief", Numbers.brief(row.centre()));
    value.put("valueAt", bottom + (top - bottom) * 8 / HEIGHT);
    value.put("inkOnBar", roomy ? Palette.inkOn(colour(row)) : "transparent");
    addChange(value, row);
    return value;
  }

  private void addChange(Map<String, Object> value, Row row) {
    Change change = row.change();
    if (change == null) {
      boolean isBaseline = row.setting().equals(data.baseline());
      value.put("change", isBaseline ? "baseline" : "");
      value.put("tone", Theme.MUTED);
      return;
    }
    value.put("change", ComparisonText.change(change));
    value.put("interval", ComparisonText.interval(change, step > 110));
    String tone = text.isBetter(change) ? Theme.GOOD : Theme.BAD;
    value.put("tone", change.verdict().differs() ? tone : Theme.MUTED);
  }

  private List<Map<String, Object>> rounds() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.addAll(rounds(i, rows.get(i)));
    }
    values.sort(Comparator.comparing(value -> value.get("shape").equals("diamond")));
    return values;
  }

  private List<Map<String, Object>> rounds(int at, Row row) {
    double half = Math.min(0.3, 42 / step);
    double[] heights =
        row.rounds().stream()
            .mapToDouble(round -> (round.value() - bottom) / (top - bottom) * HEIGHT)
            .toArray();
    double[] offsets = Swarm.offsets(heights, DOT, half * step * 0.56);
    Outliers outliers = Outliers.of(row.rounds());
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      Round round = row.rounds().get(i);
      Map<String, Object> value = round(row, round);
      value.put("at", at - half * 0.3 + offsets[i] / step);
      boolean onBar = bars && round.value() < row.centre();
      value.put("label", outliers.contain(round) ? "round " + round.number() : "");
      value.put("ink", onBar ? Palette.inkOn(colour(row)) : Theme.MUTED);
      values.add(value);
    }
    return values;
  }

  private Map<String, Object> round(Row row, Round round) {
    return Json.object(
        "setting",
        row.setting(),
        "round",
        round.number(),
        "value",
        round.value(),
        "colour",
        round.contaminated() ? Theme.INK : colour(row),
        "shape",
        round.contaminated() ? "diamond" : "circle",
        "size",
        round.contaminated() ? 44 : 26);
  }

  private String colour(Row row) {
    return row.setting().equals(data.baseline()) ? Theme.BASELINE : palette.colour(row.setting());
  }

  private double width() {
    return step * rows.size();
  }

  private double highest() {
    return all().max().orElse(1);
  }

  private double lowest() {
    return all().min().orElse(0);
  }

  private DoubleStream all() {
    return rows.stream()
        .filter(row -> row.skipped() == null)
        .flatMapToDouble(
            row ->
                DoubleStream.concat(
                    DoubleStream.of(row.centre(), row.low(), row.high()),
                    row.rounds().stream().mapToDouble(Round::value)))
        .filter(Double::isFinite);
  }

  private static double[] around(double low, double high) {
    double margin = high > low ? (high - low) * 0.12 : Math.max(Math.abs(high) * 0.05, 1e-9);
    return new double[] {low - margin, high + margin};
  }

  private static String expression(List<List<String>> labels) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(labels);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
