package vethbook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import vethbook.view.SeriesData.Line;
import vethbook.view.SeriesData.Mark;
import vethbook.view.SeriesData.Point;

/**
 * Values over time: a line for each setting with its median dashed, the warm-up shaded, changes
 * marked.
 */
final class SeriesPlot {
  /** More points are no more to be seen: each pair of lowest and highest within a stretch stays. */
  private static final int MOST_POINTS = 300;

  private static final int FEW_POINTS = 60;

  private final SeriesData data;
  private final Palette palette;
  private final ValueAxis x;
  private final ValueAxis y;

  SeriesPlot(SeriesData data, Palette palette) {
    this.data = data;
    this.palette = palette;
    double[] across = points().mapToDouble(Point::x).filter(Double::isFinite).toArray();
    double first = Arrays.stream(across).min().orElse(0);
    double last = Arrays.stream(across).max().orElse(1);
    this.x = ValueAxis.exactly(data.across(), first, last);
    DoubleStream values = points().mapToDouble(Point::y);
    this.y =
        data.zero() ? ValueAxis.fromZero(data.up(), values) : ValueAxis.around(data.up(), values);
  }

  /** How to read it. */
  String key() {
    boolean warmUp = !Double.isNaN(data.warmUp());
    List<String> parts = new ArrayList<>();
    parts.add("dashed = median" + (warmUp ? " after the warm-up (shaded)" : ""));
    if (!data.marks().isEmpty()) {
      parts.add("red = change");
    }
    if (points().anyMatch(Point::odd)) {
      parts.add("diamond = disturbed by other load");
    }
    if (!y.startsAtZero()) {
      parts.add("the axis does not start at zero");
    }
    return String.join("; ", parts);
  }

  Map<String, Object> spec(ChartText words) {
    Chart chart = new Chart(words, Chart.WIDTH, Chart.HEIGHT);
    shade(chart);
    List<Lines.Line> lines = new ArrayList<>();
    List<Map<String, Object>> dots = new ArrayList<>();
    List<Map<String, Object>> medians = new ArrayList<>();
    for (Line line : data.lines()) {
      double median = median(line);
      String colour = colour(line);
      lines.add(new Lines.Line(line.name(), colour, thinned(line.points()), Numbers.brief(median)));
      medians.add(
          Json.object(
              "from",
              Double.isNaN(data.warmUp()) ? x.low() : data.warmUp(),
              "to",
              x.high(),
              "median",
              median,
              "colour",
              colour));
      boolean few = line.points().size() <= FEW_POINTS;
      line.points().stream()
          .filter(point -> few || point.odd())
          .forEach(
              point ->
                  dots.add(
                      Json.object(
                          "name",
                          line.name(),
                          "x",
                          point.x(),
                          "y",
                          point.y(),
                          "colour",
                          point.odd() ? Theme.INK : colour,
                          "shape",
                          point.odd() ? "diamond" : "circle",
                          "size",
                          point.odd() ? 44 : 18)));
    }
    chart.data("dots", dots).data("medians", medians);
    new Lines(x, y, lines).draw(chart, x.horizontal("x"), "linear");
    chart.layer(
        "medians",
        Json.object("type", "rule", "strokeDash", List.of(4, 4), "strokeWidth", 1.1),
        Json.object(
            "x", Chart.field("from"),
            "x2", Chart.end("to"),
            "y", Chart.field("median"),
            "color", Chart.raw("colour")));
    chart.layer(
        "dots",
        Json.object("type", "point", "strokeWidth", 1.3, "opacity", 1),
        Json.object(
            "x", Chart.field("x"),
            "y", Chart.field("y"),
            "stroke", Chart.raw("colour"),
            "fill", Chart.colour(Theme.CARD),
            "shape", Chart.raw("shape"),
            "size", Chart.raw("size"),
            "tooltip",
                List.of(
                    Chart.tooltip("name", "setting"),
                    Chart.number("x", x.title()),
                    Chart.number("y", y.title()))));
    return chart.spec(56);
  }

  private void shade(Chart chart) {
    List<Map<String, Object>> bands = new ArrayList<>();
    if (!Double.isNaN(data.warmUp())) {
      bands.add(band(x.low(), data.warmUp(), Theme.AXIS, Theme.MUTED, "warm-up", -8));
    }
    int level = 0;
    for (Mark mark : data.marks()) {
      double width = Math.max(mark.to() - mark.from(), (x.high() - x.low()) * 0.003);
      bands.add(
          band(
              mark.from(),
              mark.from() + width,
              Theme.BAD,
              Theme.BAD,
              mark.words(),
              -8 - 14 * (level++ % 3)));
    }
    if (bands.isEmpty()) {
      return;
    }
    chart.data("bands", bands);
    chart.layer(
        "bands",
        Json.object("type", "rect", "opacity", 0.16),
        Json.object(
            "x", Chart.field("from"),
            "x2", Chart.end("to"),
            "y", Chart.pixel(0),
            "y2", Chart.pixel(Chart.HEIGHT),
            "color", Chart.raw("colour")));
    for (String align : List.of("left", "right")) {
      chart.layer(
          "bands",
          Json.object("type", "text", "align", align, "baseline", "middle", "fontSize", 11),
          Json.object(
              "x", Chart.field(align.equals("left") ? "from" : "to"),
              "y", offset("down"),
              "text", Chart.words(align),
              "color", Chart.raw("ink")));
    }
  }

  private Map<String, Object> band(
      double from, double to, String colour, String ink, String words, double down) {
    boolean atRight = x.share(to) > 0.65;
    return Json.object(
        "from", from,
        "to", to,
        "colour", colour,
        "ink", ink,
        "left", atRight ? "" : words,
        "right", atRight ? words : "",
        "down", down);
  }

  private static Map<String, Object> offset(String field) {
    Map<String, Object> place = Chart.field(field);
    place.put("scale", null);
    return place;
  }

  private double median(Line line) {
    double[] values =
        line.points().stream()
            .filter(point -> Double.isNaN(data.warmUp()) || point.x() >= data.warmUp())
            .mapToDouble(Point::y)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0 ? Double.NaN : Quartiles.at(values, 0.5);
  }

  private static List<double[]> thinned(List<Point> points) {
    if (points.size() <= MOST_POINTS) {
      return points.stream().map(point -> new double[] {point.x(), point.y()}).toList();
    }
    List<double[]> kept = new ArrayList<>();
    int stretches = MOST_POINTS / 2;
    for (int i = 0; i < stretches; i++) {
      List<Point> part =
          points.subList(
              (int) ((long) points.size() * i / stretches),
              (int) ((long) points.size() * (i + 1) / stretches));
      Point low = part.stream().min(java.util.Comparator.comparingDouble(Point::y)).orElseThrow();
      Point high = part.stream().max(java.util.Comparator.comparingDouble(Point::y)).orElseThrow();
      boolean lowFirst = low.x() <= high.x();
      for (Point point : lowFirst ? List.of(low, high) : List.of(high, low)) {
        kept.add(new double[] {point.x(), point.y()});
      }
    }
    return kept;
  }

  /** A row of block characters for each setting, with its median. */
  String lines() {
    int names = data.lines().stream().mapToInt(line -> Columns.width(line.name())).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : data.lines()) {
      text.append(Columns.left(line.name(), names)).append("  ");
      text.append(Blocks.sparkline(line.points().stream().mapToDouble(Point::y).toArray(), 40));
      text.append("  median ").append(Numbers.of(median(line))).append('\n');
    }
    return text.append("(")
        .append(data.up())
        .append(" over ")
        .append(data.across())
        .append(")")
        .toString();
  }

  private Stream<Point> points() {
    return data.lines().stream().flatMap(line -> line.points().stream());
  }

  private String colour(Line line) {
    return line.name().equals(data.baseline()) ? Theme.BASELINE : palette.colour(line.name());
  }
}
