package vethbook.measure;

import java.util.Locale;

/**
 * What an experiment of these rounds could see here, found by measuring one setting against itself.
 *
 * @param results of the A/A experiment
 * @param relative by how much the setting differed from itself
 * @param interval 95 % of {@code relative}; unknown below 6 rounds
 * @param p of the signed rank test that the two differ
 * @param noiseFloor the end of the interval that is farther from zero; changes below it are noise
 * @param detectable the smallest change of one setting that these rounds would show with 80 % power
 * @param roundsForMargin how many rounds would show a change of 3 %; 0 when 100 would not do
 */
public record Calibration(
    Results results,
    double relative,
    Interval interval,
    double p,
    double noiseFloor,
    double detectable,
    int roundsForMargin) {
  private static final int[] ROUNDS = {6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100};

  /** What the results of {@link Experiment#calibration} show. */
  public static Calibration of(Results results) {
    String twin =
        results.settings().stream()
            .filter(setting -> !setting.equals(results.baseline()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no second setting: " + results));
    PairedChange pairs = results.pairs(twin, results.metric());
    Interval interval = pairs.interval(1 - PairedChange.ALPHA);
    return new Calibration(
        results,
        pairs.relative(),
        interval,
        pairs.p(),
        Math.max(Math.abs(interval.low()), Math.abs(interval.high())),
        pairs.detectable(1),
        roundsFor(pairs, Results.MARGIN));
  }

  private static int roundsFor(PairedChange pairs, double change) {
    for (int rounds : ROUNDS) {
      if (pairs.detectable(1, rounds) <= change) {
        return rounds;
      }
    }
    return 0;
  }

  /** All of it in one line. */
  @Override
  public String toString() {
    int rounds = results.rounds().size();
    if (!interval.isKnown()) {
      return "Noise floor unknown: %s are too few, %d would do."
          .formatted(Judge.rounds(rounds), PairedChange.FEWEST_PAIRS);
    }
    String text =
        "Noise floor ±%s: '%s' differed from itself by %s %% (%s to %s %%) in %s, which could show a change of %s; %s."
            .formatted(
                Judge.percent(noiseFloor),
                results.baseline(),
                signed(relative),
                signed(interval.low()),
                signed(interval.high()),
                Judge.rounds(rounds),
                Judge.percent(detectable),
                needed());
    return p < PairedChange.ALPHA
        ? text
            + String.format(
                Locale.ROOT,
                " It should not differ (p = %.3f): one such finding in 20 is chance, a second is not.",
                p)
        : text;
  }

  private String needed() {
    String margin = Judge.percent(Results.MARGIN);
    return roundsForMargin == 0
        ? "100 rounds could not show " + margin
        : roundsForMargin + " rounds could show " + margin;
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f", share * 100).replace('-', '−');
  }
}
