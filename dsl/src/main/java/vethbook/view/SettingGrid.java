package vethbook.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import vethbook.measure.Metric;

/**
 * Settings that are all pairs of two factors, read from their names: {@code mtu 1500, rps off},
 * {@code mtu 1500, rps on}, {@code mtu 9000, rps off} …
 */
record SettingGrid(
    String across, String down, List<String> columns, List<String> rows, List<String> settings) {
  /** The grid of these names; empty when they are none, or one with a side of one. */
  static Optional<SettingGrid> of(List<String> settings) {
    List<String[]> pairs = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("\\s*(?:,|×|/)\\s+|\\s+×\\s*", -1);
      if (parts.length != 2) {
        return Optional.empty();
      }
      pairs.add(parts);
    }
    LinkedHashSet<String> rows = new LinkedHashSet<>();
    LinkedHashSet<String> columns = new LinkedHashSet<>();
    pairs.forEach(pair -> rows.add(pair[0]));
    pairs.forEach(pair -> columns.add(pair[1]));
    if (rows.size() < 2 || columns.size() < 2 || rows.size() * columns.size() != pairs.size()) {
      return Optional.empty();
    }
    List<String> ordered = new ArrayList<>();
    for (String row : rows) {
      for (String column : columns) {
        Optional<String> setting =
            settings.stream()
                .filter(s -> pairs.get(settings.indexOf(s))[0].equals(row))
                .filter(s -> pairs.get(settings.indexOf(s))[1].equals(column))
                .findFirst();
        if (setting.isEmpty()) {
          return Optional.empty();
        }
        ordered.add(setting.get());
      }
    }
    String down = common(List.copyOf(rows));
    String across = common(List.copyOf(columns));
    return Optional.of(
        new SettingGrid(
            across.isEmpty() ? "second factor" : across,
            down.isEmpty() ? "first factor" : down,
            columns.stream().map(level -> level.substring(across.length()).strip()).toList(),
            rows.stream().map(level -> level.substring(down.length()).strip()).toList(),
            ordered));
  }

  GridData data(Metric metric, String unit, ToDoubleFunction<String> value) {
    List<List<Double>> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      int first = row * columns.size();
      values.add(
          settings.subList(first, first + columns.size()).stream()
              .map(value::applyAsDouble)
              .toList());
    }
    return new GridData(
        across, down, metric.name(), unit, metric.higherIsBetter(), columns, rows, values);
  }

  /** The first words that all levels share and that leave something of each. */
  private static String common(List<String> levels) {
    String first = levels.get(0);
    int end = first.lastIndexOf(' ');
    while (end > 0) {
      String start = first.substring(0, end);
      if (levels.stream().allMatch(level -> level.startsWith(start + " "))) {
        return start;
      }
      end = first.lastIndexOf(' ', end - 1);
    }
    return "";
  }
}
