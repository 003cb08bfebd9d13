package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/**
 * A plot of any table. A column's name holds its unit: {@code throughput (Mbit/s)}; {@code
 * throughput} finds it too.
 */
public final class TablePlot {
  private static final Pattern UNIT = Pattern.compile("(.*?)\\s*\\(([^()]*)\\)\\s*");

  private final Pictures pictures;
  private final Table table;
  private final Map<Channel, String> columns = new LinkedHashMap<>();
  private final List<SeriesData.Mark> marks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable Kind kind;
  private String title = "";
  private String subtitle = "";
  private String baseline = "";
  private double warmUp = Double.NaN;
  private boolean findsChanges;

  public TablePlot(Pictures pictures, Table table) {
    this.pictures = pictures;
    this.table = table;
  }

  /** What a column is used for. */
  public enum Channel {
    X,
    Y,
    /** The setting or group that a row belongs to. */
    COLOR,
    /** Rows of several groups with the same value here are pairs. */
    ROUND
  }

  /** How it is drawn. */
  public enum Kind {
    BARS,
    DOTS,
    BOXES,
    PAIRED,
    ECDF,
    HISTOGRAM,
    PERCENTILES,
    SERIES,
    POINTS,
    HEAT_MAP,
    STACKED
  }

  /**
   * Uses a column.
   *
   * @throws ExperimentException when the table has none of this name
   */
  public TablePlot column(Channel channel, String name) {
    columns.put(channel, found(name));
    return this;
  }

  public TablePlot kind(Kind wanted) {
    kind = wanted;
    return this;
  }

  public TablePlot title(String text) {
    title = text;
    return this;
  }

  public TablePlot subtitle(String text) {
    subtitle = text;
    return this;
  }

  /** A sentence below the plot. */
  public TablePlot note(String text) {
    notes.add(text);
    return this;
  }

  /** The group that is drawn first and in grey. */
  public TablePlot baseline(String group) {
    baseline = group;
    return this;
  }

  /** Until where, on the axis along the bottom, values do not count. */
  public TablePlot warmUp(double end) {
    warmUp = end;
    return this;
  }

  /** Marks a place, or a stretch, of the axis along the bottom. */
  public TablePlot findChanges() {
    findsChanges = true;
    return this;
  }

  public TablePlot mark(double from, double to, String words) {
    marks.add(new SeriesData.Mark(from, to, words));
    return this;
  }

  /**
   * Draws it.
   *
   * @throws ExperimentException when the kind needs a column that was not named, or another kind of
   *     column
   */
  public Plot plot() {
    if (table.rowCount() == 0) {
      throw refused("it has no rows", "plot a table with rows");
    }
    choose();
    Charts charts = new Charts(pictures);
    return switch (kind()) {
      case BARS -> bars(charts, true);
      case DOTS -> bars(charts, false);
      case BOXES -> charts.boxes(groups(), words(valueTitle() + byGroup()), false);
      case PAIRED -> charts.boxes(groups(), words(valueTitle() + byGroup()), true);
      case ECDF -> charts.ecdf(groups(), words("Distribution of " + valueTitle()), "row");
      case HISTOGRAM -> charts.histogram(groups(), words("How often: " + valueTitle()), "row");
      case PERCENTILES -> charts.percentiles(PercentilePlot.ofValues(groups()), words(""));
      case SERIES ->
          charts.series(series(), words(capital(quantity(y())) + " over " + quantity(x())));
      case POINTS ->
          charts.points(series(), words(capital(quantity(y())) + " by " + quantity(x())));
      case HEAT_MAP -> charts.heatMap(grid(), words(""));
      case STACKED -> charts.stacked(stack(), words(""));
    };
  }

  /** Fills in what was not said, from the kinds of the columns. */
  private void choose() {
    if (columns.isEmpty()) {
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
          .filter(name -> table.column(name).countUnique() <= 12)
          .findFirst()
          .ifPresent(name -> columns.put(Channel.COLOR, name));
      boolean ordered = numbers.size() > 1 && isTime(numbers.get(0));
      if (ordered) {
        columns.put(Channel.X, numbers.get(0));
      }
      columns.put(Channel.Y, numbers.get(ordered ? 1 : 0));
    }
    if (kind == null) {
      kind = fitting();
    }
  }

  private Kind fitting() {
    boolean x = columns.containsKey(Channel.X);
    boolean y = columns.containsKey(Channel.Y);
    if (x && y && isNumber(Channel.X) && isNumber(Channel.Y)) {
      return isTime(column(Channel.X).name()) || isSorted() ? Kind.SERIES : Kind.POINTS;
    }
    if (x && y && columns.containsKey(Channel.COLOR) && isNumber(Channel.COLOR)) {
      return Kind.HEAT_MAP;
    }
    if (x && y && !isNumber(Channel.X) && columns.containsKey(Channel.COLOR)) {
      return Kind.STACKED;
    }
    boolean grouped = columns.containsKey(Channel.COLOR) || (x && !isNumber(Channel.X));
    if (y && grouped) {
      boolean several = groups().rows().stream().anyMatch(row -> row.rounds().size() > 2);
      return several ? Kind.BOXES : Kind.BARS;
    }
    return Kind.HISTOGRAM;
  }

  private static boolean isTime(String name) {
    return name.matches("(?iu).*\\b(time|seconds|started|at|when)\\b.*|.*时间.*");
  }

  /** Whether x never falls within a group. */
  private boolean isSorted() {
    return series(false).lines().stream()
        .allMatch(
            line -> {
              for (int i = 1; i < line.points().size(); i++) {
                if (line.points().get(i).x() < line.points().get(i - 1).x()) {
                  return false;
                }
              }
              return true;
            });
  }

  private Plot bars(Charts charts, boolean fromZero) {
    ComparisonData data = groups();
    String key = new ComparisonText(data).key(fromZero ? "bar" : "line").replace("round", "row");
    boolean single = data.rows().stream().allMatch(row -> row.rounds().size() == 1);
    String own = single ? "" : key + (fromZero ? "" : "; the axis does not start at zero");
    ChartText words = words(valueTitle() + byGroup());
    List<String> all = new ArrayList<>(own.isEmpty() ? List.of() : List.of(own));
    all.addAll(words.notes());
    return charts.bars(data, new ChartText(words.finding(), words.method(), all), fromZero);
  }

  private ChartText words(String finding) {
    return new ChartText(
        title.isEmpty() ? capital(finding) : title,
        subtitle.isEmpty() ? origin() : subtitle,
        notes);
  }

  private String origin() {
    String rows = Numbers.fixed(table.rowCount(), 0) + (table.rowCount() == 1 ? " row" : " rows");
    return table.name() == null || table.name().isEmpty() ? rows : table.name() + ", " + rows;
  }

  /** The values of y, or of x where there is no y, by group. */
  private ComparisonData groups() {
    Column<?> values = valueColumn();
    if (!(values instanceof NumericColumn<?> numbers)) {
      throw refused("column '" + values.name() + "' holds no numbers", null);
    }
    Column<?> rounds = columns.containsKey(Channel.ROUND) ? column(Channel.ROUND) : null;
    Column<?> groups = groupColumn();
    Map<String, List<Round>> byGroup = new LinkedHashMap<>();
    Map<String, Integer> numbersOf = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      double value = numbers.getDouble(row);
      String group = groups == null ? quantity(values.name()) : groups.getString(row);
      if (Double.isFinite(value)) {
        int next = byGroup.computeIfAbsent(group, any -> new ArrayList<>()).size() + 1;
        int number =
            rounds == null
                ? next
                : numbersOf.computeIfAbsent(rounds.getString(row), any -> numbersOf.size() + 1);
        byGroup.get(group).add(new Round(number, value, false));
      }
    }
    if (byGroup.isEmpty()) {
      throw refused("column '" + values.name() + "' has only missing values", null);
    }
    List<Row> all = new ArrayList<>();
    byGroup.forEach(
        (group, taken) -> {
          double[] sorted = taken.stream().mapToDouble(Round::value).sorted().toArray();
          double nan = Double.NaN;
          all.add(new Row(group, taken, Quartiles.at(sorted, 0.5), nan, nan, null, null));
        });
    String unit = unit(values.name());
    return new ComparisonData(
        "",
        "",
        quantity(values.name()),
        unit,
        !unit.matches("[µmn]?s|min|%.*"),
        "",
        table.rowCount(),
        Duration.ZERO,
        0,
        baseline,
        all,
        List.of());
  }

  private Column<?> valueColumn() {
    if (columns.containsKey(Channel.Y)) {
      return column(Channel.Y);
    }
    return need(Channel.X);
  }

  private @Nullable Column<?> groupColumn() {
    if (columns.containsKey(Channel.COLOR)) {
      return column(Channel.COLOR);
    }
    boolean byX = columns.containsKey(Channel.X) && columns.containsKey(Channel.Y);
    return byX ? column(Channel.X) : null;
  }

  private String valueTitle() {
    return quantity(valueColumn().name());
  }

  private String byGroup() {
    Column<?> group = groupColumn();
    return group == null ? "" : " by " + quantity(group.name());
  }

  private SeriesData series() {
    return series(true);
  }

  private SeriesData series(boolean sorted) {
    NumericColumn<?> across = numbers(Channel.X);
    NumericColumn<?> up = numbers(Channel.Y);
    Column<?> groups = columns.containsKey(Channel.COLOR) ? column(Channel.COLOR) : null;
    Map<String, List<SeriesData.Point>> byGroup = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      double x = across.getDouble(row);
      double y = up.getDouble(row);
      if (Double.isFinite(x) && Double.isFinite(y)) {
        String group = groups == null ? quantity(up.name()) : groups.getString(row);
        byGroup
            .computeIfAbsent(group, any -> new ArrayList<>())
            .add(new SeriesData.Point(x, y, false));
      }
    }
    List<SeriesData.Line> lines = new ArrayList<>();
    byGroup.forEach(
        (group, points) -> {
          if (sorted) {
            points.sort(java.util.Comparator.comparingDouble(SeriesData.Point::x));
          }
          lines.add(new SeriesData.Line(group, points));
        });
    List<SeriesData.Mark> all = new ArrayList<>(marks);
    if (findsChanges) {
      lines.forEach(line -> all.addAll(SeriesChanges.of(line, warmUp, lines.size() > 1)));
    }
    return new SeriesData(across.name(), up.name(), baseline, lines, warmUp, all, false);
  }

  private GridData grid() {
    Column<?> across = need(Channel.X);
    Column<?> down = need(Channel.Y);
    NumericColumn<?> values = numbers(Channel.COLOR);
    Set<String> columnLevels = levels(across);
    Set<String> rowLevels = levels(down);
    Map<String, List<Double>> cells = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      String cell = text(down, row) + "\n" + text(across, row);
      cells.computeIfAbsent(cell, any -> new ArrayList<>()).add(values.getDouble(row));
    }
    List<List<Double>> all = new ArrayList<>();
    for (String row : rowLevels) {
      List<Double> line = new ArrayList<>();
      for (String column : columnLevels) {
        double[] found =
            cells.getOrDefault(row + "\n" + column, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        line.add(found.length == 0 ? Double.NaN : Quartiles.at(found, 0.5));
      }
      all.add(line);
    }
    String unit = unit(values.name());
    return new GridData(
        across.name(),
        down.name(),
        quantity(values.name()),
        unit,
        !unit.matches("[µmn]?s|min"),
        List.copyOf(columnLevels),
        List.copyOf(rowLevels),
        all);
  }

  private StackData stack() {
    Column<?> bars = need(Channel.X);
    NumericColumn<?> values = numbers(Channel.Y);
    Column<?> parts = need(Channel.COLOR);
    Set<String> names = levels(parts);
    Map<String, double[]> sums = new LinkedHashMap<>();
    List<String> order = List.copyOf(names);
    for (int row = 0; row < table.rowCount(); row++) {
      double value = values.getDouble(row);
      if (Double.isFinite(value)) {
        if (value < 0) {
          throw refused(
              "column '" + values.name() + "' has values below zero",
              "stack only parts of a whole");
        }
        sums.computeIfAbsent(text(bars, row), any -> new double[order.size()])[
                order.indexOf(text(parts, row))] +=
            value;
      }
    }
    List<StackData.Bar> all = new ArrayList<>();
    sums.forEach(
        (bar, pieces) ->
            all.add(new StackData.Bar(bar, java.util.Arrays.stream(pieces).boxed().toList())));
    return new StackData(quantity(values.name()), unit(values.name()), order, all);
  }

  /** In the order of numbers, or of the rows. */
  private static Set<String> levels(Column<?> column) {
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

  private static String text(Column<?> column, int row) {
    return column instanceof NumericColumn<?> numbers
        ? Numbers.plain(numbers.getDouble(row))
        : column.getString(row);
  }

  private boolean isNumber(Channel channel) {
    return column(channel) instanceof NumericColumn;
  }

  private NumericColumn<?> numbers(Channel channel) {
    Column<?> column = need(channel);
    if (column instanceof NumericColumn<?> numbers) {
      return numbers;
    }
    throw refused(
        "column '%s' holds no numbers, which %s needs".formatted(column.name(), word(channel)),
        null);
  }

  private Column<?> need(Channel channel) {
    if (!columns.containsKey(channel)) {
      throw refused(
          "%s needs a column for %s"
              .formatted(
                  kind().toString().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                  word(channel)),
          "say %s '%s' in its block".formatted(word(channel), table.columnNames().get(0)));
    }
    return column(channel);
  }

  private Kind kind() {
    return kind == null ? Kind.HISTOGRAM : kind;
  }

  private Column<?> column(Channel channel) {
    return table.column(columns.get(channel));
  }

  private String x() {
    return need(Channel.X).name();
  }

  private String y() {
    return need(Channel.Y).name();
  }

  private static String word(Channel channel) {
    return channel.toString().toLowerCase(java.util.Locale.ROOT);
  }

  private String found(String name) {
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

  private ExperimentException refused(String why, @Nullable String next) {
    String which =
        table.name() == null || table.name().isEmpty()
            ? "the table"
            : "table '" + table.name() + "'";
    return new ExperimentException("Cannot plot " + which + ": " + why, null, null, next, null);
  }

  private static String quantity(String name) {
    Matcher unit = UNIT.matcher(name);
    return unit.matches() ? unit.group(1) : name;
  }

  private static String unit(String name) {
    Matcher unit = UNIT.matcher(name);
    return unit.matches() ? unit.group(2) : "";
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
