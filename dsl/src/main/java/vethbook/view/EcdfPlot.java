package vethbook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/** For each value, how many of a setting's values are no larger: the empirical distribution. */
final class EcdfPlot {
  private static final int MOST_POINTS = 300;

  private final ComparisonData data;
  private final Palette palette;
  private final ValueAxis x;

  EcdfPlot(ComparisonData data, Palette palette) {
    this.data = data;
    this.palette = palette;
    this.x =
        ValueAxis.fitting(data.axisTitle(), data.rows().stream().flatMapToDouble(EcdfPlot::of));
  }

  /** How to read it. */
  String key(String one) {
    return "height = share of the "
        + one
        + "s that are no larger; a line further to the "
        + (data.higherIsBetter() ? "right" : "left")
        + " is better"
        + (x.startsAtZero() ? "" : "; the axis does not start at zero");
  }

  Map<String, Object> spec(ChartText words, String one) {
    ValueAxis y = ValueAxis.exactly("share of the " + one + "s (%)", 0, 100);
    List<Lines.Line> lines = new ArrayList<>();
    for (Row row : data.baselineFirst()) {
      double[] values = of(row).sorted().toArray();
      if (values.length > 0) {
        String median = "median " + Numbers.brief(Quartiles.at(values, 0.5));
        lines.add(
            new Lines.Line(
                row.setting(), data.colour(palette, row.setting()), steps(values), median));
      }
    }
    Chart chart = new Chart(words, Chart.WIDTH, Chart.HEIGHT);
    chart.data("half", List.of(Json.object("y", 50)));
    new Lines(x, y, lines).draw(chart, x.horizontal("x"), "step-after");
    chart.layer(
        "half",
        Json.object("type", "rule", "strokeDash", List.of(5, 4), "strokeWidth", 1),
        Json.object("y", Chart.field("y"), "color", Chart.colour(Theme.AXIS)));
    return chart.spec(56);
  }

  /** Up from zero at the lowest value to 100 at the highest, in no more than 300 points. */
  private static List<double[]> steps(double[] sorted) {
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {sorted[0], 0});
    int count = Math.min(sorted.length, MOST_POINTS);
    for (int i = 1; i <= count; i++) {
      int upTo = (int) Math.ceil((double) i * sorted.length / count);
      points.add(new double[] {sorted[upTo - 1], 100.0 * upTo / sorted.length});
    }
    return points;
  }

  private static DoubleStream of(Row row) {
    return Arrays.stream(row.rounds().stream().mapToDouble(Round::value).toArray());
  }
}
