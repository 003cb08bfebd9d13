package vethbook.measure;

import java.util.Arrays;

/** Medians and quantiles, and what a sample of this size can say about the median. */
final class OrderStatistics {
  private OrderStatistics() {}

  /** NaN without values; the mean of the middle two when their number is even. */
  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return medianOfSorted(sorted);
  }

  static double medianOfSorted(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  /**
   * Exact interval of the median: the k-th lowest to the k-th highest value, with the largest k for
   * which the binomial distribution gives at least this confidence. Ties make it conservative.
   * Unknown when not even the extremes reach the confidence (95 %: below 6 values).
   */
  static Interval medianInterval(double[] values, double confidence) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int k = 0;
    double outside = 0;
    double term = Math.pow(0.5, values.length);
    while (k < values.length / 2) {
      outside += 2 * term;
      if (outside > 1 - confidence) {
        break;
      }
      k++;
      term *= (double) (values.length - k + 1) / k;
    }
    return k == 0
        ? Interval.unknown(confidence)
        : new Interval(sorted[k - 1], sorted[values.length - k], confidence);
  }

  /** Linear between the two nearest values; probability 0 to 1, at least one value. */
  static double quantileOfSorted(double[] sorted, double probability) {
    double at = probability * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
