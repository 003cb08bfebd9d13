package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedChangeTest {
  private static final double SPREAD = 0.04;
  private static final int EXPERIMENTS = 1000;

  @Test
  void comparesWithinRounds() {
    PairedChange change =
        new PairedChange(new double[] {81, 45, 1000}, new double[] {100, 50, 1000});
    assertThat(change.relative()).isCloseTo(-0.1, within(1e-12));
    assertThat(change.pairs()).isEqualTo(3);
  }

  @Test
  void aSlowRoundThatHitsBothSettingsCancels() {
    double[] baseline = {1000, 200, 1000, 30, 1000, 1000, 500};
    double[] values = Arrays.stream(baseline).map(x -> 0.82 * x).toArray();
    PairedChange change = new PairedChange(values, baseline);
    assertThat(change.interval(0.95).low()).isCloseTo(-0.18, within(1e-9));
    assertThat(change.interval(0.95).high()).isCloseTo(-0.18, within(1e-9));
  }

  @Test
  void theIntervalExcludesZeroExactlyWhenTheTestRejects() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 300; i++) {
      PairedChange change = pair(random, 9, 0.04);
      boolean excludesZero =
          !(change.interval(0.95).low() <= 0 && change.interval(0.95).high() >= 0);
      assertThat(excludesZero).isEqualTo(change.p() <= 0.05);
    }
  }

  @Test
  void theSameValuesGiveTheSameInterval() {
    double[] values = noisy(new SplittableRandom(1), 10, 0.1);
    double[] baseline = noisy(new SplittableRandom(2), 10, 0);
    assertThat(new PairedChange(values, baseline).interval(0.95))
        .isEqualTo(new PairedChange(values, baseline).interval(0.95));
  }

  @Test
  void fewerThanSixPairsHaveNoIntervalAndDetectNothing() {
    PairedChange change =
        new PairedChange(new double[] {1, 2, 3, 4, 5}, new double[] {1, 1, 1, 1, 1});
    assertThat(change.interval(0.95).isKnown()).isFalse();
    assertThat(change.detectable(1)).isInfinite();
    PairedChange none = new PairedChange(new double[0], new double[0]);
    assertThat(none.relative()).isNaN();
    assertThat(none.p()).isEqualTo(1);
    assertThat(none.detectable(1)).isInfinite();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 10, 12, 20})
  void theIntervalHoldsTheTrueChangeInAtLeast93Of100Experiments(int rounds) {
    double truth = Math.expm1(-0.2);
    SplittableRandom random = new SplittableRandom(rounds);
    int held = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      Interval interval = pair(random, rounds, -0.2).interval(0.95);
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat((double) held / EXPERIMENTS).isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void identicalSettingsAreFoundDifferentInAtMost5Of100Experiments() {
    SplittableRandom random = new SplittableRandom(42);
    int found = 0;
    for (int i = 0; i < 4000; i++) {
      found += pair(random, 10, 0).p() < PairedChange.ALPHA ? 1 : 0;
    }
    assertThat(found / 4000.0)
        .isBetween(0.03, 0.0555); // 0.05 and two standard errors of 4000 draws
  }

  @Test
  void theDetectableChangeIsFoundInAbout80Of100Experiments() {
    SplittableRandom random = new SplittableRandom(3);
    double[] sizes = new double[50];
    Arrays.setAll(sizes, i -> pair(random, 12, 0).detectable(1));
    double typical = OrderStatistics.median(sizes);
    int found = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      found += pair(random, 12, Math.log1p(typical)).p() < PairedChange.ALPHA ? 1 : 0;
    }
    assertThat((double) found / EXPERIMENTS).isBetween(0.7, 0.9);
  }

  @Test
  void moreComparisonsDetectLess() {
    PairedChange change = pair(new SplittableRandom(5), 10, 0);
    assertThat(change.detectable(5)).isGreaterThan(change.detectable(1));
    assertThat(change.detectable(100)).isInfinite();
  }

  private static PairedChange pair(RandomGenerator random, int rounds, double logChange) {
    return new PairedChange(noisy(random, rounds, logChange), noisy(random, rounds, 0));
  }

  private static double[] noisy(RandomGenerator random, int rounds, double logChange) {
    double[] values = new double[rounds];
    Arrays.setAll(values, i -> 50_000 * Math.exp(logChange + SPREAD * random.nextGaussian()));
    return values;
  }
}
