package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of experiments whose truth is known, under the kinds of noise that shared machines
 * make. Seeded, so that they are the same in every build.
 */
class NoiseTest {
  private static final int EXPERIMENTS = 1500;

  /** Two standard errors of a share of 5 % in so many experiments. */
  private static final double CHANCE = 0.0113;

  /** What disturbs the runs, one after the other, in the logarithm. */
  enum Noise {
    NORMAL,
    /** Whole rounds are slow or fast. */
    BLOCKED,
    /** The machine becomes slower all the time. */
    DRIFTING,
    /** Now and then a run is several times slower (Student's t with 2 degrees of freedom). */
    HEAVY_TAILED,
    /** What slows one run mostly slows the next (first order, 0.8). */
    AUTOCORRELATED;

    double[] runs(int rounds, int settings, Random random) {
      double[] runs = new double[rounds * settings];
      double state = 0.05 * random.nextGaussian();
      for (int i = 0; i < runs.length; i++) {
        double z = random.nextGaussian();
        if (this == BLOCKED && i % settings == 0) {
          state = 0.3 * random.nextGaussian();
        }
        state = this == AUTOCORRELATED ? 0.8 * state + 0.03 * random.nextGaussian() : state;
        runs[i] =
            switch (this) {
              case NORMAL -> 0.04 * z;
              case BLOCKED, AUTOCORRELATED -> state + 0.02 * z;
              case DRIFTING -> 0.02 * z - 0.02 * i;
              case HEAVY_TAILED -> 0.03 * z / Math.sqrt(-Math.log(1 - random.nextDouble()));
            };
      }
      return runs;
    }
  }

  /** An experiment as it is run: rounds, in each of which the settings come in random order. */
  private static Results experiment(
      Noise noise, int rounds, int settings, double effect, Random random) {
    double[] runs = noise.runs(rounds, settings, random);
    List<List<Sample>> bySetting = new ArrayList<>();
    for (int setting = 0; setting < settings; setting++) {
      bySetting.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      List<Integer> order = new ArrayList<>();
      for (int setting = 0; setting < settings; setting++) {
        order.add(setting);
      }
      Collections.shuffle(order, random);
      for (int position = 0; position < settings; position++) {
        int setting = order.get(position);
        double own = setting == 0 ? 0 : effect;
        double value = 50_000 * Math.exp(runs[round * settings + position] + own);
        String name = setting == 0 ? "host" : "setting " + setting;
        bySetting.get(setting).add(Made.sample(name, round + 1, value));
      }
    }
    List<Sample> all = new ArrayList<>();
    bySetting.forEach(all::addAll);
    return Made.results(all);
  }

  private static List<PairedChange> pairs(Results results) {
    return results.settings().stream()
        .filter(setting -> !setting.equals(results.baseline()))
        .map(setting -> results.pairs(setting, Metric.TRANSACTION_RATE))
        .toList();
  }

  private static List<Verdict> verdicts(Results results) {
    return new Judge(Metric.TRANSACTION_RATE, Results.MARGIN).verdicts(pairs(results));
  }

  private static double share(int of) {
    return (double) of / EXPERIMENTS;
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void equalSettingsAreFoundToDifferInAtMost5Of100Experiments(Noise noise) {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      found += verdicts(experiment(noise, 8, 4, 0, random)).contains(Verdict.DIFFERS) ? 1 : 0;
    }
    assertThat(share(found)).isLessThanOrEqualTo(0.05 + CHANCE);
  }

  /** Why settings are mixed: the same runs, but all of one setting before all of the other. */
  @ParameterizedTest
  @EnumSource(
      value = Noise.class,
      names = {"DRIFTING", "AUTOCORRELATED"})
  void settingsOneAfterTheOtherWouldDeceive(Noise noise) {
    Random random = new Random(2);
    int found = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      double[] runs = noise.runs(10, 2, random);
      found +=
          RankSum.p(Arrays.copyOf(runs, 10), Arrays.copyOfRange(runs, 10, 20)) < PairedChange.ALPHA
              ? 1
              : 0;
    }
    assertThat(share(found)).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void theIntervalHoldsTheTrueChangeInAtLeast93Of100Experiments(Noise noise) {
    Random random = new Random(3);
    double truth = Math.expm1(-0.2);
    int held = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      Interval interval =
          pairs(experiment(noise, 7 + i % 6, 2, -0.2, random)).get(0).interval(0.95);
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(share(held)).isGreaterThanOrEqualTo(0.93);
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void settingsThatDifferByTheMarginAreCalledTheSameInAtMost5Of100Experiments(Noise noise) {
    Random random = new Random(4);
    int same = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      Results results = experiment(noise, 10, 2, Math.log1p(Results.MARGIN), random);
      same += verdicts(results).contains(Verdict.EQUIVALENT) ? 1 : 0;
    }
    assertThat(share(same)).isLessThanOrEqualTo(0.05 + CHANCE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Noise.class,
      names = {"NORMAL", "BLOCKED", "AUTOCORRELATED"})
  void theAnnouncedSmallestChangeIsFoundInAbout80Of100Experiments(Noise noise) {
    Random random = new Random(5);
    double[] announced = new double[60];
    Arrays.setAll(announced, i -> pairs(experiment(noise, 12, 2, 0, random)).get(0).detectable(1));
    double typical = OrderStatistics.median(announced);
    int found = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      PairedChange change = pairs(experiment(noise, 12, 2, Math.log1p(typical), random)).get(0);
      found += change.p() < PairedChange.ALPHA ? 1 : 0;
    }
    assertThat(share(found)).isBetween(0.7, 0.92);
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void twoRunsOnTheSameMachineAreFoundToDifferInAtMost5Of100Comparisons(Noise noise) {
    Random random = new Random(6);
    int found = 0;
    for (int i = 0; i < EXPERIMENTS / 3; i++) {
      Results then = experiment(noise, 8, 2, -0.2, random);
      Results now = experiment(noise, 8, 2, -0.2, random);
      found +=
          now.compare(then, "").ratio("setting 1").orElseThrow().verdict() == Verdict.DIFFERS
              ? 1
              : 0;
    }
    assertThat(3 * share(found)).isLessThanOrEqualTo(0.05 + 2 * CHANCE);
  }
}
