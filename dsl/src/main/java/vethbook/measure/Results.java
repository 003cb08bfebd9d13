package vethbook.measure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What an experiment found: every sample, and what is needed to judge or repeat it.
 *
 * @param title the question
 * @param baseline the setting that the others are compared with
 * @param planned how many rounds were planned
 * @param seed of the random order within the rounds
 * @param warmUpRuns how many runs were made before the first round and not kept
 * @param settings the names of those that ran or were to run, in the experiment's order
 * @param samples in the order in which they were taken
 * @param skipped settings that this machine cannot run
 * @param warnings doubts about all comparisons of this experiment
 * @param setup the lab and its devices as they were at the first run
 */
public record Results(
    String title,
    String baseline,
    int planned,
    long seed,
    int warmUpRuns,
    List<String> settings,
    List<Sample> samples,
    List<Skipped> skipped,
    List<Warning> warnings,
    MachineRecord machine,
    Setup setup) {
  /** Results of which no lab is known. */
  public Results(
      String title,
      String baseline,
      int planned,
      long seed,
      int warmUpRuns,
      List<String> settings,
      List<Sample> samples,
      List<Skipped> skipped,
      List<Warning> warnings,
      MachineRecord machine) {
    this(
        title,
        baseline,
        planned,
        seed,
        warmUpRuns,
        settings,
        samples,
        skipped,
        warnings,
        machine,
        Setup.UNKNOWN);
  }

  /** Differences below this count as none: 3 %. */
  public static final double MARGIN = 0.03;

  public Results {
    settings = List.copyOf(settings);
    samples = List.copyOf(samples);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }

  /** These results less some of their samples. */
  Results without(List<Sample> some) {
    List<Sample> rest = samples.stream().filter(sample -> !some.contains(sample)).toList();
    return new Results(
        title, baseline, planned, seed, warmUpRuns, settings, rest, skipped, warnings, machine);
  }

  /** These results with one more doubt. */
  public Results with(Warning warning) {
    List<Warning> more = new ArrayList<>(warnings);
    more.add(warning);
    return of(samples, more, setup);
  }

  /** These results without their samples. */
  Results withoutSamples() {
    return of(List.of(), warnings, setup);
  }

  /** These results of another lab, or of what is known of it by now. */
  public Results with(Setup known) {
    return of(samples, warnings, known);
  }

  private Results of(List<Sample> ownSamples, List<Warning> ownWarnings, Setup ownSetup) {
    return new Results(
        title,
        baseline,
        planned,
        seed,
        warmUpRuns,
        settings,
        ownSamples,
        skipped,
        ownWarnings,
        machine,
        ownSetup);
  }

  /** Whether the experiment stopped before its last round. */
  public boolean partial() {
    return warnings.stream()
        .anyMatch(
            warning ->
                warning.kind() == Warning.Kind.INTERRUPTED
                    || warning.kind() == Warning.Kind.FAILED);
  }

  /** The rounds in which at least one run ended, the last of which may lack settings. */
  public List<Round> rounds() {
    Map<Integer, List<Sample>> byNumber =
        samples.stream()
            .collect(Collectors.groupingBy(Sample::round, TreeMap::new, Collectors.toList()));
    List<Round> rounds = new ArrayList<>();
    byNumber.forEach((number, taken) -> rounds.add(new Round(number, taken)));
    return rounds;
  }

  /**
   * The metric that the runs were made for.
   *
   * @throws vethbook.linux.ExperimentException without samples, or when settings differ in it
   */
  public Metric metric() {
    return Comparability.metric(this);
  }

  /**
   * The program that made the traffic of all samples.
   *
   * @throws vethbook.linux.ExperimentException without samples, or when settings differ in it
   */
  public String engine() {
    return Comparability.engine(this);
  }

  /** The main metric and all extras that any run showed. */
  public List<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>();
    samples.forEach(sample -> all.add(sample.measurement().metric()));
    samples.forEach(sample -> all.addAll(sample.measurement().extras().keySet()));
    return List.copyOf(all);
  }

  /**
   * A metric by its name, with or without the unit: {@code p50 latency}.
   *
   * @throws vethbook.linux.ExperimentException when no run showed it
   */
  public Metric metric(String name) {
    return Comparability.metric(this, name);
  }

  /** The samples of a setting, in order; none for an unknown setting. */
  public List<Sample> samples(String setting) {
    return samples.stream().filter(sample -> sample.setting().equals(setting)).toList();
  }

  /** The values of a setting that are numbers, in the order of the rounds. */
  public double[] values(String setting, Metric metric) {
    return samples(setting).stream()
        .mapToDouble(sample -> sample.measurement().of(metric))
        .filter(Double::isFinite)
        .toArray();
  }

  /** The summary of a setting's main metric. */
  public Summary summary(String setting) {
    return summary(setting, metric());
  }

  /** The summary of one metric of a setting; NaN figures when it has no values. */
  public Summary summary(String setting, Metric metric) {
    return Summary.of(setting, metric, values(setting, metric));
  }

  /** The summaries of all settings that ran. */
  public List<Summary> summaries(Metric metric) {
    return settings.stream()
        .map(setting -> summary(setting, metric))
        .filter(summary -> summary.n() > 0)
        .toList();
  }

  /** All settings against the baseline, for the metric that the runs were made for. */
  public Comparison compare() {
    return compare(metric(), MARGIN);
  }

  /**
   * The same runs compared by another metric that they showed.
   *
   * @param metric its name: {@code p50 latency}
   */
  public Comparison compare(String metric) {
    return compare(metric(metric), MARGIN);
  }

  /** The same runs with another of the settings as baseline. */
  public Results against(String other) {
    return new Results(
        title,
        other,
        planned,
        seed,
        warmUpRuns,
        settings,
        samples,
        skipped,
        warnings,
        machine,
        setup);
  }

  /**
   * All settings against the baseline.
   *
   * @param margin relative difference below which settings count as the same, 0 to 1
   * @throws vethbook.linux.ExperimentException when the samples come from different engines, or
   *     none is there
   */
  public Comparison compare(Metric metric, double margin) {
    if (!(margin >= 0 && margin < 1)) {
      throw new IllegalArgumentException("margin not in 0 to 1: " + margin);
    }
    Comparability.engine(this);
    List<Summary> others =
        summaries(metric).stream().filter(summary -> !summary.setting().equals(baseline)).toList();
    List<PairedChange> pairs =
        others.stream().map(other -> pairs(other.setting(), metric)).toList();
    return new Comparison(
        metric,
        margin,
        summary(baseline, metric),
        new Judge(metric, margin).changes(others, pairs),
        skipped,
        warnings);
  }

  /**
   * These results against those of an earlier run of the experiment.
   *
   * @param metric its name: {@code p50 latency}; empty for the main one
   * @throws vethbook.linux.ExperimentException when the two measured by different engines, or
   *     something else
   */
  public RunComparison compare(Results then, String metric) {
    Metric compared = metric.isEmpty() ? metric() : metric(metric);
    List<Sample> both = new ArrayList<>(then.samples);
    both.addAll(samples);
    Comparability.check(both);
    return RunComparison.of(then, this, compared);
  }

  PairedChange pairs(String setting, Metric metric) {
    Map<Integer, Double> values = byRound(setting, metric);
    Map<Integer, Double> partners = byRound(baseline, metric);
    values.keySet().retainAll(partners.keySet());
    partners.keySet().retainAll(values.keySet());
    return new PairedChange(array(values), array(partners));
  }

  /** Values above zero, of which a ratio can be taken. */
  private Map<Integer, Double> byRound(String setting, Metric metric) {
    return samples(setting).stream()
        .filter(sample -> sample.measurement().of(metric) > 0)
        .collect(
            Collectors.toMap(
                Sample::round,
                sample -> sample.measurement().of(metric),
                (first, second) -> second,
                TreeMap::new));
  }

  private static double[] array(Map<Integer, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Median over a setting's samples of a counter's growth per round trip, such as {@code
   * softnet.processed}; empty when the runs did not work in transactions or did not count it.
   */
  public OptionalDouble perTransaction(String setting, String counter) {
    return medianOf(setting, sample -> sample.perTransaction(counter));
  }

  /** Median over a setting's samples of a figure of each; those that are NaN are left out. */
  public OptionalDouble medianOf(String setting, ToDoubleFunction<Sample> figure) {
    double[] known =
        samples(setting).stream().mapToDouble(figure).filter(Double::isFinite).toArray();
    return known.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(OrderStatistics.median(known));
  }

  /** All of it as JSON, with the version of the format; {@link #fromJson} reads it back. */
  public String toJson() {
    return ResultsJson.write(this);
  }

  /** The same on one line, to be kept inside other files. */
  public String toCompactJson() {
    return ResultsJson.tree(this).toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws vethbook.linux.ExperimentException when it is no such text, or of a newer format
   */
  public static Results fromJson(String json) {
    return ResultsJson.read(json);
  }

  /** One line a sample, RFC 4180, with the units in the header. */
  public String toCsv() {
    return ResultsCsv.write(this);
  }

  /** What {@link #toCsv} writes, the header first; a missing value is an empty text. */
  public List<List<String>> toRows() {
    return ResultsCsv.rows(this);
  }

  /** {@code Is a container slower than its host?: 3 settings, 30 samples}. */
  @Override
  public String toString() {
    return title
        + ": "
        + settings.size()
        + " settings, "
        + samples.size()
        + " samples"
        + (partial() ? ", stopped early" : "");
  }
}
