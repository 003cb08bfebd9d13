package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {
  /** Kendall's table: one-sided probability of a sum of signs of at least S. */
  @ParameterizedTest
  @CsvSource({
    "4, 6, 0.042",
    "5, 8, 0.042",
    "5, 10, 0.0083",
    "8, 16, 0.031",
    "8, 18, 0.016",
    "9, 20, 0.022",
    "10, 21, 0.036",
    "10, 23, 0.023"
  })
  void knowsTheTabulatedProbabilities(int n, int s, double p) {
    assertThat(Trend.exact(n, s) / 2).isCloseTo(p, within(0.0006));
  }

  @Test
  void growingAndFallingAreSeen() {
    double[] growing = IntStream.range(0, 8).mapToDouble(i -> i * i).toArray();
    assertThat(Trend.of(growing).tau()).isEqualTo(1);
    assertThat(Trend.of(growing).p()).isCloseTo(2.0 / 40320, within(1e-12));
    assertThat(Trend.of(new double[] {3, 2, 1}).tau()).isEqualTo(-1);
    assertThat(Trend.of(new double[] {5, 5, 5, 5, 5, 5})).isEqualTo(new Trend(0, 1));
    assertThat(Trend.of(new double[] {5})).isEqualTo(new Trend(0, 1));
  }

  @Test
  void anExperimentThatDriftsSaysSo() {
    double[] host = IntStream.range(0, 10).mapToDouble(i -> 1000 - 20 * i).toArray();
    double[] veth = new Random(5).doubles(10, 700, 800).toArray();
    Results results = Made.results(Made.samples("host", host), Made.samples("veth", veth));
    assertThat(Drift.warning(results).orElseThrow().text())
        .startsWith("From round to round 'host' became slower")
        .doesNotContain("'veth'");
    double[] steady = new Random(6).doubles(10, 900, 1000).toArray();
    assertThat(Drift.warning(Made.results(Made.samples("host", steady)))).isEmpty();
  }

  @Test
  void theWarmUpEndsWhereTheSeriesBecomesSteady() {
    Random random = new Random(8);
    double[] series =
        IntStream.range(0, 100)
            .mapToDouble(i -> 900 + 5 * random.nextGaussian() - (i < 20 ? 30 * (20 - i) : 0))
            .toArray();
    assertThat(WarmUpCut.of(series)).isBetween(15, 50);
    double[] steady = Arrays.copyOfRange(series, 25, 100);
    assertThat(WarmUpCut.of(steady)).isLessThanOrEqualTo(35);
    double[] neverSteady = IntStream.range(0, 100).mapToDouble(i -> 10 * i).toArray();
    assertThat(WarmUpCut.of(neverSteady)).isEqualTo(-1);
    assertThat(WarmUpCut.of(new double[19])).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "p50, 19, false",
    "p50, 20, true",
    "p99, 999, false",
    "p99, 1000, true",
    "p99.9, 5000, false",
    "p99.9 latency, 10000, true",
    "mean, 3, true",
    "max, 3, true",
    "p99, 0, true"
  })
  void aPercentileNeedsTenValuesBeyondIt(String statistic, long values, boolean isShown) {
    assertThat(Percentiles.isShown(statistic, values)).isEqualTo(isShown);
  }
}
