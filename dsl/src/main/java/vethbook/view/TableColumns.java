package vethbook.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;
import vethbook.view.TablePlot.Channel;
import vethbook.view.TablePlot.Kind;

/** The columns of a table that a plot of it uses, and what each is used for. */
final class TableColumns {
  private static final Pattern UNIT = Pattern.compile("(.*?)\\s*\\(([^()]*)\\)\\s*");
  private static final int MOST_GROUPS = 12;

  private final Table table;
  private final Map<Channel, String> columns = new EnumMap<>(Channel.class);
  private Kind kind = Kind.HISTOGRAM;

  TableColumns(Table table) {
    this.table = table;
  }

  Table table() {
    return table;
  }

  /** What is drawn, for errors. */
  void drawnAs(Kind chosen) {
    kind = chosen;
  }

  /**
   * Uses a column.
   *
   * @throws ExperimentException when the table has none of this name
   */
  void use(Channel channel, String name) {
    columns.put(channel, found(name));
  }

  boolean has(Channel channel) {
    return columns.containsKey(channel);
  }

  /** Chooses them by their kinds where none was named. */
  void choose() {
    if (!columns.isEmpty()) {
      return;
    }
    List<String> numbers =
        table.columns().stream()
            .filter(column -> column instanceof NumericColumn)
            .map(Column::name)
            .toList();
    if (numbers.isEmpty()) {
      throw refused("it has no column of numbers", null);
    }
    table.columns().stream()
        .filter(column -> !(column instanceof NumericColumn))
        .map(Column::name)
        .filter(name -> table.column(name).countUnique() <= MOST_GROUPS)
        .findFirst()
        .ifPresent(name -> columns.put(Channel.COLOR, name));
    boolean ordered = numbers.size() > 1 && isTime(numbers.get(0));
    if (ordered) {
      columns.put(Channel.X, numbers.get(0));
    }
    columns.put(Channel.Y, numbers.get(ordered ? 1 : 0));
  }

  static boolean isTime(String name) {
    return name.matches("(?iu).*\\b(time|seconds|started|at|when)\\b.*|.*时间.*");
  }

  Column<?> valueColumn() {
    if (has(Channel.Y)) {
      return column(Channel.Y);
    }
    return need(Channel.X);
  }

  @Nullable Column<?> groupColumn() {
    if (has(Channel.COLOR)) {
      return column(Channel.COLOR);
    }
    boolean byX = has(Channel.X) && has(Channel.Y);
    return byX ? column(Channel.X) : null;
  }

  boolean isNumber(Channel channel) {
    return column(channel) instanceof NumericColumn;
  }

  NumericColumn<?> numbers(Channel channel) {
    Column<?> column = need(channel);
    if (column instanceof NumericColumn<?> numbers) {
      return numbers;
    }
    throw refused(
        "column '%s' holds no numbers, which %s needs".formatted(column.name(), word(channel)),
        null);
  }

  Column<?> need(Channel channel) {
    if (!has(channel)) {
      throw refused(
          "%s needs a column for %s"
              .formatted(kind.toString().toLowerCase(Locale.ROOT).replace('_', ' '), word(channel)),
          "say %s '%s' in its block".formatted(word(channel), table.columnNames().get(0)));
    }
    return column(channel);
  }

  Column<?> column(Channel channel) {
    return table.column(columns.get(channel));
  }

  static String word(Channel channel) {
    return channel.toString().toLowerCase(Locale.ROOT);
  }

  String found(String name) {
    return table.columnNames().stream()
        .filter(column -> column.equalsIgnoreCase(name) || quantity(column).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> near = Nearest.of(name, table.columnNames());
              return refused(
                  "it has no column '" + name + "'",
                  (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ")
                      + "its columns: "
                      + String.join(", ", table.columnNames()));
            });
  }

  ExperimentException refused(String why, @Nullable String next) {
    String which =
        table.name() == null || table.name().isEmpty()
            ? "the table"
            : "table '" + table.name() + "'";
    return new ExperimentException("Cannot plot " + which + ": " + why, null, null, next, null);
  }

  static String quantity(String name) {
    Matcher unit = UNIT.matcher(name);
    return unit.matches() ? unit.group(1) : name;
  }

  static String unit(String name) {
    Matcher unit = UNIT.matcher(name);
    return unit.matches() ? unit.group(2) : "";
  }

  /** In the order of numbers, or of the rows. */
  static Set<String> levels(Column<?> column) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < column.size(); row++) {
      rows.add(row);
    }
    if (column instanceof NumericColumn<?> numbers) {
      rows.sort(java.util.Comparator.comparingDouble(numbers::getDouble));
    }
    Set<String> levels = new LinkedHashSet<>();
    rows.forEach(row -> levels.add(text(column, row)));
    return levels;
  }

  static String text(Column<?> column, int row) {
    return column instanceof NumericColumn<?> numbers
        ? Numbers.plain(numbers.getDouble(row))
        : column.getString(row);
  }
}
