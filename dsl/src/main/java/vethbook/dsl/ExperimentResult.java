package vethbook.dsl;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.lab.PlanException;
import vethbook.measure.Comparison;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Warning;
import vethbook.view.ComparisonPlot;
import vethbook.view.ComparisonTable;
import vethbook.view.Pictures;
import vethbook.view.Plot;
import vethbook.view.TableView;

/**
 * What an experiment found, with the ways to look at it. As a cell's result it is its comparison.
 */
public final class ExperimentResult {
  private Results results;
  private final String tests;
  private final Pictures pictures;

  ExperimentResult(Results results, String tests, Pictures pictures) {
    this.results = results;
    this.tests = tests;
    this.pictures = pictures;
  }

  /** Says in all that is shown from now on that a later run of this experiment was stopped. */
  void outdate(Results later) {
    results =
        results.with(
            new Warning(
                Warning.Kind.OUTDATED,
                "This is an older result, of %s: a later run of this experiment was stopped after %d runs, which lastExperiment has."
                    .formatted(
                        results.machine().at().truncatedTo(ChronoUnit.SECONDS),
                        later.samples().size())));
  }

  /** The samples, the seed, the record of the machine. */
  public Results getResults() {
    return results;
  }

  /** Each setting against the baseline, by what was measured first of all. */
  public ComparisonTable compare() {
    return table(results.compare());
  }

  /**
   * The same runs by another metric that they showed.
   *
   * @param metric its name, such as {@code 'p50 latency'}
   */
  public ComparisonTable compare(String metric) {
    return table(results.compare(metric));
  }

  private ComparisonTable table(Comparison comparison) {
    return ComparisonTable.of(results, comparison, tests);
  }

  /** The comparison as a plot: bars from zero, with every round. */
  public Plot plot() {
    return ComparisonPlot.bars(pictures, results, results.compare(), tests);
  }

  /** The same for another metric. */
  public Plot plot(String metric) {
    return ComparisonPlot.bars(pictures, results, results.compare(metric), tests);
  }

  /** What was found, in sentences made from the numbers. */
  public Conclusion conclusion() {
    return new Conclusion(results, results.compare());
  }

  /** Every run: setting, round, position, all metrics, contamination. */
  public Table getSamples() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : results.samples()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("setting", sample.setting());
      row.put("round", sample.round());
      row.put("position", sample.position());
      for (Metric metric : results.metrics()) {
        row.put(metric.toString(), sample.measurement().of(metric));
      }
      row.put("disturbed by", String.join("; ", sample.load().marks()));
      rows.add(row);
    }
    return TableView.table(results.title(), rows);
  }

  /**
   * How much Linux's counters grew per round trip, the median of the rounds, for each setting.
   *
   * @param counters names such as {@code 'softnet.processed'} (packets taken from a backlog queue)
   *     or {@code 'softirq.NET_RX'}; machine-wide ones include other traffic
   * @throws PlanException when the runs did not count one of them
   */
  public Table perTransaction(String... counters) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String setting : results.settings()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("setting", setting);
      for (String counter : counters) {
        row.put(counter + " (per transaction)", counted(setting, counter));
      }
      if (!results.samples(setting).isEmpty()) {
        rows.add(row);
      }
    }
    return TableView.table("", rows);
  }

  private double counted(String setting, String counter) {
    OptionalDouble value = results.perTransaction(setting, counter);
    if (value.isEmpty() && !results.samples(setting).isEmpty()) {
      throw new PlanException(
          "Cannot show " + counter + " per transaction",
          "the runs counted "
              + String.join(", ", results.samples(setting).get(0).counters().keySet()));
    }
    return value.orElse(Double.NaN);
  }

  MimeBundle bundle() {
    return results.samples().isEmpty() ? MimeBundle.plain(results.toString()) : compare().bundle();
  }

  @Override
  public String toString() {
    return results.toString();
  }
}
