package vethbook.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares every setting with the baseline and puts the verdicts into words. */
final class Judge {
  private static final double TOST_CONFIDENCE = 0.90;
  private static final double CONFIDENCE = 0.95;

  private final Metric metric;
  private final double margin;

  Judge(Metric metric, double margin) {
    this.metric = metric;
    this.margin = margin;
  }

  /**
   * The changes of all settings, judged together.
   *
   * @param summaries one a setting
   * @param pairs its pairs with the baseline, in the same order
   */
  List<Change> changes(List<Summary> summaries, List<PairedChange> pairs) {
    double[] p = pairs.stream().mapToDouble(PairedChange::p).toArray();
    double[] adjusted = Holm.adjust(p);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      changes.add(judge(summaries.get(i), pairs.get(i), p[i], adjusted[i], p.length));
    }
    return changes;
  }

  /** The verdicts alone, without what else could have been seen. */
  List<Verdict> verdicts(List<PairedChange> pairs) {
    double[] adjusted = Holm.adjust(pairs.stream().mapToDouble(PairedChange::p).toArray());
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      verdicts.add(verdict(pairs.get(i), adjusted[i]));
    }
    return verdicts;
  }

  private Change judge(
      Summary summary, PairedChange pairs, double p, double adjusted, int comparisons) {
    double detectable = pairs.detectable(comparisons);
    Verdict verdict = verdict(pairs, adjusted);
    String text =
        switch (verdict) {
          case DIFFERS ->
              metric.direction(pairs.relative()) + " by " + percent(Math.abs(pairs.relative()));
          case EQUIVALENT -> "no difference beyond ±" + percent(margin);
          case INCONCLUSIVE -> inconclusive(pairs.pairs(), detectable, comparisons);
        };
    return new Change(
        summary,
        pairs.pairs(),
        pairs.relative(),
        pairs.interval(CONFIDENCE),
        p,
        adjusted,
        detectable,
        verdict,
        text);
  }

  /** A difference that is shown, but shown to be smaller than the margin, counts as none. */
  private Verdict verdict(PairedChange pairs, double adjusted) {
    if (pairs.interval(TOST_CONFIDENCE).isInside(-margin, margin)) {
      return Verdict.EQUIVALENT;
    }
    return adjusted < PairedChange.ALPHA ? Verdict.DIFFERS : Verdict.INCONCLUSIVE;
  }

  private static String inconclusive(int pairs, double detectable, int comparisons) {
    if (pairs == 0) {
      return "inconclusive: no round has both this setting and the baseline";
    }
    return Double.isFinite(detectable)
        ? "inconclusive: could have seen " + percent(detectable)
        : "inconclusive: %s cannot show it, %d or more could"
            .formatted(rounds(pairs), roundsNeeded(comparisons));
  }

  /** The fewest rounds in which a difference can be shown among this many comparisons. */
  static int roundsNeeded(int comparisons) {
    return Math.max(
        PairedChange.FEWEST_PAIRS,
        SignedRank.pairsFor(PairedChange.ALPHA / Math.max(1, comparisons)));
  }

  static String rounds(int n) {
    return n == 1 ? "one round" : n + " rounds";
  }

  /** What is known while an experiment runs: {@code −17.2 % (−18.0 to −16.1 %)}. */
  static String soFar(PairedChange pairs) {
    Interval interval = pairs.interval(CONFIDENCE);
    String change = signed(pairs.relative()) + " %";
    return interval.isKnown()
        ? "%s (%s to %s %%)".formatted(change, signed(interval.low()), signed(interval.high()))
        : change;
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f", share * 100).replace('-', '−');
  }

  /** {@code 18 %}, {@code 2.4 %}. */
  static String percent(double share) {
    double value = share * 100;
    boolean whole = value >= 9.95 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", value);
  }
}
