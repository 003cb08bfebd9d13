package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.extension.SavedResults;
import vethbook.measure.Comparison;
import vethbook.measure.Results;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Row;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/**
 * The table of a comparison: a setting in each row, with its interval, its change and a verdict.
 */
public final class ComparisonTable {
  private final ComparisonData data;

  public ComparisonTable(ComparisonData data) {
    this.data = data;
  }

  /** The table of a comparison, without what only the results know: question, engine, rounds. */
  public static ComparisonTable of(Comparison comparison) {
    return new ComparisonTable(MeasuredComparison.of(comparison));
  }

  /**
   * The table of an experiment's main metric.
   *
   * @throws vethbook.linux.ExperimentException when the settings cannot be compared
   */
  public static ComparisonTable of(Results results) {
    return of(results, results.compare());
  }

  /** The table of one of an experiment's comparisons. */
  public static ComparisonTable of(Results results, Comparison comparison) {
    return of(results, comparison, comparison.metric().name());
  }

  /**
   * One of an experiment's comparisons.
   *
   * @param test what was run, such as {@code TCP_RR}
   */
  public static ComparisonTable of(Results results, Comparison comparison, String test) {
    return new ComparisonTable(MeasuredComparison.of(results, comparison, test));
  }

  /** All figures unrounded, to calculate with. */
  public Table table() {
    List<Row> rows = data.baselineFirst();
    Table table = Table.create(data.question());
    table.addColumns(
        StringColumn.create("setting", rows.stream().map(Row::setting).toList()),
        numbers(data.unit(), rows, Row::centre),
        numbers("95 % from", rows, Row::low),
        numbers("95 % to", rows, Row::high),
        changes("change", rows, Change::relative),
        changes("change from", rows, Change::low),
        changes("change to", rows, Change::high),
        StringColumn.create("verdict", rows.stream().map(this::verdictText).toList()));
    return table;
  }

  /** A setting in each row, in few words. */
  public List<SavedResults.Outcome> outcomes() {
    int decimals = decimals();
    return data.baselineFirst().stream()
        .map(
            row ->
                row.skipped() != null
                    ? new SavedResults.Outcome(row.setting(), "", "skipped: " + row.skipped())
                    : new SavedResults.Outcome(
                        row.setting(),
                        Numbers.fixed(row.centre(), decimals) + "\u00a0" + data.unit(),
                        row.change() == null ? "" : signed(row.change())))
        .toList();
  }

  private static String signed(Change change) {
    String text = ComparisonText.change(change);
    String sign = change.verdict().sign();
    return text.startsWith(sign) ? text : sign + " " + text;
  }

  /** HTML, Markdown and text. */
  public MimeBundle bundle() {
    return sheet().bundle();
  }

  @Override
  public String toString() {
    return new SheetText(sheet()).plain();
  }

  Sheet sheet() {
    List<Heading> headings =
        List.of(
            new Heading("setting", false),
            new Heading(data.unit(), true),
            new Heading("95 % interval", true),
            new Heading("against " + data.baseline(), true),
            new Heading("verdict", false));
    List<String> notes = new ArrayList<>();
    notes.add(new ComparisonText(data).method() + ".");
    notes.addAll(data.notes());
    return new Sheet(
        data.question(), headings, data.baselineFirst().stream().map(this::row).toList(), notes);
  }

  private List<Cell> row(Row row) {
    if (row.skipped() != null) {
      Cell dash = new Cell("–", Tone.MUTED);
      Cell reason = new Cell("skipped: " + row.skipped(), Tone.MUTED);
      return List.of(new Cell(row.setting(), Tone.MUTED), dash, dash, dash, reason);
    }
    int decimals = decimals();
    return List.of(
        new Cell(row.setting(), Tone.STRONG),
        Cell.of(Numbers.fixed(row.centre(), decimals)),
        interval(row, decimals),
        change(row),
        new Cell(verdictText(row), tone(row)));
  }

  private static Cell interval(Row row, int decimals) {
    return row.hasInterval()
        ? Cell.of(Numbers.fixed(row.low(), decimals) + " to " + Numbers.fixed(row.high(), decimals))
        : new Cell("too few rounds", Tone.MUTED);
  }

  private Cell change(Row row) {
    Change change = row.change();
    if (change == null) {
      return new Cell(isBaseline(row) ? "baseline" : "–", Tone.MUTED);
    }
    String interval = ComparisonText.interval(change, false);
    if (Double.isNaN(change.relative())) {
      return new Cell("–", Tone.MUTED);
    }
    return Cell.of((Numbers.change(change.relative()) + "  " + interval).strip());
  }

  private String verdictText(Row row) {
    Change change = row.change();
    if (change == null) {
      return row.skipped() == null ? "" : "skipped: " + row.skipped();
    }
    return change.verdict().sign() + " " + change.words();
  }

  private Tone tone(Row row) {
    Change change = row.change();
    if (change == null || !change.verdict().differs()) {
      return Tone.NORMAL;
    }
    return new ComparisonText(data).isBetter(change) ? Tone.GOOD : Tone.BAD;
  }

  private int decimals() {
    return data.rows().stream()
        .mapToDouble(Row::centre)
        .filter(value -> value > 0)
        .mapToInt(Numbers::decimals)
        .max()
        .orElse(0);
  }

  private boolean isBaseline(Row row) {
    return row.setting().equals(data.baseline());
  }

  private static DoubleColumn numbers(
      String name, List<Row> rows, Function<? super Row, Double> value) {
    return DoubleColumn.create(name, rows.stream().map(value).toArray(Double[]::new));
  }

  private static DoubleColumn changes(
      String name, List<Row> rows, Function<? super Change, Double> value) {
    return numbers(name, rows, row -> of(row.change(), value));
  }

  private static Double of(@Nullable Change change, Function<? super Change, Double> value) {
    return change == null ? Double.NaN : value.apply(change);
  }
}
