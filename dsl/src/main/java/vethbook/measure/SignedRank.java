package vethbook.measure;

import java.util.Arrays;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed rank test, two-sided and exact (Wilcoxon 1945).
 *
 * <p>Zeros are left out and tied differences share the mean of their ranks. The library falls back
 * to the normal approximation on ties; latencies in whole microseconds are full of ties, so their
 * exact distribution over all sign patterns is counted here.
 */
final class SignedRank {
  private static final int EXACT_TIES_LIMIT = 200;

  private SignedRank() {}

  /** The p value; 1 when no difference is other than zero. */
  static double p(double[] differences) {
    double[] d = Arrays.stream(differences).filter(x -> x != 0).toArray();
    if (d.length == 0) {
      return 1;
    }
    int[] ranks = doubledRanks(d);
    boolean tied = Arrays.stream(ranks).distinct().count() < ranks.length;
    if (!tied || d.length > EXACT_TIES_LIMIT) {
      return WilcoxonSignedRankTest.withDefaults().test(d).getPValue();
    }
    return Math.min(1, 2 * lowerTail(ranks, smallerSum(d, ranks)));
  }

  /** The smallest p value that this many pairs can give: 2 / 2^n. */
  static double smallestP(int pairs) {
    return Math.min(1, Math.pow(2, 1 - pairs));
  }

  /** How many pairs can give a p value as small as this. */
  static int pairsFor(double p) {
    int pairs = 1;
    while (smallestP(pairs) > p) {
      pairs++;
    }
    return pairs;
  }

  /**
   * The largest doubled rank sum at which untied pairs are significant; -1 when none is.
   *
   * @param alpha two-sided level
   */
  static int criticalSum(int pairs, double alpha) {
    int[] ranks = new int[pairs];
    Arrays.setAll(ranks, i -> 2 * (i + 1));
    double[] counts = distribution(ranks);
    double tail = 0;
    int critical = -1;
    for (int sum = 0; sum < counts.length; sum++) {
      tail += counts[sum];
      if (2 * tail > alpha) {
        break;
      }
      critical = sum;
    }
    return critical;
  }

  /** Twice the smaller of the two rank sums, zeros left out. */
  static int smallerSum(double[] differences) {
    double[] d = Arrays.stream(differences).filter(x -> x != 0).toArray();
    return smallerSum(d, doubledRanks(d));
  }

  private static int smallerSum(double[] d, int[] ranks) {
    int positive = 0;
    int all = 0;
    for (int i = 0; i < d.length; i++) {
      all += ranks[i];
      positive += d[i] > 0 ? ranks[i] : 0;
    }
    return Math.min(positive, all - positive);
  }

  /** Twice the rank of each absolute value, so that shared ranks are whole numbers. */
  private static int[] doubledRanks(double[] d) {
    double[] sorted = Arrays.stream(d).map(Math::abs).sorted().toArray();
    int[] ranks = new int[d.length];
    for (int i = 0; i < d.length; i++) {
      double size = Math.abs(d[i]);
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < size ? 1 : 0;
        equal += other == size ? 1 : 0;
      }
      ranks[i] = 2 * below + equal + 1;
    }
    return ranks;
  }

  private static double lowerTail(int[] ranks, int sum) {
    double[] probabilities = distribution(ranks);
    double tail = 0;
    for (int i = 0; i <= sum; i++) {
      tail += probabilities[i];
    }
    return tail;
  }

  /** Probability of each sum when every rank is counted or not with equal chance. */
  private static double[] distribution(int[] ranks) {
    double[] probabilities = new double[Arrays.stream(ranks).sum() + 1];
    probabilities[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      for (int sum = reached; sum >= 0; sum--) {
        double half = probabilities[sum] / 2;
        probabilities[sum] = half;
        probabilities[sum + rank] += half;
      }
      reached += rank;
    }
    return probabilities;
  }
}
