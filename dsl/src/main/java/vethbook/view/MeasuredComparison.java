package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import vethbook.measure.Comparison;
import vethbook.measure.Interval;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Skipped;
import vethbook.measure.Summary;
import vethbook.measure.Warning;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

/** Turns what was measured into what is shown, in a unit that people read well. */
final class MeasuredComparison {
  private final Comparison comparison;
  private final Optional<Results> results;
  private final String test;
  private final Scale scale;

  private MeasuredComparison(Comparison comparison, Optional<Results> results, String test) {
    this.comparison = comparison;
    this.results = results;
    this.test = test;
    this.scale = scale(comparison);
  }

  /** A comparison without its rounds, for a table. */
  static ComparisonData of(Comparison comparison) {
    return new MeasuredComparison(comparison, Optional.empty(), comparison.metric().name()).data();
  }

  /**
   * A comparison with the rounds that it rests on.
   *
   * @param test what was run, such as {@code TCP_RR}
   */
  static ComparisonData of(Results results, Comparison comparison, String test) {
    return new MeasuredComparison(comparison, Optional.of(results), test).data();
  }

  /** The unit in which a comparison is shown. */
  static Scale scale(Comparison comparison) {
    return Scale.of(comparison.metric().unit(), largest(comparison));
  }

  private ComparisonData data() {
    return new ComparisonData(
        results.map(Results::title).orElse(""),
        test,
        comparison.metric().name(),
        scale.unit(),
        comparison.metric().higherIsBetter(),
        results.filter(all -> !all.samples().isEmpty()).map(Results::engine).orElse(""),
        results.map(all -> all.rounds().size()).orElse(comparison.baseline().n()),
        time(),
        comparison.margin(),
        comparison.baseline().setting(),
        settings().stream().map(this::row).toList(),
        notes());
  }

  private List<String> settings() {
    if (results.isPresent()) {
      return results.get().settings();
    }
    List<String> settings = new ArrayList<>();
    settings.add(comparison.baseline().setting());
    comparison.changes().forEach(change -> settings.add(change.setting()));
    comparison.skipped().stream()
        .map(Skipped::setting)
        .filter(setting -> !settings.contains(setting))
        .forEach(settings::add);
    return settings;
  }

  private Row row(String setting) {
    Optional<vethbook.measure.Change> change = comparison.change(setting);
    Summary summary = change.map(vethbook.measure.Change::summary).orElse(comparison.baseline());
    if (!summary.setting().equals(setting) || summary.n() == 0) {
      return skipped(setting);
    }
    Interval interval = summary.interval();
    return new Row(
        setting,
        rounds(setting),
        scale.of(summary.median()),
        interval.isKnown() ? scale.of(interval.low()) : Double.NaN,
        interval.isKnown() ? scale.of(interval.high()) : Double.NaN,
        change.map(MeasuredComparison::change).orElse(null),
        null);
  }

  private Row skipped(String setting) {
    String reason =
        comparison.skipped().stream()
            .filter(skipped -> skipped.setting().equals(setting))
            .map(Skipped::reason)
            .findFirst()
            .orElse("it did not run to its end");
    return new Row(setting, List.of(), Double.NaN, Double.NaN, Double.NaN, null, reason);
  }

  private List<Round> rounds(String setting) {
    return results.stream()
        .flatMap(all -> all.samples(setting).stream())
        .filter(sample -> Double.isFinite(value(sample)))
        .map(
            sample ->
                new Round(sample.round(), scale.of(value(sample)), sample.load().isContaminated()))
        .toList();
  }

  private double value(Sample sample) {
    return sample.measurement().of(comparison.metric());
  }

  private static Change change(vethbook.measure.Change change) {
    Interval interval = change.interval();
    return new Change(
        change.relative(),
        interval.isKnown() ? interval.low() : Double.NaN,
        interval.isKnown() ? interval.high() : Double.NaN,
        verdict(change),
        change.text());
  }

  private static Verdict verdict(vethbook.measure.Change change) {
    return switch (change.verdict()) {
      case DIFFERS -> change.relative() < 0 ? Verdict.LOWER : Verdict.HIGHER;
      case EQUIVALENT -> Verdict.SAME;
      case INCONCLUSIVE -> Verdict.UNCLEAR;
    };
  }

  private Duration time() {
    long[] millis =
        results.stream()
            .flatMap(all -> all.samples().stream())
            .mapToLong(sample -> sample.took().toMillis())
            .sorted()
            .toArray();
    return millis.length == 0 ? Duration.ZERO : Duration.ofMillis(millis[millis.length / 2]);
  }

  /** Warnings, but for those that a row of its own shows. */
  private List<String> notes() {
    return comparison.warnings().stream()
        .filter(warning -> warning.kind() != Warning.Kind.SKIPPED)
        .map(Warning::text)
        .toList();
  }

  private static double largest(Comparison comparison) {
    return DoubleStream.concat(
            DoubleStream.of(comparison.baseline().median()),
            comparison.changes().stream().mapToDouble(change -> change.summary().median()))
        .filter(Double::isFinite)
        .max()
        .orElse(1);
  }

  /**
   * A unit and by how much base units are divided for it.
   *
   * @param unit such as {@code Gbit/s}
   */
  record Scale(String unit, double divisor) {
    static Scale of(String base, double largest) {
      if (base.equals("bit/s") && largest >= 1e6) {
        return largest >= 1e9 ? new Scale("Gbit/s", 1e9) : new Scale("Mbit/s", 1e6);
      }
      if (base.equals("µs") && largest >= 1e4) {
        return new Scale("ms", 1e3);
      }
      return new Scale(base, 1);
    }

    double of(double value) {
      return value / divisor;
    }
  }
}
