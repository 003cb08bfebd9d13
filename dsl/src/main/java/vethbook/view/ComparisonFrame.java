package vethbook.view;

import java.util.List;
import java.util.stream.DoubleStream;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/**
 * Where things are in a comparison's plot: how wide a setting is, and which values the axis shows.
 *
 * @param bars whether settings are bars, from zero
 * @param rows the baseline first
 * @param step width of a setting in pixels
 * @param bottom value at the bottom of the plot
 * @param top value at its top
 */
record ComparisonFrame(
    ComparisonData data, boolean bars, List<Row> rows, double step, double bottom, double top) {
  /** Height of the plot itself in pixels. */
  static final double HEIGHT = 250;

  /** Widest bar, in pixels. */
  private static final double BAR = 84;

  static ComparisonFrame of(ComparisonData data, boolean bars) {
    List<Row> rows = data.baselineFirst();
    int count = Math.max(1, rows.size());
    double step = Math.max(Math.max(86, Math.min(126, 780.0 / count)), 460.0 / count);
    double low = values(rows).min().orElse(0);
    double high = values(rows).max().orElse(1);
    double margin = high > low ? (high - low) * 0.12 : Math.max(Math.abs(high) * 0.05, 1e-9);
    double top = bars ? Math.max(high * 1.04, 1e-9) : high + margin;
    return new ComparisonFrame(data, bars, rows, step, bars ? 0 : low - margin, top);
  }

  double width() {
    return step * rows.size();
  }

  /** Half the width of a bar, where a setting's place is 1 wide. */
  double half() {
    return Math.min(0.3, BAR / 2 / step);
  }

  /** How far above the bottom of the plot a value is, in pixels. */
  double height(double value) {
    return (value - bottom) / (top - bottom) * HEIGHT;
  }

  /** The value as far above the bottom, in pixels. */
  double value(double height) {
    return bottom + (top - bottom) * height / HEIGHT;
  }

  private static DoubleStream values(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.skipped() == null)
        .flatMapToDouble(
            row ->
                DoubleStream.concat(
                    DoubleStream.of(row.centre(), row.low(), row.high()),
                    row.rounds().stream().mapToDouble(Round::value)))
        .filter(Double::isFinite);
  }
}
