package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;
import vethbook.view.TablePlot.Channel;

/** The rows of a table as the charts take them: in groups, as lines, as a grid, in stacks. */
final class TableRows {
  private final TableColumns columns;
  private final Table table;

  TableRows(TableColumns columns) {
    this.columns = columns;
    table = columns.table();
  }

  /** The values of y, or of x where there is no y, by group. */
  ComparisonData groups(String baseline) {
    Column<?> values = columns.valueColumn();
    if (!(values instanceof NumericColumn<?> numbers)) {
      throw columns.refused("column '" + values.name() + "' holds no numbers", null);
    }
    Column<?> rounds = columns.has(Channel.ROUND) ? columns.column(Channel.ROUND) : null;
    Column<?> groups = columns.groupColumn();
    Map<String, List<Round>> byGroup = new LinkedHashMap<>();
    Map<String, Integer> numbersOf = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      double value = numbers.getDouble(row);
      String group = groups == null ? TableColumns.quantity(values.name()) : groups.getString(row);
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
      throw columns.refused("column '" + values.name() + "' has only missing values", null);
    }
    List<Row> all = new ArrayList<>();
    byGroup.forEach(
        (group, taken) -> {
          double[] sorted = taken.stream().mapToDouble(Round::value).sorted().toArray();
          double nan = Double.NaN;
          all.add(new Row(group, taken, Quartiles.at(sorted, 0.5), nan, nan, null, null));
        });
    String unit = TableColumns.unit(values.name());
    return new ComparisonData(
        "",
        "",
        TableColumns.quantity(values.name()),
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

  /** A line for each group, sorted by x or in the order of the rows. */
  List<SeriesData.Line> lines(boolean sorted) {
    NumericColumn<?> across = columns.numbers(Channel.X);
    NumericColumn<?> up = columns.numbers(Channel.Y);
    Column<?> groups = columns.has(Channel.COLOR) ? columns.column(Channel.COLOR) : null;
    Map<String, List<SeriesData.Point>> byGroup = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      double x = across.getDouble(row);
      double y = up.getDouble(row);
      if (Double.isFinite(x) && Double.isFinite(y)) {
        String group = groups == null ? TableColumns.quantity(up.name()) : groups.getString(row);
        byGroup
            .computeIfAbsent(group, any -> new ArrayList<>())
            .add(new SeriesData.Point(x, y, false));
      }
    }
    List<SeriesData.Line> lines = new ArrayList<>();
    byGroup.forEach(
        (group, points) -> {
          if (sorted) {
            points.sort(Comparator.comparingDouble(SeriesData.Point::x));
          }
          lines.add(new SeriesData.Line(group, points));
        });
    return lines;
  }

  GridData grid() {
    Column<?> across = columns.need(Channel.X);
    Column<?> down = columns.need(Channel.Y);
    NumericColumn<?> values = columns.numbers(Channel.COLOR);
    Set<String> columnLevels = TableColumns.levels(across);
    Set<String> rowLevels = TableColumns.levels(down);
    Map<String, List<Double>> cells = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      String cell = TableColumns.text(down, row) + "\n" + TableColumns.text(across, row);
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
    String unit = TableColumns.unit(values.name());
    return new GridData(
        across.name(),
        down.name(),
        TableColumns.quantity(values.name()),
        unit,
        !unit.matches("[µmn]?s|min"),
        List.copyOf(columnLevels),
        List.copyOf(rowLevels),
        all);
  }

  StackData stack() {
    Column<?> bars = columns.need(Channel.X);
    NumericColumn<?> values = columns.numbers(Channel.Y);
    Column<?> parts = columns.need(Channel.COLOR);
    Set<String> names = TableColumns.levels(parts);
    Map<String, double[]> sums = new LinkedHashMap<>();
    List<String> order = List.copyOf(names);
    for (int row = 0; row < table.rowCount(); row++) {
      double value = values.getDouble(row);
      if (Double.isFinite(value)) {
        if (value < 0) {
          throw columns.refused(
              "column '" + values.name() + "' has values below zero",
              "stack only parts of a whole");
        }
        sums.computeIfAbsent(TableColumns.text(bars, row), any -> new double[order.size()])[
                order.indexOf(TableColumns.text(parts, row))] +=
            value;
      }
    }
    List<StackData.Bar> all = new ArrayList<>();
    sums.forEach(
        (bar, pieces) -> all.add(new StackData.Bar(bar, Arrays.stream(pieces).boxed().toList())));
    return new StackData(
        TableColumns.quantity(values.name()), TableColumns.unit(values.name()), order, all);
  }

  /** Whether x never falls within a group. */
  boolean isSorted() {
    return lines(false).stream()
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
}
