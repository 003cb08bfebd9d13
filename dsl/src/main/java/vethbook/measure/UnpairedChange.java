package vethbook.measure;

import java.util.Arrays;

/**
 * The relative change between two groups of values that are no pairs: the rank sum test with the
 * estimate and the interval that belong to it (Hodges and Lehmann 1963), on the logarithms.
 */
final class UnpairedChange {
  /** Below this in both groups no 5 % test can reject. */
  static final int FEWEST = 4;

  private final double[] then;
  private final double[] now;
  private final double[] differences;

  /**
   * @param then positive values of the earlier group
   * @param now positive values of the later one
   */
  UnpairedChange(double[] then, double[] now) {
    this.then = Arrays.stream(then).map(Math::log).toArray();
    this.now = Arrays.stream(now).map(Math::log).toArray();
    this.differences = differences(this.then, this.now);
  }

  /** From values that are logarithms already, such as log ratios to a baseline. */
  static UnpairedChange ofLogs(double[] then, double[] now) {
    return new UnpairedChange(
        Arrays.stream(then).map(Math::exp).toArray(), Arrays.stream(now).map(Math::exp).toArray());
  }

  private static double[] differences(double[] then, double[] now) {
    double[] all = new double[then.length * now.length];
    int next = 0;
    for (double later : now) {
      for (double earlier : then) {
        all[next++] = later - earlier;
      }
    }
    Arrays.sort(all);
    return all;
  }

  /** NaN when a group is empty. */
  double relative() {
    return differences.length == 0
        ? Double.NaN
        : Math.expm1(OrderStatistics.medianOfSorted(differences));
  }

  double p() {
    return RankSum.p(then, now);
  }

  /** The changes that the test would not reject; unknown with too few values. */
  Interval interval(double confidence) {
    int outside = RankSum.criticalU(then.length, now.length, 1 - confidence);
    if (outside < 0) {
      return Interval.unknown(confidence);
    }
    return new Interval(
        Math.expm1(differences[outside]),
        Math.expm1(differences[differences.length - 1 - outside]),
        confidence);
  }
}
