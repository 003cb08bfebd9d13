package vethbook.dsl;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.extension.Nearest;
import vethbook.lab.PlanException;
import vethbook.measure.Calibration;
import vethbook.measure.Change;
import vethbook.measure.Comparison;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.RunCounters;
import vethbook.measure.Sample;
import vethbook.measure.Warning;
import vethbook.view.ComparisonTable;
import vethbook.view.Pictures;
import vethbook.view.Plot;
import vethbook.view.ResultPlots;
import vethbook.view.TableView;

/**
 * What an experiment found, with the ways to look at it. As a cell's result it is its comparison.
 */
public final class ExperimentResult {
  private Results results;
  private final String tests;
  private final Pictures pictures;
  private final Supplier<Calibration> calibration;

  /** What is left of an experiment that cannot be run again here: loaded, or stopped. */
  ExperimentResult(Results results, String tests, Pictures pictures) {
    this(
        results,
        tests,
        pictures,
        () -> {
          throw new PlanException(
              "Cannot calibrate '" + results.title() + "': it was not run to its end here",
              "calibrate { netperf TCP_RR, from: ..., to: ... }");
        });
  }

  ExperimentResult(
      Results results, String tests, Pictures pictures, Supplier<Calibration> calibration) {
    this.results = results;
    this.tests = tests;
    this.pictures = pictures;
    this.calibration = calibration;
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

  /**
   * These results against an earlier run of the experiment, such as {@code loadResults 'old.json'}:
   * first what differs between the two records, then what differs between the numbers.
   */
  public RunComparisonView compare(ExperimentResult then) {
    return new RunComparisonView(results.compare(then.results, ""));
  }

  /** The same by another metric that both showed. */
  public RunComparisonView compare(ExperimentResult then, String metric) {
    return new RunComparisonView(results.compare(then.results, metric));
  }

  /**
   * Measures the baseline against itself, in as many rounds, and says in a line what could be seen
   * here: the noise floor and the smallest change.
   */
  public Calibration calibrate() {
    return calibration.get();
  }

  /**
   * Writes all of it to a file: {@code 'latency.json'} with everything, for {@code loadResults};
   * {@code 'latency.csv'} with a line for each run; {@code 'latency.json.gz'} zipped.
   */
  public ExperimentResult save(String file) {
    ResultFile.save(results, Path.of(file));
    return this;
  }

  /**
   * The latencies that the runs showed, each compared with the baseline's of the same rounds: a row
   * for each setting and percentile, with the exact 95 % interval of the change (empty below six
   * rounds). Percentiles of several rounds are never averaged, and one is shown only where ten
   * round trips of each run lie beyond it: p99.9 takes 10 000, and the built-in engine.
   */
  public Table getPercentiles() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Metric metric : results.metrics()) {
      if (metric.name().matches("p[0-9.]+ latency")) {
        Comparison comparison = results.compare(metric.name());
        for (String setting : results.settings()) {
          rows.add(percentile(setting, metric, comparison));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new PlanException(
          "Cannot show percentiles of '" + results.title() + "': no run showed latencies",
          "tests of round trips do: netperf TCP_RR, ...");
    }
    return TableView.table(results.title(), rows);
  }

  private Map<String, Object> percentile(String setting, Metric metric, Comparison comparison) {
    Optional<Change> change = comparison.change(setting);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("setting", setting);
    row.put("percentile", metric.name().replace(" latency", ""));
    row.put("median of the rounds (µs)", results.summary(setting, metric).median());
    row.put("change (%)", change.map(one -> 100 * one.relative()).orElse(Double.NaN));
    row.put("low (%)", change.map(one -> bound(one, one.interval().low())).orElse(Double.NaN));
    row.put("high (%)", change.map(one -> bound(one, one.interval().high())).orElse(Double.NaN));
    row.put("verdict", change.map(Change::text).orElse("baseline"));
    return row;
  }

  private static double bound(Change change, double bound) {
    return change.interval().isKnown() ? 100 * bound : Double.NaN;
  }

  private ComparisonTable table(Comparison comparison) {
    return ComparisonTable.of(results, comparison, tests);
  }

  /**
   * The plot that fits: a heat map of settings named by two factors, a time series of a single
   * setting, lines on an axis of their own where all differences are below 5 %, else bars.
   */
  public Plot plot() {
    return plots().best(null);
  }

  /** The same for another metric. */
  public Plot plot(String metric) {
    return plots().best(metric);
  }

  /** Bars from zero: each setting with every round, its interval and its change. */
  public Plot bars() {
    return plots().bars(null);
  }

  /** The same for another metric. */
  public Plot bars(String metric) {
    return plots().bars(metric);
  }

  /** The same on an axis that need not start at zero, for small differences. */
  public Plot dots() {
    return plots().dots(null);
  }

  /** The same for another metric. */
  public Plot dots(String metric) {
    return plots().dots(metric);
  }

  /** A box for each setting, with every round as a dot beside it. */
  public Plot boxes() {
    return plots().boxes(null);
  }

  /** The same for another metric. */
  public Plot boxes(String metric) {
    return plots().boxes(metric);
  }

  /** Boxes and dots, with lines between what was measured in the same round. */
  public Plot paired() {
    return plots().paired(null);
  }

  /** The same for another metric. */
  public Plot paired(String metric) {
    return plots().paired(metric);
  }

  /** The distribution of the rounds: for each value the share that is no larger. */
  public Plot ecdf() {
    return plots().ecdf(null);
  }

  /** The same for another metric. */
  public Plot ecdf(String metric) {
    return plots().ecdf(metric);
  }

  /** How often rounds fall into each bin. */
  public Plot histogram() {
    return plots().histogram(null);
  }

  /** The same for another metric. */
  public Plot histogram(String metric) {
    return plots().histogram(metric);
  }

  /** The rounds by the time at which they ran, which shows drift. */
  public Plot series() {
    return plots().series(null);
  }

  /** The same for another metric. */
  public Plot series(String metric) {
    return plots().series(metric);
  }

  /** Settings named by two factors as a grid: {@code 'mtu 1500, rps off'}. */
  public Plot heatMap() {
    return plots().heatMap(null);
  }

  /** The same for another metric. */
  public Plot heatMap(String metric) {
    return plots().heatMap(metric);
  }

  /** The percentiles that the runs showed, on an axis stretched towards the tail. */
  public Plot percentiles() {
    return plots().percentiles();
  }

  /**
   * How much Linux's counters grew, as stacked bars, per transaction where the runs worked in
   * transactions, else per second.
   *
   * @param counters names or beginnings of names, such as {@code 'softirq'} (the default)
   */
  public Plot stacked(String... counters) {
    return plots().stacked(List.of(counters));
  }

  private ResultPlots plots() {
    return new ResultPlots(pictures, results, tests);
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
   * @param counters names such as {@code 'server:Tcp.InSegs'} of a namespace, or {@code
   *     'softnet.processed'} (packets taken from a backlog queue) and {@code 'softirq.NET_RX'} of
   *     the whole machine, which include other traffic
   * @throws PlanException when the runs did not count one of them
   */
  public Table perTransaction(String... counters) {
    return counted(" (per transaction)", Sample::perTransaction, counters);
  }

  /** How much Linux's counters grew in each run, the median of the rounds, for each setting. */
  public Table counters(String... counters) {
    return counted(" (per run)", ExperimentResult::growth, counters);
  }

  /**
   * How much a counter grew per round trip in one setting, the median of its runs; NaN when the
   * setting was not run.
   */
  public double perTransactionIn(String setting, String counter) {
    return counted(setting, counter, Sample::perTransaction);
  }

  /** How much a counter grew in each run of one setting, their median; NaN when it was not run. */
  public double counterIn(String setting, String counter) {
    return counted(setting, counter, ExperimentResult::growth);
  }

  private static double growth(Sample sample, String counter) {
    Long grown = sample.counters().get(counter);
    return grown == null ? Double.NaN : grown;
  }

  private Table counted(String per, ToDoubleBiFunction<Sample, String> figure, String... counters) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String setting : results.settings()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("setting", setting);
      for (String counter : counters) {
        row.put(counter + per, counted(setting, counter, figure));
      }
      if (!results.samples(setting).isEmpty()) {
        rows.add(row);
      }
    }
    List<String> ofMachine = Arrays.stream(counters).filter(RunCounters::isOfMachine).toList();
    String note =
        ofMachine.isEmpty()
            ? ""
            : "of the whole machine, all other traffic included: " + String.join(", ", ofMachine);
    return TableView.table(note, rows);
  }

  private double counted(
      String setting, String counter, ToDoubleBiFunction<Sample, String> figure) {
    List<Sample> samples = results.samples(setting);
    if (samples.isEmpty()) {
      return Double.NaN;
    }
    if (!samples.get(0).counters().containsKey(counter)) {
      throw new PlanException(
          "Cannot show " + counter + ": the runs did not count it",
          advice(counter, samples.get(0)));
    }
    OptionalDouble median =
        results.medianOf(setting, sample -> figure.applyAsDouble(sample, counter));
    if (median.isEmpty()) {
      throw new PlanException(
          "Cannot show " + counter + " per transaction: the runs counted no transactions",
          "counters('" + counter + "') shows it per run");
    }
    return median.getAsDouble();
  }

  private static String advice(String counter, Sample sample) {
    Set<String> names = sample.counters().keySet();
    List<String> near =
        new ArrayList<>(names.stream().filter(name -> name.endsWith(":" + counter)).toList());
    if (near.isEmpty()) {
      near.addAll(Nearest.of(counter, names));
    }
    String known =
        near.isEmpty()
            ? "they counted " + String.join(", ", names)
            : "did you mean " + String.join(" or ", near) + "?";
    return known + "; experiment(..., counters: ['TcpExt.*']) keeps more";
  }

  MimeBundle bundle() {
    return results.samples().isEmpty() ? MimeBundle.plain(results.toString()) : compare().bundle();
  }

  @Override
  public String toString() {
    return results.toString();
  }
}
