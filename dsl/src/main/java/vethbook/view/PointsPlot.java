package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vethbook.view.SeriesData.Line;
import vethbook.view.SeriesData.Point;

/** Each pair of numbers as a dot, a colour and a shape for each setting. */
final class PointsPlot {
  private static final int MOST_POINTS = 2000;
  private static final List<String> SHAPES =
      List.of("circle", "square", "triangle-up", "diamond", "cross", "triangle-down");

  private final SeriesData data;
  private final Palette palette;
  private final ValueAxis x;
  private final ValueAxis y;

  PointsPlot(SeriesData data, Palette palette) {
    this.data = data;
    this.palette = palette;
    this.x = ValueAxis.fitting(data.across(), points().mapToDouble(Point::x));
    this.y = ValueAxis.fitting(data.up(), points().mapToDouble(Point::y));
  }

  /** How to read it. */
  String key() {
    long count = points().count();
    return "dot = one row"
        + (count > MOST_POINTS
            ? ", every %dth of %s".formatted(every(), Numbers.fixed((double) count, 0))
            : "")
        + (x.startsAtZero() && y.startsAtZero() ? "" : "; not both axes start at zero");
  }

  Map<String, Object> spec(ChartText words) {
    Chart chart = new Chart(words, Chart.WIDTH, Chart.HEIGHT);
    List<Map<String, Object>> dots = new ArrayList<>();
    List<Map<String, Object>> names = new ArrayList<>();
    for (int i = 0; i < data.lines().size(); i++) {
      Line line = data.lines().get(i);
      String colour =
          line.name().equals(data.baseline()) ? Theme.BASELINE : palette.colour(line.name());
      String shape = SHAPES.get(i % SHAPES.size());
      for (int k = 0; k < line.points().size(); k += every()) {
        Point point = line.points().get(k);
        dots.add(
            Json.object(
                "name",
                line.name(),
                "x",
                point.x(),
                "y",
                point.y(),
                "colour",
                colour,
                "shape",
                shape));
      }
      if (data.lines().size() > 1) {
        names.add(
            Json.object(
                "name",
                TextWidth.cut(line.name(), 12, true, 170),
                "colour",
                colour,
                "shape",
                shape,
                "at",
                8 + 18 * i));
      }
    }
    chart.names(false, data.lines().stream().map(Line::name).toList());
    chart.data("dots", dots).data("names", names);
    double size = dots.size() > 200 ? 12 : 30;
    chart.layer(
        "dots",
        Json.object("type", "point", "size", size, "strokeWidth", 1.3, "opacity", 0.9),
        Json.object(
            "x", x.horizontal("x"),
            "y", y.vertical("y"),
            "stroke", Chart.raw("colour"),
            "shape", Chart.raw("shape"),
            "tooltip",
                List.of(
                    Chart.tooltip("name", "setting"),
                    Chart.number("x", x.title()),
                    Chart.number("y", y.title()))));
    Map<String, Object> place = Chart.field("at");
    place.put("scale", null);
    chart.layer(
        "names",
        Json.object("type", "point", "size", 40, "strokeWidth", 1.6, "opacity", 1),
        Json.object(
            "x", Chart.pixel(Chart.WIDTH + 16),
            "y", place,
            "stroke", Chart.raw("colour"),
            "shape", Chart.raw("shape")));
    chart.layer(
        "names",
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
            "x", Chart.pixel(Chart.WIDTH + 26),
            "y", place,
            "text", Chart.words("name"),
            "color", Chart.colour(Theme.INK)));
    return chart.spec(56);
  }

  /** How many dots there are and between which values. */
  String lines() {
    StringBuilder text = new StringBuilder();
    for (Line line : data.lines()) {
      double[] up = line.points().stream().mapToDouble(Point::y).sorted().toArray();
      if (up.length > 0) {
        text.append(
            "%s  %d points, %s to %s\n"
                .formatted(
                    line.name(), up.length, Numbers.of(up[0]), Numbers.of(up[up.length - 1])));
      }
    }
    return text.append("(")
        .append(data.up())
        .append(" by ")
        .append(data.across())
        .append(")")
        .toString();
  }

  private int every() {
    return (int) Math.max(1, (points().count() + MOST_POINTS - 1) / MOST_POINTS);
  }

  private Stream<Point> points() {
    return data.lines().stream().flatMap(line -> line.points().stream());
  }
}
