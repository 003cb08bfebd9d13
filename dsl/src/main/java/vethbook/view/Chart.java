package vethbook.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Vega-Lite 5 specification made of layers, with the title, the footnote, the fonts and the
 * colours that all our charts share. Places are numbers or pixels, never left to Vega, so that no
 * two texts collide.
 */
final class Chart {
  /** Height of most charts in pixels. */
  static final double HEIGHT = 250;

  /** Width of a chart whose axis runs over numbers, in pixels. */
  static final double WIDTH = 560;

  /** Room for titles and notes, however narrow the chart. */
  private static final double NARROWEST = 440;

  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

  /** Room kept for readers without any of our fonts: theirs may be so much wider. */
  private static final double FALLBACK = 0.9;

  private final ChartText text;
  private final double width;
  private final double height;
  private final List<Map<String, Object>> layers = new ArrayList<>();
  private final Map<String, Object> datasets = new LinkedHashMap<>();
  private double left = 18;
  private double right = 22;

  Chart(ChartText text, double width, double height) {
    this.text = text;
    this.width = width;
    this.height = height;
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  /**
   * Leaves room beside names that stand left or right of the plot, because a reader's font may be
   * wider than Vega takes it to be.
   */
  Chart names(boolean atLeft, List<String> names) {
    double widest =
        names.stream().mapToDouble(name -> TextWidth.of(name, 12, true)).max().orElse(0);
    double room = Math.min(widest, 170) * (1 - FALLBACK) * 1.3;
    left += atLeft ? room : 0;
    right += atLeft ? 0 : room;
    return this;
  }

  /** Adds rows that layers can draw, by a name. */
  Chart data(String name, List<Map<String, Object>> rows) {
    datasets.put(name, rows);
    return this;
  }

  /** Draws a mark for each row of a data set; the first layer says what the axes look like. */
  Chart layer(String data, Map<String, Object> mark, Map<String, Object> encoding) {
    layers.add(Json.object("data", Json.object("name", data), "mark", mark, "encoding", encoding));
    return this;
  }

  /** Draws a mark once, at fixed places. */
  Chart once(Map<String, Object> mark, Map<String, Object> encoding) {
    layers.add(
        Json.object(
            "data", Json.object("values", List.of(Map.of())), "mark", mark, "encoding", encoding));
    return this;
  }

  /**
   * Writes a footnote.
   *
   * @param below how far under the plot, in pixels: what the axis with its title takes
   */
  Map<String, Object> spec(double below) {
    List<String> lines =
        text.notes().stream()
            .flatMap(
                note ->
                    TextWidth.wrap(note, 11, false, Math.max(width, NARROWEST) * FALLBACK, 4)
                        .stream())
            .toList();
    if (!lines.isEmpty()) {
      once(
          Json.object(
              "type", "text", "align", "left", "baseline", "top", "fontSize", 11, "lineHeight", 15),
          Json.object(
              "x", pixel(0),
              "y", pixel(height + below),
              "text", Json.object("value", lines),
              "color", Json.object("value", Theme.MUTED)));
    }
    return Json.object(
        "$schema",
        SCHEMA,
        "description",
        text.method().isEmpty() ? text.finding() : text.finding() + ". " + text.method(),
        "width",
        Math.round(width),
        "height",
        Math.round(height),
        "padding",
        Json.object("left", Math.round(left), "top", 16, "right", Math.round(right), "bottom", 14),
        "background",
        Theme.CARD,
        "title",
        title(text, width),
        "datasets",
        datasets,
        "layer",
        layers,
        "config",
        ComparisonAxes.config());
  }

  /** A finding and how it was measured, above a chart of a width in pixels. */
  static Map<String, Object> title(ChartText text, double width) {
    double room = (Math.max(width, NARROWEST) + 50) * FALLBACK;
    return Json.object(
        "text",
        TextWidth.wrap(text.finding(), 16, true, room, 3),
        "subtitle",
        text.method().isEmpty() ? null : TextWidth.wrap(text.method(), 12, false, room, 3),
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

  /** A field of numbers as a place. */
  static Map<String, Object> field(String name) {
    return Json.object("field", name, "type", "quantitative");
  }

  /** A field of colours, shapes or sizes, drawn as they are. */
  static Map<String, Object> raw(String name) {
    Map<String, Object> encoding = Json.object("field", name, "type", "nominal");
    encoding.put("scale", null);
    return encoding;
  }

  /** A field of texts. */
  static Map<String, Object> words(String name) {
    return Json.object("field", name);
  }

  static Map<String, Object> colour(String value) {
    return Json.object("value", value);
  }

  /** A place in pixels from the left or from the top. */
  static Map<String, Object> pixel(double value) {
    return Json.object("value", value);
  }

  static Map<String, Object> end(String name) {
    return Json.object("field", name);
  }

  static Map<String, Object> tooltip(String field, @Nullable String title) {
    return Json.object("field", field, "title", title);
  }

  static Map<String, Object> number(String field, String title) {
    return Json.object("field", field, "title", title, "format", ",.4~g");
  }
}
