package vethbook.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import vethbook.extension.MimeBundle;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/**
 * How a Tablesaw table shows itself. A column's name holds its unit: {@code throughput (Mbit/s)}.
 * Missing values are a dash; of a long table the first and last rows are shown, and how many are
 * not.
 */
public final class TableView {
  private static final int SHOWN = 60;
  private static final int FIRST = 40;
  private static final int LAST = 10;
  static final String MISSING = "–";

  private TableView() {}

  /** HTML, Markdown and text of a table. */
  public static MimeBundle bundle(Table table) {
    return sheet(table).bundle();
  }

  /**
   * Makes Tablesaw ready: its first table looks through the whole class path, for half a second.
   */
  public static void warmUp() {
    Table.create("first");
  }

  /**
   * A table from rows of named values. Whole numbers, other numbers and booleans become columns of
   * their kind, all else text; a name that a row lacks is a missing value there.
   *
   * @param name of the table; shown above it when not empty
   */
  public static Table table(String name, List<? extends Map<String, ?>> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    Table table = Table.create(name);
    for (String column : names) {
      List<@Nullable Object> values = new ArrayList<>();
      rows.forEach(row -> values.add(row.get(column)));
      table.addColumns(column(column, values));
    }
    return table;
  }

  static Sheet sheet(Table table) {
    List<Integer> shown = shown(table.rowCount());
    List<List<Cell>> rows = new ArrayList<>();
    shown.forEach(row -> rows.add(new ArrayList<>()));
    List<Heading> headings = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      headings.add(new Heading(column.name(), column instanceof NumericColumn));
      List<Cell> cells = cells(column, shown);
      for (int i = 0; i < shown.size(); i++) {
        rows.get(i).add(cells.get(i));
      }
    }
    List<String> notes = new ArrayList<>();
    if (shown.size() < table.rowCount()) {
      rows.add(FIRST, headings.stream().map(heading -> new Cell("…", Tone.MUTED)).toList());
      notes.add(
          "%s rows, of which the first %d and the last %d are shown."
              .formatted(Numbers.fixed(table.rowCount(), 0), FIRST, LAST));
    } else if (table.rowCount() == 0) {
      notes.add("No rows.");
    }
    return new Sheet(table.name() == null ? "" : table.name(), headings, rows, notes);
  }

  private static List<Integer> shown(int count) {
    return count <= SHOWN
        ? IntStream.range(0, count).boxed().toList()
        : IntStream.concat(IntStream.range(0, FIRST), IntStream.range(count - LAST, count))
            .boxed()
            .toList();
  }

  private static List<Cell> cells(Column<?> column, List<Integer> rows) {
    if (column instanceof NumericColumn<?> numbers) {
      NumberFormat format = NumberFormat.fitting(values(numbers));
      return rows.stream().map(row -> number(numbers, row, format)).toList();
    }
    return rows.stream().map(row -> words(column, row)).toList();
  }

  private static Cell words(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return column instanceof StringColumn ? Cell.of("") : new Cell(MISSING, Tone.MUTED);
    }
    String text =
        column instanceof BooleanColumn yes
            ? Boolean.TRUE.equals(yes.get(row)) ? "yes" : "no"
            : column.getString(row);
    return text.equals(MISSING) ? new Cell(text, Tone.MUTED) : Cell.of(text);
  }

  private static Cell number(NumericColumn<?> column, int row, NumberFormat format) {
    double value = column.getDouble(row);
    return column.isMissing(row) || Double.isNaN(value)
        ? new Cell(MISSING, Tone.MUTED)
        : Cell.of(format.text(value));
  }

  private static DoubleStream values(NumericColumn<?> column) {
    return IntStream.range(0, column.size())
        .filter(row -> !column.isMissing(row))
        .mapToDouble(column::getDouble);
  }

  private static Column<?> column(String name, List<@Nullable Object> values) {
    if (all(values, Long.class, Integer.class, Short.class, Byte.class)) {
      LongColumn column = LongColumn.create(name);
      for (Object value : values) {
        if (value instanceof Number number) {
          column.append(number.longValue());
        } else {
          column.appendMissing();
        }
      }
      return column;
    }
    if (all(values, Number.class)) {
      DoubleColumn column = DoubleColumn.create(name);
      values.forEach(v -> column.append(v instanceof Number n ? n.doubleValue() : Double.NaN));
      return column;
    }
    if (all(values, Boolean.class)) {
      BooleanColumn column = BooleanColumn.create(name);
      values.forEach(v -> column.append(v instanceof Boolean b ? b : null));
      return column;
    }
    StringColumn column = StringColumn.create(name);
    values.forEach(value -> column.append(value == null ? "" : value.toString()));
    return column;
  }

  /** Whether there are values and each is missing or of one of these kinds. */
  private static boolean all(List<@Nullable Object> values, Class<?>... kinds) {
    return values.stream().anyMatch(value -> value != null)
        && values.stream()
            .filter(value -> value != null)
            .allMatch(value -> List.of(kinds).stream().anyMatch(kind -> kind.isInstance(value)));
  }
}
