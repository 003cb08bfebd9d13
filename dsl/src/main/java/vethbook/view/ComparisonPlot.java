package vethbook.view;

import java.util.List;
import vethbook.measure.Comparison;
import vethbook.measure.Results;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Row;

/** The plot of a comparison: each setting's value, its rounds and its change. */
public final class ComparisonPlot {
  private static final int BLOCKS = 24;

  private ComparisonPlot() {}

  /** Bars that start at zero, for rates that may differ a lot. */
  public static Plot bars(Pictures pictures, ComparisonData data) {
    return plot(pictures, data, true);
  }

  /** Dots on an axis that need not start at zero, for small differences. */
  public static Plot dots(Pictures pictures, ComparisonData data) {
    return plot(pictures, data, false);
  }

  /**
   * Bars for one of an experiment's comparisons.
   *
   * @param comparison made from these results
   * @param test what was run, such as {@code TCP_RR}
   */
  public static Plot bars(Pictures pictures, Results results, Comparison comparison, String test) {
    return bars(pictures, MeasuredComparison.of(results, comparison, test));
  }

  /**
   * Dots for one of an experiment's comparisons.
   *
   * @param comparison made from these results
   * @param test what was run, such as {@code TCP_RR}
   */
  public static Plot dots(Pictures pictures, Results results, Comparison comparison, String test) {
    return dots(pictures, MeasuredComparison.of(results, comparison, test));
  }

  private static Plot plot(Pictures pictures, ComparisonData data, boolean bars) {
    ComparisonText text = new ComparisonText(data);
    return new Plot(
        pictures,
        text.finding(),
        text.method() + ".\n" + lines(data),
        new ComparisonSpec(data, words(data, bars), pictures.palette(), bars).spec(),
        text.finding() + "\n" + text.method() + "\n\n" + lines(data));
  }

  private static ChartText words(ComparisonData data, boolean bars) {
    ComparisonText text = new ComparisonText(data);
    String start = bars ? "" : "; the axis does not start at zero";
    ChartText words = text.around(text.key(bars ? "bar" : "line"));
    return new ChartText(words.finding(), words.method() + start, words.notes());
  }

  /** One line a setting, with a bar of block characters. */
  static String lines(ComparisonData data) {
    List<Row> rows = data.baselineFirst();
    int names = rows.stream().mapToInt(row -> Columns.width(row.setting())).max().orElse(0);
    double highest = rows.stream().mapToDouble(Row::centre).filter(v -> v > 0).max().orElse(1);
    int digits = rows.stream().mapToInt(row -> Numbers.of(row.centre()).length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(Columns.left(row.setting(), names)).append("  ");
      if (row.skipped() != null) {
        text.append("skipped: ").append(row.skipped()).append('\n');
        continue;
      }
      text.append(Columns.right(Numbers.of(row.centre()), digits)).append("  ");
      text.append(Columns.left(Blocks.bar(row.centre() / highest, BLOCKS), BLOCKS)).append("  ");
      text.append(change(row, data)).append('\n');
    }
    return text.append("(").append(data.unit()).append(")").toString();
  }

  private static String change(Row row, ComparisonData data) {
    Change change = row.change();
    if (change == null) {
      return row.setting().equals(data.baseline()) ? "baseline" : "";
    }
    String sign = change.verdict().differs() ? change.verdict().sign() + " " : "";
    return (sign + ComparisonText.change(change) + " " + ComparisonText.interval(change, true))
        .strip();
  }
}
