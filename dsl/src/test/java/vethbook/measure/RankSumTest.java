package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankSumTest {
  /** The table of Mann and Whitney as books print it: largest U significant at 0.05, two-sided. */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 0",
    "5, 5, 2",
    "6, 6, 5",
    "7, 7, 8",
    "8, 8, 13",
    "9, 9, 17",
    "10, 10, 23",
    "5, 8, 6",
    "10, 12, 29",
    "15, 15, 64",
    "20, 20, 127"
  })
  void knowsTheTabulatedCriticalValues(int x, int y, int u) {
    assertThat(RankSum.criticalU(x, y, 0.05)).isEqualTo(u);
    assertThat(RankSum.criticalU(y, x, 0.05)).isEqualTo(u);
  }

  @Test
  void threeAgainstThreeAreNeverSignificant() {
    assertThat(RankSum.criticalU(3, 3, 0.05)).isNegative();
    assertThat(RankSum.smallestP(3, 3)).isCloseTo(0.1, within(1e-12));
    assertThat(RankSum.smallestP(4, 4)).isCloseTo(2.0 / 70, within(1e-12));
    assertThat(RankSum.p(new double[] {1, 2, 3}, new double[] {4, 5, 6}))
        .isCloseTo(0.1, within(1e-12));
  }

  @Test
  void nothingSaysNothing() {
    assertThat(RankSum.p(new double[0], new double[] {1, 2})).isEqualTo(1);
    assertThat(RankSum.p(new double[] {5, 5, 5}, new double[] {5, 5, 5, 5})).isEqualTo(1);
    UnpairedChange none = new UnpairedChange(new double[0], new double[] {1});
    assertThat(none.relative()).isNaN();
    assertThat(none.interval(0.95).isKnown()).isFalse();
  }

  @Test
  void tiesHaveTheExactProbabilityOfAllDeals() {
    Random random = new Random(11);
    for (int i = 0; i < 30; i++) {
      double[] x = random.ints(4, 0, 5).asDoubleStream().toArray();
      double[] y = random.ints(5, 0, 5).asDoubleStream().toArray();
      assertThat(RankSum.p(x, y)).isCloseTo(byAllDeals(x, y), within(1e-12));
    }
  }

  /** Deals the nine values in all ways and counts the sums of ranks that are as far out. */
  private static double byAllDeals(double[] x, double[] y) {
    double[] all = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, all, x.length, y.length);
    double observed = 0;
    for (int i = 0; i < x.length; i++) {
      observed += rank(all, i);
    }
    int deals = 0;
    int below = 0;
    int above = 0;
    for (int deal = 0; deal < 1 << all.length; deal++) {
      if (Integer.bitCount(deal) == x.length) {
        double sum = 0;
        for (int i = 0; i < all.length; i++) {
          sum += (deal >> i & 1) == 1 ? rank(all, i) : 0;
        }
        deals++;
        below += sum <= observed ? 1 : 0;
        above += sum >= observed ? 1 : 0;
      }
    }
    return Math.min(1, 2.0 * Math.min(below, above) / deals);
  }

  private static double rank(double[] all, int i) {
    double rank = 0.5;
    for (double other : all) {
      rank += other < all[i] ? 1 : other == all[i] ? 0.5 : 0;
    }
    return rank;
  }

  @Test
  void manyValuesAreApproximatedClosely() {
    Random random = new Random(3);
    double[] x = random.doubles(60).toArray();
    double[] y = random.doubles(60).map(value -> value + 0.12).toArray();
    double exact = RankSum.p(x, y);
    double[] more = Arrays.copyOf(y, 61);
    more[60] = 0.6;
    assertThat(RankSum.p(x, more)).isCloseTo(exact, within(0.02));
  }
}
