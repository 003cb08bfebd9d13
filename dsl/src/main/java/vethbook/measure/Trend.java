package vethbook.measure;

import java.util.Arrays;

/**
 * Whether values grow or fall in the order in which they were taken: Kendall's rank correlation
 * with time (Kendall 1938; Mann 1945). Exact without ties up to 60 values, else by the normal
 * distribution with the correction for ties.
 *
 * @param tau -1 for values that only fall to 1 for values that only grow; 0 with fewer than two
 * @param p two-sided
 */
record Trend(double tau, double p) {
  private static final int EXACT_LIMIT = 60;

  static Trend of(double[] values) {
    int n = values.length;
    if (n < 2) {
      return new Trend(0, 1);
    }
    int s = 0;
    for (int later = 1; later < n; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        s += Double.compare(values[later], values[earlier]);
      }
    }
    long distinct = Arrays.stream(values).distinct().count();
    double pairs = n * (n - 1) / 2.0;
    double p = distinct == n && n <= EXACT_LIMIT ? exact(n, s) : approximate(values, s);
    return new Trend(s / pairs, p);
  }

  /** The probability of a sum of signs at least this far from zero, over all orders. */
  static double exact(int n, int s) {
    double[] inversions = inversions(n);
    int pairs = n * (n - 1) / 2;
    int fewer = (pairs - Math.abs(s)) / 2; // inversions of the less likely kind
    double tail = 0;
    for (int k = 0; k <= fewer; k++) {
      tail += inversions[k];
    }
    return s == 0 ? 1 : Math.min(1, 2 * tail);
  }

  /** Probability of each number of inversions in a random order of n values. */
  private static double[] inversions(int n) {
    double[] probabilities = {1};
    for (int size = 2; size <= n; size++) {
      double[] more = new double[probabilities.length + size - 1];
      for (int k = 0; k < probabilities.length; k++) {
        for (int added = 0; added < size; added++) {
          more[k + added] += probabilities[k] / size;
        }
      }
      probabilities = more;
    }
    return probabilities;
  }

  private static double approximate(double[] values, int s) {
    double n = values.length;
    double variance = n * (n - 1) * (2 * n + 5);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int tied = 1;
    for (int i = 1; i <= sorted.length; i++) {
      if (i < sorted.length && sorted[i] == sorted[i - 1]) {
        tied++;
      } else {
        variance -= (double) tied * (tied - 1) * (2 * tied + 5);
        tied = 1;
      }
    }
    variance /= 18;
    double distance = Math.max(0, Math.abs(s) - 1);
    return variance <= 0 || s == 0
        ? 1
        : Math.min(1, 2 * Normal.upperTail(distance / Math.sqrt(variance)));
  }
}
