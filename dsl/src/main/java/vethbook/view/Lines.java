package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines on two axes of numbers, each with its name at its end instead of a legend.
 *
 * @param lines in the order of their labels where two would stand on the same place
 */
record Lines(ValueAxis x, ValueAxis y, List<Line> lines) {
  private static final double LABEL_ROOM = 170;

  Lines {
    lines = List.copyOf(lines);
  }

  /**
   * One line.
   *
   * @param points from left to right, each an x and a y
   * @param detail a second, smaller line of the label; may be empty
   */
  record Line(String name, String colour, List<double[]> points, String detail) {
    Line {
      points = List.copyOf(points);
    }
  }

  /**
   * Draws them.
   *
   * @param across how the axis along the bottom looks, for the field {@code x}
   * @param interpolate {@code linear}, or {@code step-after} for a value that holds until the next
   */
  void draw(Chart chart, Map<String, Object> across, String interpolate) {
    chart.names(false, lines.stream().map(Line::name).toList());
    chart.data("lines", points());
    chart.data("ends", ends(chart.height()));
    chart.layer(
        "lines",
        Json.object(
            "type", "line", "strokeWidth", 2, "interpolate", interpolate, "strokeJoin", "round"),
        Json.object(
            "x", across,
            "y", y.vertical("y"),
            "detail", Json.object("field", "name", "type", "nominal"),
            "color", Chart.raw("colour"),
            "tooltip",
                List.of(
                    Chart.tooltip("name", "setting"),
                    Chart.number("x", x.title()),
                    Chart.number("y", y.title()))));
    chart.layer(
        "ends",
        Json.object("type", "point", "shape", "circle", "size", 44, "opacity", 1),
        Json.object(
            "x", Chart.pixel(chart.width() + 10),
            "y", pixels("at"),
            "fill", Chart.raw("colour"),
            "stroke", Chart.raw("colour")));
    label(chart, "name", 12, "bold", "at", "ink");
    if (lines.stream().anyMatch(line -> !line.detail().isEmpty())) {
      label(chart, "detail", 10, "normal", "below", "quiet");
    }
  }

  private static void label(
      Chart chart, String field, int size, String weight, String place, String colour) {
    chart.layer(
        "ends",
        Json.object(
            "type",
            "text",
            "align",
            "left",
            "baseline",
            "middle",
            "fontSize",
            size,
            "fontWeight",
            weight),
        Json.object(
            "x", Chart.pixel(chart.width() + 19),
            "y", pixels(place),
            "text", Chart.words(field),
            "color", Chart.raw(colour)));
  }

  private List<Map<String, Object>> points() {
    List<Map<String, Object>> points = new ArrayList<>();
    for (Line line : lines) {
      for (double[] point : line.points()) {
        points.add(
            Json.object(
                "name", line.name(), "x", point[0], "y", point[1], "colour", line.colour()));
      }
    }
    return points;
  }

  private List<Map<String, Object>> ends(double height) {
    List<Line> drawn = lines.stream().filter(line -> !line.points().isEmpty()).toList();
    double[] wanted =
        drawn.stream()
            .mapToDouble(
                line -> height * (1 - y.share(line.points().get(line.points().size() - 1)[1])))
            .toArray();
    boolean detailed = drawn.stream().anyMatch(line -> !line.detail().isEmpty());
    double[] places = EndLabels.places(wanted, detailed ? 30 : 16, height);
    List<Map<String, Object>> ends = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      Line line = drawn.get(i);
      ends.add(
          Json.object(
              "name",
              TextWidth.cut(line.name(), 12, true, LABEL_ROOM),
              "detail",
              line.detail(),
              "colour",
              line.colour(),
              "ink",
              Theme.INK,
              "quiet",
              Theme.MUTED,
              "at",
              detailed ? places[i] - 6 : places[i],
              "below",
              places[i] + 8));
    }
    return ends;
  }

  /** A field of places in pixels from the top. */
  private static Map<String, Object> pixels(String field) {
    Map<String, Object> place = Chart.field(field);
    place.put("scale", null);
    return place;
  }
}
