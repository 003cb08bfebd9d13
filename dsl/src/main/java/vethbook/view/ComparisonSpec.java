package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vethbook.view.ComparisonData.Row;

/**
 * The Vega-Lite specification of a comparison. Settings stand at 0, 1, 2 … on a plain number axis,
 * since places beside a setting (a dot, a whisker) can be said there in the same way for all.
 */
final class ComparisonSpec {
  private final ComparisonFrame frame;
  private final ChartText words;
  private final ComparisonAxes axes;
  private final ComparisonValues values;

  ComparisonSpec(ComparisonData data, ChartText words, Palette palette, boolean bars) {
    this.frame = ComparisonFrame.of(data, bars);
    this.words = words;
    this.axes = new ComparisonAxes(frame, words);
    this.values = new ComparisonValues(frame, palette);
  }

  Map<String, Object> spec() {
    List<Map<String, Object>> layers = new ArrayList<>();
    // The first layer must be the one that says what the axes look like.
    layers.add(frame.bars() ? barLayer() : centreLayer());
    frame.data().baselineRow().ifPresent(row -> layers.add(baselineLayer(row)));
    layers.add(whiskerLayer());
    layers.add(whiskerEnds("low"));
    layers.add(whiskerEnds("high"));
    layers.add(dotLayer());
    layers.add(outlierLayer());
    layers.add(textLayer("change", -28, 13, "bold", "tone"));
    layers.add(textLayer("interval", -12, frame.step() > 100 ? 11 : 10, "normal", "quiet"));
    layers.add(
        frame.bars()
            ? valueInBar()
            : textLayer("brief", ComparisonFrame.HEIGHT - 8, 11, "normal", "quiet"));
    layers.add(skippedLayer());
    return Json.object(
        "$schema", "https://vega.github.io/schema/vega-lite/v5.json",
        "description", words.finding() + ". " + words.method(),
        "width", Math.round(frame.width()),
        "height", ComparisonFrame.HEIGHT,
        "padding", Json.object("left", 18, "top", 16, "right", 22, "bottom", 14),
        "background", Theme.CARD,
        "title", axes.title(),
        "datasets", Json.object("settings", values.settings(), "rounds", values.rounds()),
        "data", Json.object("name", "settings"),
        "layer", layers,
        "config", ComparisonAxes.config());
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
                        Json.object(
                            "field", "value", "title", frame.data().unit(), "format", ",.4~g"))));
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
    x.put("scale", Json.object("domain", List.of(-0.5, frame.rows().size() - 0.5), "nice", false));
    x.put("axis", axes.xAxis());
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
    y.put(
        "scale",
        Json.object(
            "domain", List.of(frame.bottom(), frame.top()), "nice", false, "zero", frame.bars()));
    y.put("title", frame.data().axisTitle());
    y.put(
        "axis",
        Json.object(
            "tickCount",
            5,
            "format",
            frame.top() >= 2000 ? "~s" : ",~f",
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
        Json.object("field", "centre", "title", frame.data().unit(), "format", ",.4~g"),
        Json.object("field", "low", "title", "95 % from", "format", ",.4~g"),
        Json.object("field", "high", "title", "95 % to", "format", ",.4~g"));
  }
}
