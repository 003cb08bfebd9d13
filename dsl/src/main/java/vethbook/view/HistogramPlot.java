package vethbook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/** How often values fall into each bin, a strip for each setting, all with the same bins. */
final class HistogramPlot {
  private static final int FEWEST_BINS = 5;
  private static final int MOST_BINS = 60;
  private static final double STRIP = 64;
  private static final double FILLED = 0.8;

  private final ComparisonData data;
  private final Palette palette;
  private final List<Row> rows;
  private final ValueAxis x;
  private final int bins;

  HistogramPlot(ComparisonData data, Palette palette) {
    this.data = data;
    this.palette = palette;
    this.rows = data.baselineFirst().stream().filter(row -> !row.rounds().isEmpty()).toList();
    this.x = ValueAxis.fitting(data.axisTitle(), rows.stream().flatMapToDouble(HistogramPlot::of));
    this.bins = bins();
  }

  /** How to read it. */
  String key(String one) {
    return "bar = how many "
        + one
        + "s in each of "
        + bins
        + " bins"
        + (x.log()
            ? " of equal ratio"
            : " of " + Numbers.plain((x.high() - x.low()) / bins) + " " + data.unit())
        + ", line = median"
        + (rows.size() > 1 ? "; each setting has a height of its own" : "")
        + (x.startsAtZero() ? "" : "; the axis does not start at zero");
  }

  Map<String, Object> spec(ChartText words) {
    double height = rows.size() == 1 ? 200 : STRIP * rows.size();
    Chart chart = new Chart(words, Chart.WIDTH, height);
    List<Map<String, Object>> bars = new ArrayList<>();
    List<Map<String, Object>> medians = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      add(i, bars, medians);
    }
    chart.data("bars", bars).data("medians", medians);
    List<String> names = rows.stream().map(Row::setting).toList();
    Map<String, Object> strips = GroupAxis.vertical("foot", names, 150);
    chart.names(true, names).names(false, names);
    chart.layer(
        "bars",
        Json.object("type", "rect", "opacity", 0.85),
        Json.object(
            "x", x.horizontal("left"),
            "x2", Chart.end("right"),
            "y", strips,
            "y2", Chart.end("top"),
            "color", Chart.raw("colour"),
            "tooltip",
                List.of(
                    Chart.tooltip("setting", null),
                    Chart.number("left", "from"),
                    Chart.number("right", "to"),
                    Chart.tooltip("count", null))));
    chart.layer(
        "medians",
        Json.object("type", "rule", "strokeWidth", 1),
        Json.object("y", Chart.field("foot"), "color", Chart.colour(Theme.AXIS)));
    chart.layer(
        "medians",
        Json.object("type", "rule", "strokeWidth", 2),
        Json.object(
            "x", Chart.field("median"),
            "y", Chart.field("foot"),
            "y2", Chart.end("head"),
            "color", Chart.colour(Theme.INK)));
    chart.layer(
        "medians",
        Json.object(
            "type",
            "text",
            "align",
            "left",
            "baseline",
            "middle",
            "fontSize",
            11,
            "lineHeight",
            14),
        Json.object(
            "x", Chart.pixel(Chart.WIDTH + 9),
            "y", Chart.field("middle"),
            "text", Chart.words("words"),
            "color", Chart.colour(Theme.MUTED)));
    return chart.spec(56);
  }

  private void add(int at, List<Map<String, Object>> bars, List<Map<String, Object>> medians) {
    Row row = rows.get(at);
    double[] sorted = of(row).sorted().toArray();
    int[] counts = new int[bins];
    for (double value : sorted) {
      counts[Math.max(0, Math.min(bins - 1, (int) (x.share(value) * bins)))]++;
    }
    int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    double foot = at + 0.5 - 0.06;
    for (int bin = 0; bin < bins; bin++) {
      if (counts[bin] > 0) {
        bars.add(
            Json.object(
                "setting", row.setting(),
                "left", x.at((double) bin / bins),
                "right", x.at((bin + 1.0) / bins),
                "foot", foot,
                "top", foot - FILLED * counts[bin] / most,
                "count", counts[bin],
                "colour", data.colour(palette, row.setting())));
      }
    }
    double median = Quartiles.at(sorted, 0.5);
    medians.add(
        Json.object(
            "median", median,
            "foot", foot,
            "head", foot - FILLED - 0.04,
            "middle", at,
            "words",
                List.of(
                    "median " + Numbers.brief(median),
                    "n = " + sorted.length + ", highest bar " + most)));
  }

  /** Freedman and Diaconis' rule, for the setting with the narrowest middle half. */
  private int bins() {
    double narrowest =
        rows.stream()
            .mapToDouble(
                row -> {
                  double[] shares = of(row).map(x::share).sorted().toArray();
                  double width = Quartiles.at(shares, 0.75) - Quartiles.at(shares, 0.25);
                  return 2 * width / Math.cbrt(shares.length);
                })
            .filter(width -> width > 0)
            .min()
            .orElse(0.1);
    return (int) Math.max(FEWEST_BINS, Math.min(MOST_BINS, Math.ceil(1 / narrowest)));
  }

  private static DoubleStream of(Row row) {
    return row.rounds().stream().mapToDouble(Round::value);
  }
}
