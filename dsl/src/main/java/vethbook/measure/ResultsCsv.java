package vethbook.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Samples as comma-separated values. */
final class ResultsCsv {
  private ResultsCsv() {}

  static String write(Results results) {
    StringBuilder csv = new StringBuilder();
    rows(results).forEach(row -> line(csv, row));
    return csv.toString();
  }

  /** A header and a row for each sample. */
  static List<List<String>> rows(Results results) {
    List<Metric> metrics = results.metrics();
    Set<String> counters = new TreeSet<>();
    results.samples().forEach(sample -> counters.addAll(sample.counters().keySet()));

    List<String> header = new ArrayList<>(List.of("setting", "round", "position", "engine"));
    metrics.forEach(metric -> header.add(metric.toString()));
    header.addAll(List.of("transactions", "load average", "cpu pressure", "steal", "others"));
    header.add("cpu frequency (MHz)");
    header.addAll(counters);
    header.addAll(List.of("started", "took (s)"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    results.samples().forEach(sample -> rows.add(cells(sample, metrics, counters)));
    return rows;
  }

  private static List<String> cells(Sample sample, List<Metric> metrics, Set<String> counters) {
    Measurement measured = sample.measurement();
    Load load = sample.load();
    List<String> cells = new ArrayList<>();
    cells.add(sample.setting());
    cells.add(Integer.toString(sample.round()));
    cells.add(Integer.toString(sample.position()));
    cells.add(measured.engine());
    metrics.forEach(metric -> cells.add(number(measured.of(metric))));
    cells.add(Long.toString(measured.transactions()));
    cells.add(number(load.loadAverage()));
    cells.add(number(load.pressure()));
    cells.add(number(load.steal()));
    cells.add(number(load.others()));
    cells.add(number(load.frequency()));
    for (String counter : counters) {
      Long grown = sample.counters().get(counter);
      cells.add(grown == null ? "" : grown.toString());
    }
    cells.add(sample.started().toString());
    cells.add(number(sample.took().toNanos() / 1e9));
    return cells;
  }

  /** An empty cell where there is no value. */
  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private static void line(StringBuilder csv, List<String> cells) {
    csv.append(String.join(",", cells.stream().map(ResultsCsv::quoted).toList())).append("\r\n");
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
