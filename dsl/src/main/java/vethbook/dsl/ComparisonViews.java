package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.measure.Change;
import vethbook.measure.Comparison;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Skipped;
import vethbook.measure.Summary;
import vethbook.measure.Warning;
import vethbook.view.ComparisonData;

/** Results and comparisons as the rows that the view draws. */
final class ComparisonViews {
  private static final double MEGABIT = 1e6;

  private ComparisonViews() {}

  static ComparisonData data(Results results, Comparison comparison, String tests, Duration time) {
    Metric metric = comparison.metric();
    double scale = metric.unit().equals("bit/s") ? MEGABIT : 1;
    List<ComparisonData.Row> rows = new ArrayList<>();
    for (String setting : results.settings()) {
      Summary summary =
          setting.equals(results.baseline())
              ? comparison.baseline()
              : comparison.change(setting).map(Change::summary).orElse(null);
      if (summary != null && summary.n() > 0) {
        Change change = comparison.change(setting).orElse(null);
        rows.add(row(results, metric, scale, summary, change));
      }
    }
    for (Skipped skipped : comparison.skipped()) {
      rows.add(
          new ComparisonData.Row(
              skipped.setting(),
              List.of(),
              Double.NaN,
              Double.NaN,
              Double.NaN,
              null,
              skipped.reason()));
    }
    return new ComparisonData(
        results.title(),
        tests,
        metric.name().equals(Metric.TRANSACTION_RATE.name()) ? "rate" : metric.name(),
        scale == MEGABIT ? "Mbit/s" : metric.unit(),
        metric.higherIsBetter(),
        results.engine(),
        results.planned(),
        time,
        results.baseline(),
        rows,
        comparison.warnings().stream().map(Warning::text).toList());
  }

  private static ComparisonData.Row row(
      Results results, Metric metric, double scale, Summary summary, @Nullable Change change) {
    List<ComparisonData.Round> rounds = new ArrayList<>();
    for (Sample sample : results.samples(summary.setting())) {
      double value = sample.measurement().of(metric);
      if (Double.isFinite(value)) {
        boolean contaminated = sample.load().isContaminated();
        rounds.add(new ComparisonData.Round(sample.round(), value / scale, contaminated));
      }
    }
    boolean known = summary.interval().isKnown();
    return new ComparisonData.Row(
        summary.setting(),
        rounds,
        summary.median() / scale,
        known ? summary.interval().low() / scale : Double.NaN,
        known ? summary.interval().high() / scale : Double.NaN,
        change == null ? null : change(change),
        null);
  }

  private static ComparisonData.Change change(Change change) {
    boolean known = change.interval().isKnown();
    ComparisonData.Verdict verdict =
        switch (change.verdict()) {
          case DIFFERS ->
              change.relative() < 0 ? ComparisonData.Verdict.LOWER : ComparisonData.Verdict.HIGHER;
          case EQUIVALENT -> ComparisonData.Verdict.SAME;
          case INCONCLUSIVE -> ComparisonData.Verdict.UNCLEAR;
        };
    return new ComparisonData.Change(
        change.relative(),
        known ? change.interval().low() : Double.NaN,
        known ? change.interval().high() : Double.NaN,
        verdict,
        change.text());
  }
}
