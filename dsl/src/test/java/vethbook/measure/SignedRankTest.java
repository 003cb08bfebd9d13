package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRankTest {
  /** Hollander and Wolfe (1973), depression scores; V = 40 and one-sided p = 0.01953. */
  @Test
  void reproducesAPublishedExample() {
    double[] first = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    double[] second = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    assertThat(SignedRank.p(differences)).isCloseTo(0.0390625, within(1e-12));
  }

  /** Wilcoxon's table: largest smaller sum that is significant at 0.05, two-sided. */
  @ParameterizedTest
  @CsvSource({"6, 0", "7, 2", "8, 3", "9, 5", "10, 8", "12, 13", "15, 25", "20, 52", "25, 89"})
  void knowsTheTabulatedCriticalSums(int pairs, int sum) {
    assertThat(SignedRank.criticalSum(pairs, 0.05)).isIn(2 * sum, 2 * sum + 1);
  }

  @Test
  void fivePairsAreNeverSignificant() {
    assertThat(SignedRank.criticalSum(5, 0.05)).isNegative();
    assertThat(SignedRank.p(new double[] {1, 2, 3, 4, 5})).isCloseTo(0.0625, within(1e-12));
  }

  @Test
  void tiedDifferencesHaveTheExactProbabilityOfTheirSignPatterns() {
    assertThat(SignedRank.p(new double[] {1, 1, 1, 1, 1, 1})).isCloseTo(2.0 / 64, within(1e-12));
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      double[] d = random.ints(8, -3, 4).filter(x -> x != 0).asDoubleStream().toArray();
      if (d.length > 0) {
        assertThat(SignedRank.p(d)).isCloseTo(byAllPatterns(d), within(1e-12));
      }
    }
  }

  /** Counts the patterns of signs that are at least as one-sided. */
  private static double byAllPatterns(double[] d) {
    int observed = SignedRank.smallerSum(d);
    int patterns = 1 << d.length;
    int extreme = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      double[] signed = new double[d.length];
      for (int i = 0; i < d.length; i++) {
        signed[i] = (pattern >> i & 1) == 0 ? Math.abs(d[i]) : -Math.abs(d[i]);
      }
      extreme += SignedRank.smallerSum(signed) <= observed ? 1 : 0;
    }
    return (double) extreme / patterns;
  }

  @Test
  void zerosSayNothing() {
    assertThat(SignedRank.p(new double[0])).isEqualTo(1);
    assertThat(SignedRank.p(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(SignedRank.p(new double[] {0, 1, 2, 3, 4, 5, 6}))
        .isEqualTo(SignedRank.p(new double[] {1, 2, 3, 4, 5, 6}));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 6", "0.0166, 7", "0.01, 8", "1, 1"})
  void knowsHowManyPairsAreNeeded(double p, int pairs) {
    assertThat(SignedRank.pairsFor(p)).isEqualTo(pairs);
  }
}
