package vethbook.view;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vethbook.extension.MimeBundle;
import vethbook.measure.Interval;
import vethbook.measure.Metric;
import vethbook.measure.RunComparison;
import vethbook.measure.RunComparison.Row;
import vethbook.measure.Verdict;
import vethbook.view.MeasuredComparison.Scale;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/**
 * Two runs of an experiment in one table: a setting in each row, then, now, and what that means.
 */
public final class RunComparisonTable {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunComparison comparison;

  public RunComparisonTable(RunComparison comparison) {
    this.comparison = comparison;
  }

  /** HTML, Markdown and text. */
  public MimeBundle bundle() {
    double largest =
        comparison.values().stream()
            .mapToDouble(row -> Math.max(row.then(), row.now()))
            .max()
            .orElse(1);
    Scale scale = Scale.of(comparison.metric().unit(), largest);
    List<Heading> headings = new ArrayList<>();
    headings.add(new Heading("setting", false));
    headings.add(new Heading("then (" + scale.unit() + ")", true));
    headings.add(new Heading("now (" + scale.unit() + ")", true));
    headings.add(new Heading("change", true));
    headings.add(new Heading("verdict", false));
    boolean hasRatios = !comparison.ratios().isEmpty();
    if (hasRatios) {
      headings.add(new Heading("against " + comparison.now().baseline(), false));
    }
    List<List<Cell>> rows =
        comparison.values().stream().map(row -> row(row, scale, hasRatios)).toList();
    return new Sheet(caption(), headings, rows, notes()).bundle();
  }

  private String caption() {
    return "%s – now (%s UTC) against then (%s UTC)"
        .formatted(
            comparison.now().title(),
            DAY.format(comparison.now().machine().at()),
            DAY.format(comparison.then().machine().at()));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s, medians; change with its 95 %% interval; rank sum test, Holm; %s is better."
            .formatted(
                comparison.metric().name(),
                comparison.metric().higherIsBetter() ? "higher" : "lower"));
    if (!comparison.isSameKind()) {
      notes.add(
          "The machines are of different kinds: what counts is how each setting stands against "
              + comparison.now().baseline()
              + ".");
    }
    return notes;
  }

  private List<Cell> row(Row row, Scale scale, boolean hasRatios) {
    double then = scale.of(row.then());
    double now = scale.of(row.now());
    int decimals = Math.max(Numbers.decimals(then), Numbers.decimals(now));
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(row.setting(), Tone.STRONG));
    cells.add(Cell.of(Numbers.fixed(then, decimals)));
    cells.add(Cell.of(Numbers.fixed(now, decimals)));
    cells.add(Cell.of((Numbers.change(row.relative()) + "  " + interval(row.interval())).strip()));
    cells.add(verdict(row));
    if (hasRatios) {
      cells.add(comparison.ratio(row.setting()).map(this::verdict).orElse(Cell.of("")));
    }
    return cells;
  }

  private static String interval(Interval interval) {
    return interval.isKnown()
        ? "[%s, %s]".formatted(Numbers.signed(interval.low()), Numbers.signed(interval.high()))
        : "";
  }

  private Cell verdict(Row row) {
    if (row.verdict() == Verdict.DIFFERS) {
      String sign = row.relative() < 0 ? "▼ " : "▲ ";
      return new Cell(sign + row.text(), isWorse(row) ? Tone.BAD : Tone.GOOD);
    }
    return row.verdict() == Verdict.EQUIVALENT
        ? Cell.of("≈ " + row.text())
        : new Cell("? inconclusive", Tone.NORMAL);
  }

  private boolean isWorse(Row row) {
    Metric metric = comparison.metric();
    return metric.higherIsBetter() ? row.relative() < 0 : row.relative() > 0;
  }
}
