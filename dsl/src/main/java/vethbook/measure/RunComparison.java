package vethbook.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An experiment's results against those of an earlier run of it, maybe on another machine: first
 * what differs between the two records, then what differs between the numbers.
 *
 * <p>The rounds of two runs are no pairs, so the rank sum test compares them. Two comparisons are
 * made of each setting: its values, which change with the machine, and its ratio to the baseline of
 * the same round, which mostly does not.
 *
 * @param differences between the records, a phrase each; empty when they are alike
 * @param values each setting's values, now against then
 * @param ratios each setting's ratio to the baseline, now against then; none when the baselines
 *     differ
 */
public record RunComparison(
    Results then,
    Results now,
    Metric metric,
    List<String> differences,
    List<Row> values,
    List<Row> ratios) {
  public RunComparison {
    differences = List.copyOf(differences);
    values = List.copyOf(values);
    ratios = List.copyOf(ratios);
  }

  /**
   * One setting, now against then.
   *
   * @param then in the metric's unit, the median; for ratios the relative change to the baseline
   * @param now the same of the later run
   * @param relative by how much it grew: -0.1 for 10 % less than then
   * @param interval 95 % of {@code relative}
   * @param adjustedP by Holm's method over the rows of the same kind
   * @param text the verdict in words
   */
  public record Row(
      String setting,
      double then,
      double now,
      double relative,
      Interval interval,
      double adjustedP,
      Verdict verdict,
      String text) {}

  static RunComparison of(Results then, Results now, Metric metric) {
    List<String> settings =
        now.settings().stream()
            .filter(setting -> then.summary(setting, metric).n() > 0)
            .filter(setting -> now.summary(setting, metric).n() > 0)
            .toList();
    List<String> differences = new ArrayList<>(plan(then, now));
    differences.addAll(then.machine().differences(now.machine()));
    differences.addAll(then.setup().differences(now.setup()));
    return new RunComparison(
        then,
        now,
        metric,
        differences,
        values(then, now, metric, settings),
        then.baseline().equals(now.baseline()) ? ratios(then, now, metric, settings) : List.of());
  }

  /** What differs in how the experiments were planned and run. */
  private static List<String> plan(Results then, Results now) {
    List<String> found = new ArrayList<>();
    add(found, "experiment", then.title(), now.title());
    add(found, "baseline", then.baseline(), now.baseline());
    add(found, "settings", String.join(", ", then.settings()), String.join(", ", now.settings()));
    add(found, "rounds", then.rounds().size(), now.rounds().size());
    add(found, "engine", engine(then), engine(now));
    add(found, "disturbed runs", disturbed(then), disturbed(now));
    return found;
  }

  private static String engine(Results results) {
    return results.samples().isEmpty() ? "none" : results.engine();
  }

  private static String disturbed(Results results) {
    long marked = results.samples().stream().filter(s -> s.load().isContaminated()).count();
    return marked + " of " + results.samples().size();
  }

  private static void add(List<String> found, String what, Object then, Object now) {
    if (!then.equals(now)) {
      found.add("%s: %s then, %s now".formatted(what, then, now));
    }
  }

  private static List<Row> values(Results then, Results now, Metric metric, List<String> settings) {
    List<UnpairedChange> changes =
        settings.stream()
            .map(
                s ->
                    new UnpairedChange(
                        positive(then.values(s, metric)), positive(now.values(s, metric))))
            .toList();
    double[] adjusted = adjusted(changes);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      String setting = settings.get(i);
      rows.add(
          row(
              setting,
              then.summary(setting, metric).median(),
              now.summary(setting, metric).median(),
              changes.get(i),
              adjusted[i],
              metric.direction(changes.get(i).relative()) + " than then by "));
    }
    return rows;
  }

  private static double[] positive(double[] values) {
    return java.util.Arrays.stream(values).filter(value -> value > 0).toArray();
  }

  private static List<Row> ratios(Results then, Results now, Metric metric, List<String> settings) {
    List<String> compared = settings.stream().filter(s -> !s.equals(now.baseline())).toList();
    List<PairedChange> before = compared.stream().map(s -> then.pairs(s, metric)).toList();
    List<PairedChange> after = compared.stream().map(s -> now.pairs(s, metric)).toList();
    List<UnpairedChange> changes = new ArrayList<>();
    for (int i = 0; i < compared.size(); i++) {
      changes.add(UnpairedChange.ofLogs(before.get(i).logRatios(), after.get(i).logRatios()));
    }
    double[] adjusted = adjusted(changes);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      rows.add(
          row(
              compared.get(i),
              before.get(i).relative(),
              after.get(i).relative(),
              changes.get(i),
              adjusted[i],
              "its ratio to " + now.baseline() + " changed by "));
    }
    return rows;
  }

  private static double[] adjusted(List<UnpairedChange> changes) {
    return Holm.adjust(changes.stream().mapToDouble(UnpairedChange::p).toArray());
  }

  private static Row row(
      String setting,
      double then,
      double now,
      UnpairedChange change,
      double adjusted,
      String words) {
    Interval interval = change.interval(1 - PairedChange.ALPHA);
    Verdict verdict =
        change.interval(1 - 2 * PairedChange.ALPHA).isInside(-Results.MARGIN, Results.MARGIN)
            ? Verdict.EQUIVALENT
            : adjusted < PairedChange.ALPHA ? Verdict.DIFFERS : Verdict.INCONCLUSIVE;
    String text =
        switch (verdict) {
          case EQUIVALENT -> "as then, within ±" + Judge.percent(Results.MARGIN);
          case DIFFERS -> words + Judge.percent(Math.abs(change.relative()));
          case INCONCLUSIVE ->
              interval.isKnown()
                  ? "inconclusive: anything from %s to %s is possible"
                      .formatted(signed(interval.low()), signed(interval.high()))
                  : "inconclusive: too few rounds, 4 of each could show it";
        };
    return new Row(setting, then, now, change.relative(), interval, adjusted, verdict, text);
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", share * 100).replace('-', '−');
  }

  /**
   * The settings that got worse beyond doubt, the largest change first: by their values where the
   * two machines are of the same kind, else by their ratios to the baseline.
   */
  public List<Row> regressions() {
    return judged().stream()
        .filter(row -> row.verdict() == Verdict.DIFFERS)
        .filter(row -> metric.higherIsBetter() ? row.relative() < 0 : row.relative() > 0)
        .sorted(Comparator.comparingDouble((Row row) -> -Math.abs(row.relative())))
        .toList();
  }

  /** The settings of which neither a change nor that there is none was shown. */
  public List<String> unclear() {
    return judged().stream()
        .filter(row -> row.verdict() == Verdict.INCONCLUSIVE)
        .map(Row::setting)
        .toList();
  }

  private List<Row> judged() {
    return isSameKind() || ratios.isEmpty() ? values : ratios;
  }

  /** Whether both ran on as many CPUs of the same model, under the same virtualisation. */
  public boolean isSameKind() {
    MachineRecord one = then.machine();
    MachineRecord other = now.machine();
    return one.cpuModel().equals(other.cpuModel())
        && one.cpus() == other.cpus()
        && one.virtualisation().equals(other.virtualisation());
  }

  /** The row of a setting's values. */
  public Optional<Row> value(String setting) {
    return values.stream().filter(row -> row.setting().equals(setting)).findFirst();
  }

  /** The row of a setting's ratio to the baseline. */
  public Optional<Row> ratio(String setting) {
    return ratios.stream().filter(row -> row.setting().equals(setting)).findFirst();
  }
}
