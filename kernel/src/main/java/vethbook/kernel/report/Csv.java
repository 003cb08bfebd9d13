package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vethbook.extension.SavedResults;

/**
 * The raw rounds of several experiments as comma-separated values (RFC 4180), a run in each line.
 * Columns that an experiment does not have are empty in its lines.
 */
final class Csv {
  private static final String EXPERIMENT = "experiment";

  private final Set<String> fixed = new LinkedHashSet<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<Line> lines = new ArrayList<>();

  /** One run: what it is of, and its figures, by columns. */
  private record Line(Map<String, String> of, List<String> header, List<String> cells) {
    String at(String column) {
      int place = header.indexOf(column);
      return place < 0 ? "" : cells.get(place);
    }
  }

  /** The runs of one notebook. */
  static String of(List<SavedResults> results) {
    Csv csv = new Csv();
    csv.add(results, Map.of());
    return csv.text();
  }

  /** Adds runs, with columns of their own before all others. */
  void add(List<SavedResults> results, Map<String, String> first) {
    fixed.addAll(first.keySet());
    for (SavedResults one : results) {
      Map<String, String> of = new java.util.LinkedHashMap<>(first);
      of.put(EXPERIMENT, one.title());
      List<List<String>> rows = one.runs();
      columns.addAll(rows.get(0));
      rows.subList(1, rows.size()).forEach(row -> lines.add(new Line(of, rows.get(0), row)));
    }
  }

  String text() {
    List<String> before = new ArrayList<>(fixed);
    before.add(EXPERIMENT);
    StringBuilder csv = new StringBuilder();
    List<String> header = new ArrayList<>(before);
    header.addAll(columns);
    append(csv, header);
    for (Line line : lines) {
      List<String> cells = new ArrayList<>();
      before.forEach(column -> cells.add(line.of().getOrDefault(column, "")));
      columns.forEach(column -> cells.add(line.at(column)));
      append(csv, cells);
    }
    return csv.toString();
  }

  private static void append(StringBuilder csv, List<String> cells) {
    csv.append(String.join(",", cells.stream().map(Csv::quoted).toList())).append("\r\n");
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
