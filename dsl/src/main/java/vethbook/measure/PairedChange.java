package vethbook.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The relative change shown by pairs of values, with its interval and what was detectable. */
final class PairedChange {
  /** Below this, neither a 95 % interval nor a verdict is given. */
  static final int FEWEST_PAIRS = 6;

  static final double ALPHA = 0.05;
  private static final int RESAMPLES = 10_000;
  private static final int SIMULATIONS = 500;
  private static final double POWER = 0.8;
  private static final long SEED = 20_261_121;
  private static final double LARGEST_LOG_RATIO = Math.log(100);

  private final double[] logRatios;
  private final double median;

  /**
   * @param values of the setting, positive
   * @param baseline its partner in the same round, positive
   */
  PairedChange(double[] values, double[] baseline) {
    logRatios = new double[values.length];
    Arrays.setAll(logRatios, i -> Math.log(values[i] / baseline[i]));
    median = OrderStatistics.median(logRatios);
  }

  int pairs() {
    return logRatios.length;
  }

  /** NaN without pairs. */
  double relative() {
    return Math.expm1(median);
  }

  double p() {
    return SignedRank.p(logRatios);
  }

  /** Percentile bootstrap of the median; unknown below six pairs. */
  Interval interval(double confidence) {
    if (logRatios.length < FEWEST_PAIRS) {
      return Interval.unknown(confidence);
    }
    double[] medians = new double[RESAMPLES];
    SplittableRandom random = new SplittableRandom(SEED);
    double[] drawn = new double[logRatios.length];
    for (int i = 0; i < RESAMPLES; i++) {
      draw(logRatios, drawn, random);
      Arrays.sort(drawn);
      medians[i] = OrderStatistics.medianOfSorted(drawn);
    }
    Arrays.sort(medians);
    double tail = (1 - confidence) / 2;
    return new Interval(
        Math.expm1(OrderStatistics.quantileOfSorted(medians, tail)),
        Math.expm1(OrderStatistics.quantileOfSorted(medians, 1 - tail)),
        confidence);
  }

  /**
   * The smallest increase that would be found in 80 % of experiments with this many pairs of this
   * spread: effects are added to resampled residuals until they are. Infinite when no effect could
   * reach the level.
   *
   * @param comparisons how many share the level (Holm's first, hardest step)
   */
  double detectable(int comparisons) {
    int critical =
        logRatios.length < FEWEST_PAIRS
            ? -1
            : SignedRank.criticalSum(logRatios.length, ALPHA / comparisons);
    if (critical < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double[][] noise = noise();
    double low = 0;
    double high = LARGEST_LOG_RATIO;
    if (power(noise, high, critical) < POWER) {
      return Double.POSITIVE_INFINITY;
    }
    while (high - low > 1e-4) {
      double middle = (low + high) / 2;
      if (power(noise, middle, critical) >= POWER) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.expm1(high);
  }

  /** Resampled residuals, widened because a small sample's lie closer together than the truth. */
  private double[][] noise() {
    double widen = Math.sqrt((double) logRatios.length / (logRatios.length - 1));
    double[] residuals = Arrays.stream(logRatios).map(x -> (x - median) * widen).toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] noise = new double[SIMULATIONS][logRatios.length];
    for (double[] one : noise) {
      draw(residuals, one, random);
    }
    return noise;
  }

  private static double power(double[][] noise, double effect, int critical) {
    int found = 0;
    for (double[] one : noise) {
      double[] shifted = Arrays.stream(one).map(x -> x + effect).toArray();
      boolean positive = OrderStatistics.median(shifted) > 0;
      if (positive && SignedRank.smallerSum(shifted) <= critical) {
        found++;
      }
    }
    return (double) found / noise.length;
  }

  private static void draw(double[] from, double[] into, SplittableRandom random) {
    for (int i = 0; i < into.length; i++) {
      into[i] = from[random.nextInt(from.length)];
    }
  }
}
