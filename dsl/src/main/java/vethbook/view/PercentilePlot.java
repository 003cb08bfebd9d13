package vethbook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;
import vethbook.view.PercentileCurves.Curve;
import vethbook.view.PercentileCurves.Point;

/**
 * Percentiles on an axis that is stretched towards the tail, by −log10(1 − p): as far from 90 to 99
 * as from 99 to 99.9, as HdrHistogram's plots have it.
 */
final class PercentilePlot {
  private static final double[] TICKS = {0, 50, 90, 99, 99.9, 99.99, 99.999};

  /** Below so many values beyond it a percentile says nothing. */
  private static final int FEWEST_BEYOND = 10;

  private final PercentileCurves data;
  private final Palette palette;
  private final ValueAxis x;
  private final ValueAxis y;

  PercentilePlot(PercentileCurves data, Palette palette) {
    this.data = data;
    this.palette = palette;
    double furthest = points().mapToDouble(point -> stretched(point.percent())).max().orElse(2);
    double nearest = points().mapToDouble(point -> stretched(point.percent())).min().orElse(0);
    this.x = ValueAxis.exactly("percentile, axis stretched towards the tail", nearest, furthest);
    String title =
        data.unit().isEmpty() ? data.quantity() : data.quantity() + " (" + data.unit() + ")";
    this.y =
        ValueAxis.fitting(
            title, points().flatMapToDouble(p -> DoubleStream.of(p.value(), p.low(), p.high())));
  }

  /** Curves of raw values, cut off where fewer than ten values lie beyond. */
  static PercentileCurves ofValues(ComparisonData data) {
    List<Curve> curves = new ArrayList<>();
    for (Row row : data.baselineFirst()) {
      double[] sorted = row.rounds().stream().mapToDouble(Round::value).sorted().toArray();
      if (sorted.length > 0) {
        curves.add(new Curve(row.setting(), points(sorted)));
      }
    }
    return new PercentileCurves(data.quantity(), data.unit(), data.baseline(), curves);
  }

  private static List<Point> points(double[] sorted) {
    double last = Math.max(50, 100.0 * (1 - (double) FEWEST_BEYOND / sorted.length));
    double end = stretched(last);
    double[] marked = Arrays.stream(TICKS).filter(t -> t > 0 && t <= last).toArray();
    return DoubleStream.concat(
            Arrays.stream(marked),
            DoubleStream.iterate(0, at -> at <= end + 1e-9, at -> at + Math.max(end / 120, 0.01))
                .map(at -> 100 * (1 - Math.pow(10, -at))))
        .sorted()
        .distinct()
        .mapToObj(
            percent ->
                new Point(
                    percent,
                    Quartiles.at(sorted, percent / 100),
                    Double.NaN,
                    Double.NaN,
                    Arrays.stream(marked).anyMatch(tick -> tick == percent)))
        .toList();
  }

  /** How to read it. */
  String key() {
    boolean intervals = points().anyMatch(point -> Double.isFinite(point.low()));
    return "dots = "
        + points()
            .filter(Point::marked)
            .map(Point::name)
            .distinct()
            .collect(Collectors.joining(", "))
        + (intervals ? ", whisker = 95 % interval over the rounds" : "")
        + "; a lower line is better"
        + (y.startsAtZero() || y.log() ? "" : "; the axis does not start at zero");
  }

  /** What the curves say: the furthest marked percentile of each against the baseline. */
  String finding() {
    List<Point> common = curve(data.baseline());
    List<String> parts = new ArrayList<>();
    for (Curve curve : data.curves()) {
      if (curve.setting().equals(data.baseline()) || common.isEmpty()) {
        continue;
      }
      List<String> ratios = new ArrayList<>();
      for (Point point : curve.points()) {
        common.stream()
            .filter(other -> other.marked() && point.marked())
            .filter(other -> other.percent() == point.percent() && other.value() > 0)
            .forEach(
                other ->
                    ratios.add(
                        point.name()
                            + " "
                            + ratio(point.value() / other.value())
                            + (overlap(point, other) ? " (intervals overlap)" : "")));
      }
      if (!ratios.isEmpty()) {
        List<String> ends =
            ratios.size() == 1 ? ratios : List.of(ratios.get(0), ratios.get(ratios.size() - 1));
        parts.add(curve.setting() + " " + String.join(", ", ends));
      }
    }
    if (parts.isEmpty() || parts.size() > 3) {
      return "Percentiles of " + data.quantity();
    }
    return "Times " + data.baseline() + "’s " + data.quantity() + ": " + String.join("; ", parts);
  }

  private static boolean overlap(Point one, Point other) {
    return one.low() <= other.high() && other.low() <= one.high();
  }

  private static String ratio(double ratio) {
    return "×\u00a0" + Numbers.fixed(ratio, ratio < 10 ? 2 : 0);
  }

  /** The marked percentiles, a setting in each line. */
  String lines() {
    StringBuilder text = new StringBuilder();
    int names = data.curves().stream().mapToInt(c -> Columns.width(c.setting())).max().orElse(0);
    for (Curve curve : data.curves()) {
      text.append(Columns.left(curve.setting(), names));
      curve.points().stream()
          .filter(Point::marked)
          .forEach(
              p -> text.append("  ").append(p.name()).append(' ').append(Numbers.of(p.value())));
      text.append('\n');
    }
    return text.append("(").append(data.unit()).append(")").toString();
  }

  Map<String, Object> spec(ChartText words) {
    Chart chart = new Chart(words, Chart.WIDTH, Chart.HEIGHT);
    List<Lines.Line> lines = new ArrayList<>();
    List<Map<String, Object>> dots = new ArrayList<>();
    double aside = (x.high() - x.low()) * 0.008;
    double shift = -aside * (data.curves().size() - 1) / 2;
    for (Curve curve : data.curves()) {
      String colour = colour(curve.setting());
      List<double[]> points = new ArrayList<>();
      for (Point point : curve.points()) {
        double at = stretched(point.percent());
        points.add(new double[] {at, point.value()});
        if (point.marked()) {
          Map<String, Object> dot =
              Json.object(
                  "setting",
                  curve.setting(),
                  "percentile",
                  point.name(),
                  "x",
                  at,
                  "y",
                  point.value(),
                  "colour",
                  colour);
          if (Double.isFinite(point.low()) && Double.isFinite(point.high())) {
            dot.put("aside", at + shift);
            dot.put("low", point.low());
            dot.put("high", point.high());
          }
          dots.add(dot);
        }
      }
      lines.add(new Lines.Line(curve.setting(), colour, points, ""));
      shift += aside;
    }
    chart.data("dots", dots);
    new Lines(x, y, lines).draw(chart, across(), "linear");
    if (dots.stream().anyMatch(dot -> dot.containsKey("low"))) {
      chart.layer(
          "dots",
          Json.object("type", "rule", "strokeWidth", 1.4),
          Json.object(
              "x", Chart.field("aside"),
              "y", Chart.field("low"),
              "y2", Chart.end("high"),
              "color", Chart.raw("colour")));
    }
    chart.layer(
        "dots",
        Json.object("type", "point", "size", 34, "strokeWidth", 1.4, "opacity", 1),
        Json.object(
            "x", Chart.field("x"),
            "y", Chart.field("y"),
            "fill", Chart.raw("colour"),
            "stroke", Chart.colour(Theme.CARD),
            "tooltip",
                List.of(
                    Chart.tooltip("setting", null),
                    Chart.tooltip("percentile", null),
                    Chart.number("y", y.title()))));
    return chart.spec(56);
  }

  private Map<String, Object> across() {
    List<Double> places = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (double tick : TICKS) {
      double at = stretched(tick);
      if (at >= x.low() - 1e-9 && at <= x.high() + 1e-9) {
        places.add(at);
        names.add("'" + Numbers.plain(tick) + "'");
      }
    }
    Map<String, Object> across = x.horizontal("x");
    across.put(
        "axis",
        Json.object(
            "values",
            places,
            "labelExpr",
            names + "[indexof(" + places + ", datum.value)]",
            "grid",
            true,
            "labelOverlap",
            false));
    return across;
  }

  private java.util.stream.Stream<Point> points() {
    return data.curves().stream().flatMap(curve -> curve.points().stream());
  }

  private List<Point> curve(String setting) {
    return data.curves().stream()
        .filter(curve -> curve.setting().equals(setting))
        .flatMap(curve -> curve.points().stream())
        .toList();
  }

  private String colour(String setting) {
    return setting.equals(data.baseline()) ? Theme.BASELINE : palette.colour(setting);
  }

  private static double stretched(double percent) {
    return percent <= 0 ? 0 : -Math.log10(1 - percent / 100);
  }
}
