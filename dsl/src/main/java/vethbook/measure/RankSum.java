package vethbook.measure;

import java.util.Arrays;

/**
 * The rank sum test of Mann and Whitney (1947), two-sided and exact: for values that are no pairs,
 * such as those of two runs on different days.
 *
 * <p>Tied values share the mean of their ranks; the exact distribution over all ways to deal the
 * ranks is counted with them. The library falls back to the normal approximation on ties.
 */
final class RankSum {
  /** Above this the number of ways no longer fits into the time of a cell; then approximated. */
  private static final int EXACT_LIMIT = 120;

  private RankSum() {}

  /** The p value; 1 when one of the two has no values. */
  static double p(double[] x, double[] y) {
    if (x.length == 0 || y.length == 0) {
      return 1;
    }
    int[] ranks = doubledRanks(x, y);
    int sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += ranks[i];
    }
    if (ranks.length > EXACT_LIMIT) {
      return approximate(ranks, x.length, sum);
    }
    double[] probabilities = distribution(ranks, x.length);
    double lower = 0;
    double upper = 0;
    for (int s = 0; s < probabilities.length; s++) {
      lower += s <= sum ? probabilities[s] : 0;
      upper += s >= sum ? probabilities[s] : 0;
    }
    return Math.min(1, 2 * Math.min(lower, upper));
  }

  /** The smallest p value that so many values can give: 2 of all ways to deal the ranks. */
  static double smallestP(int x, int y) {
    double ways = 1;
    for (int i = 1; i <= x; i++) {
      ways = ways * (y + i) / i;
    }
    return Math.min(1, 2 / ways);
  }

  /**
   * The largest U at which values without ties are significant; -1 when none is.
   *
   * @param alpha two-sided level
   */
  static int criticalU(int x, int y, double alpha) {
    int[] ranks = new int[x + y];
    Arrays.setAll(ranks, i -> 2 * (i + 1));
    double[] probabilities = distribution(ranks, x);
    int smallest = x * (x + 1); // the doubled sum of the x lowest ranks: U = 0
    double tail = 0;
    int critical = -1;
    for (int u = 0; u <= x * y; u++) {
      tail += probabilities[smallest + 2 * u];
      if (2 * tail > alpha) {
        break;
      }
      critical = u;
    }
    return critical;
  }

  private static int[] doubledRanks(double[] x, double[] y) {
    double[] all = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, all, x.length, y.length);
    int[] ranks = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : all) {
        below += other < all[i] ? 1 : 0;
        equal += other == all[i] ? 1 : 0;
      }
      ranks[i] = 2 * below + equal + 1;
    }
    return ranks;
  }

  /** Probability of each sum when so many of the ranks are drawn, every way equally likely. */
  private static double[] distribution(int[] ranks, int drawn) {
    int most = Arrays.stream(ranks).sum();
    double[][] ways = new double[drawn + 1][most + 1];
    ways[0][0] = 1;
    int seen = 0;
    for (int rank : ranks) {
      seen++;
      for (int n = Math.min(drawn, seen); n >= 1; n--) {
        for (int sum = most; sum >= rank; sum--) {
          ways[n][sum] += ways[n - 1][sum - rank];
        }
      }
    }
    double all = Arrays.stream(ways[drawn]).sum();
    return Arrays.stream(ways[drawn]).map(count -> count / all).toArray();
  }

  /** With the correction for ties and for continuity. */
  private static double approximate(int[] ranks, int drawn, int doubledSum) {
    double n = ranks.length;
    double expected = drawn * (n + 1) / 2;
    double spread = Arrays.stream(ranks).mapToDouble(r -> Math.pow(r / 2.0 - (n + 1) / 2, 2)).sum();
    double variance = drawn * (n - drawn) / (n * (n - 1)) * spread;
    double distance = Math.max(0, Math.abs(doubledSum / 2.0 - expected) - 0.5);
    return variance == 0 ? 1 : Math.min(1, 2 * Normal.upperTail(distance / Math.sqrt(variance)));
  }
}
