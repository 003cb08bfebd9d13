package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.measure.Comparison;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Summary;
import vethbook.view.MeasuredComparison.Scale;

/** What an experiment found, as plots: a method for each kind. */
public final class ResultPlots {
  private static final Pattern PERCENTILE = Pattern.compile("p([0-9.]+) (.+)");

  /** Below this change bars from zero hide what lines on an axis of their own show. */
  private static final double SMALL = 0.05;

  private static final int PARTS = 6;

  private final Charts charts;
  private final Results results;
  private final String tests;

  /**
   * @param tests what was run, such as {@code TCP_RR}
   */
  public ResultPlots(Pictures pictures, Results results, String tests) {
    this.charts = new Charts(pictures);
    this.results = results;
    this.tests = tests;
  }

  /**
   * The kind that fits: a heat map where the settings are all pairs of two factors, a time series
   * for a single setting, lines on an axis of their own where all differences are below 5 %, else
   * bars.
   *
   * @param metric by name; null for the one that the runs were made for
   */
  public Plot best(@Nullable String metric) {
    if (SettingGrid.of(results.settings()).isPresent()) {
      return heatMap(metric);
    }
    if (results.settings().size() == 1) {
      return series(metric);
    }
    List<vethbook.measure.Change> changes = compare(metric).changes();
    boolean small =
        !changes.isEmpty()
            && changes.stream().allMatch(change -> Math.abs(change.relative()) < SMALL);
    return small ? dots(metric) : bars(metric);
  }

  /** Bars from zero: the rate by setting, with every round, interval and change. */
  public Plot bars(@Nullable String metric) {
    ComparisonData data = data(metric);
    ComparisonText text = new ComparisonText(data);
    return charts.bars(data, text.around(text.key("bar")), true);
  }

  /** The same on an axis that need not start at zero. */
  public Plot dots(@Nullable String metric) {
    ComparisonData data = data(metric);
    ComparisonText text = new ComparisonText(data);
    ChartText words = text.around(text.key("line"));
    return charts.bars(
        data,
        new ChartText(
            words.finding(), words.method() + "; the axis does not start at zero", words.notes()),
        false);
  }

  /** A box and dots for each setting. */
  public Plot boxes(@Nullable String metric) {
    ComparisonData data = data(metric);
    return charts.boxes(data, words(data), false);
  }

  /** Boxes and dots, with lines between what was measured in the same round. */
  public Plot paired(@Nullable String metric) {
    ComparisonData data = data(metric);
    return charts.boxes(data, words(data), true);
  }

  /** The distribution of the rounds. */
  public Plot ecdf(@Nullable String metric) {
    ComparisonData data = data(metric);
    return charts.ecdf(data, words(data), "round");
  }

  /** How often rounds fall into each bin. */
  public Plot histogram(@Nullable String metric) {
    ComparisonData data = data(metric);
    return charts.histogram(data, words(data), "round");
  }

  /**
   * The rounds by the time at which they ran, which shows drift.
   *
   * @param metric by name; null for the one that the runs were made for
   */
  public Plot series(@Nullable String metric) {
    Comparison comparison = compare(metric);
    ComparisonData data = MeasuredComparison.of(results, comparison, tests);
    Scale scale = MeasuredComparison.scale(comparison);
    List<Sample> samples = results.samples();
    java.time.Instant start = samples.get(0).started();
    Duration all = Duration.between(start, samples.get(samples.size() - 1).started());
    double unit = all.toMinutes() >= 5 ? 60_000 : 1000;
    List<SeriesData.Line> lines = new ArrayList<>();
    for (ComparisonData.Row row : data.baselineFirst()) {
      List<SeriesData.Point> points = new ArrayList<>();
      for (Sample sample : results.samples(row.setting())) {
        double value = sample.measurement().of(comparison.metric());
        if (Double.isFinite(value)) {
          points.add(
              new SeriesData.Point(
                  Duration.between(start, sample.started()).toMillis() / unit,
                  scale.of(value),
                  sample.load().isContaminated()));
        }
      }
      if (!points.isEmpty()) {
        lines.add(new SeriesData.Line(row.setting(), points));
      }
    }
    SeriesData series =
        new SeriesData(
            "time since the first round (" + (unit == 1000 ? "s" : "min") + ")",
            data.axisTitle(),
            data.baseline(),
            lines,
            Double.NaN,
            List.of(),
            false);
    String title = capital(data.quantity()) + " over the time of the experiment";
    return charts.series(
        series,
        new ChartText(title + drift(lines), new ComparisonText(data).method(), data.notes()));
  }

  /** How far the last third of the rounds is from the first; nothing with fewer than six rounds. */
  private static String drift(List<SeriesData.Line> lines) {
    List<String> parts = new ArrayList<>();
    for (SeriesData.Line line : lines) {
      int third = line.points().size() / 3;
      if (third >= 2) {
        double first = median(line.points().subList(0, third));
        double last =
            median(line.points().subList(line.points().size() - third, line.points().size()));
        parts.add(line.name() + " " + Numbers.change(last / first - 1));
      }
    }
    return parts.isEmpty() || parts.size() > 3
        ? ""
        : "; last third against first: " + String.join(", ", parts);
  }

  private static double median(List<SeriesData.Point> points) {
    return Quartiles.at(points.stream().mapToDouble(SeriesData.Point::y).sorted().toArray(), 0.5);
  }

  /**
   * The percentiles that the runs showed, each the median over the rounds of that round's
   * percentile.
   *
   * @throws ExperimentException when they showed none
   */
  public Plot percentiles() {
    TreeMap<Double, Metric> known = new TreeMap<>();
    for (Metric metric : results.metrics()) {
      Matcher name = PERCENTILE.matcher(metric.name());
      if (name.matches() && Double.parseDouble(name.group(1)) < 100) {
        known.put(Double.parseDouble(name.group(1)), metric);
      }
    }
    if (known.size() < 2) {
      throw new ExperimentException(
          "Cannot draw percentiles: the runs showed "
              + String.join(", ", results.metrics().stream().map(Metric::toString).toList()),
          null,
          null,
          "percentiles need metrics such as 'p50 latency' and 'p99 latency'",
          null);
    }
    Metric last = known.lastEntry().getValue();
    Matcher name = PERCENTILE.matcher(last.name());
    double largest = results.summaries(last).stream().mapToDouble(Summary::median).max().orElse(1);
    Scale scale = Scale.of(last.unit(), largest);
    List<PercentileCurves.Curve> curves = new ArrayList<>();
    for (String setting : baselineFirst()) {
      List<PercentileCurves.Point> points = new ArrayList<>();
      known.forEach(
          (percent, metric) -> {
            Summary summary = results.summary(setting, metric);
            if (summary.n() > 0) {
              points.add(
                  new PercentileCurves.Point(
                      percent,
                      scale.of(summary.median()),
                      scale.of(summary.interval().low()),
                      scale.of(summary.interval().high()),
                      true));
            }
          });
      if (!points.isEmpty()) {
        curves.add(new PercentileCurves.Curve(setting, points));
      }
    }
    ComparisonData data = data(last.name());
    return charts.percentiles(
        new PercentileCurves(
            name.matches() ? name.group(2) : last.name(), scale.unit(), results.baseline(), curves),
        new ChartText("", new ComparisonText(data).method(), data.notes()));
  }

  /**
   * The settings as a grid of two factors, where their names say so: {@code mtu 1500, rps off}.
   *
   * @throws ExperimentException when the names are no such grid
   */
  public Plot heatMap(@Nullable String metric) {
    SettingGrid grid =
        SettingGrid.of(results.settings())
            .orElseThrow(
                () ->
                    new ExperimentException(
                        "Cannot draw a heat map of the settings "
                            + String.join("; ", results.settings()),
                        null,
                        null,
                        "name them by two factors, each pair once: 'mtu 1500, rps off'",
                        null));
    Comparison comparison = compare(metric);
    Scale scale = MeasuredComparison.scale(comparison);
    ComparisonData data = MeasuredComparison.of(results, comparison, tests);
    return charts.heatMap(
        grid.data(
            comparison.metric(),
            scale.unit(),
            setting -> scale.of(results.summary(setting, comparison.metric()).median())),
        new ChartText("", new ComparisonText(data).method(), data.notes()));
  }

  /**
   * How much Linux's counters grew, stacked: per transaction where the runs worked in transactions,
   * else per second.
   *
   * @param wanted names, or the beginnings of names such as {@code softirq}; none for {@code
   *     softirq}
   * @throws ExperimentException when the runs counted none of them
   */
  public Plot stacked(List<String> wanted) {
    List<String> prefixes = wanted.isEmpty() ? List.of("softirq") : wanted;
    Set<String> counters = new LinkedHashSet<>();
    for (String prefix : prefixes) {
      results.samples().stream()
          .flatMap(sample -> sample.counters().keySet().stream())
          .filter(name -> name.equals(prefix) || name.startsWith(prefix + "."))
          .sorted()
          .forEach(counters::add);
    }
    if (counters.isEmpty()) {
      throw new ExperimentException(
          "Cannot stack the counters " + String.join(", ", prefixes),
          null,
          null,
          "the runs counted "
              + results.samples().stream()
                  .findFirst()
                  .map(sample -> String.join(", ", sample.counters().keySet()))
                  .orElse("nothing"),
          null);
    }
    boolean perTransaction =
        results.samples().stream().allMatch(sample -> sample.measurement().transactions() > 0);
    return stacked(List.copyOf(counters), perTransaction, prefixes);
  }

  private Plot stacked(List<String> counters, boolean perTransaction, List<String> prefixes) {
    List<String> settings =
        baselineFirst().stream().filter(setting -> !results.samples(setting).isEmpty()).toList();
    List<List<Double>> values = new ArrayList<>();
    for (String counter : counters) {
      values.add(
          settings.stream().map(setting -> growth(setting, counter, perTransaction)).toList());
    }
    List<Integer> order =
        java.util.stream.IntStream.range(0, counters.size())
            .boxed()
            .filter(i -> sum(values.get(i)) > 0)
            .sorted(java.util.Comparator.comparingDouble(i -> -sum(values.get(i))))
            .toList();
    List<Integer> shown = order.subList(0, Math.min(PARTS, order.size()));
    List<Integer> rest = order.subList(shown.size(), order.size());
    List<String> parts =
        new ArrayList<>(shown.stream().map(i -> part(counters.get(i), prefixes)).toList());
    if (!rest.isEmpty()) {
      parts.add("others");
    }
    List<StackData.Bar> bars = new ArrayList<>();
    for (int s = 0; s < settings.size(); s++) {
      int at = s;
      List<Double> pieces =
          new ArrayList<>(shown.stream().map(i -> values.get(i).get(at)).toList());
      if (!rest.isEmpty()) {
        pieces.add(rest.stream().mapToDouble(i -> values.get(i).get(at)).sum());
      }
      bars.add(new StackData.Bar(settings.get(s), pieces));
    }
    String quantity = prefixes.size() == 1 ? prefixes.get(0) + "s" : "counters";
    ComparisonData data = data(null);
    return charts.stacked(
        new StackData(quantity, perTransaction ? "per transaction" : "per second", parts, bars),
        new ChartText(
            "",
            new ComparisonText(data).method().replaceFirst(", (higher|lower) is better$", ""),
            List.of(
                "bar = median of the rounds for each part; counters of the whole machine include"
                    + " other traffic")));
  }

  private static String part(String counter, List<String> prefixes) {
    return prefixes.size() == 1 && counter.startsWith(prefixes.get(0) + ".")
        ? counter.substring(prefixes.get(0).length() + 1)
        : counter;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private double growth(String setting, String counter, boolean perTransaction) {
    if (perTransaction) {
      OptionalDouble each = results.perTransaction(setting, counter);
      return each.orElse(0);
    }
    double[] perSecond =
        results.samples(setting).stream()
            .filter(sample -> sample.counters().containsKey(counter))
            .mapToDouble(
                sample ->
                    sample.counters().get(counter) / Math.max(1e-3, sample.took().toNanos() / 1e9))
            .sorted()
            .toArray();
    return perSecond.length == 0 ? 0 : Quartiles.at(perSecond, 0.5);
  }

  private List<String> baselineFirst() {
    return results.settings().stream()
        .sorted(java.util.Comparator.comparing(setting -> !setting.equals(results.baseline())))
        .toList();
  }

  private ChartText words(ComparisonData data) {
    ComparisonText text = new ComparisonText(data);
    return new ChartText(text.finding(), text.method(), data.notes());
  }

  private ComparisonData data(@Nullable String metric) {
    return MeasuredComparison.of(results, compare(metric), tests);
  }

  private Comparison compare(@Nullable String metric) {
    return Optional.ofNullable(metric).map(results::compare).orElseGet(results::compare);
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
