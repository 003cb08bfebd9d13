package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.measure.RunComparison.Row;

class RunComparisonTest {
  private static Results run(long seed, double host, double veth) {
    Random random = new Random(seed);
    return Made.results(
            Made.samples("host", values(random, host)), Made.samples("veth", values(random, veth)))
        .with(new Setup(List.of("ip netns add a"), Map.of("a.eth0 mtu", "1500")));
  }

  private static double[] values(Random random, double centre) {
    return random.doubles(8).map(noise -> centre * (1 + 0.01 * noise)).toArray();
  }

  @Test
  void aSlowerMachineChangesTheValuesButNotTheRatios() {
    RunComparison comparison = run(1, 25_000, 20_000).compare(run(2, 50_000, 40_000), "");
    Row host = comparison.value("host").orElseThrow();
    assertThat(host.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(host.relative()).isCloseTo(-0.5, within(0.01));
    assertThat(host.text()).startsWith("slower than then by 50");
    assertThat(comparison.ratios()).extracting(Row::setting).containsExactly("veth");
    assertThat(comparison.ratio("veth").orElseThrow().text()).isEqualTo("as then, within ±3 %");
  }

  @Test
  void aRatioThatChangedIsFound() {
    Row veth =
        run(1, 50_000, 45_000).compare(run(2, 50_000, 40_000), "").ratio("veth").orElseThrow();
    assertThat(veth.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(veth.then()).isCloseTo(-0.2, within(0.01));
    assertThat(veth.now()).isCloseTo(-0.1, within(0.01));
    assertThat(veth.text()).startsWith("its ratio to host changed by 1");
  }

  @Test
  void firstSaysWhatDiffersBetweenTheRecords() {
    Results then = run(2, 50_000, 40_000);
    assertThat(run(1, 50_000, 40_000).compare(then, "").differences()).isEmpty();
    Results now =
        run(1, 50_000, 40_000)
            .with(new Setup(List.of("ip netns add b"), Map.of("a.eth0 mtu", "9000")));
    assertThat(now.compare(then, "").differences())
        .containsExactly(
            "a.eth0 mtu: 1500 then, 9000 now",
            "then only: ip netns add a",
            "now only: ip netns add b");
    assertThat(Made.MACHINE.differences(Made.MACHINE.with("netperf", "2.6.0")))
        .containsExactly("netperf: 2.7.0 then, 2.6.0 now");
  }

  @Test
  void enginesAreNotMixed() {
    Results then =
        Made.results(
            List.of(Made.sample("host", 1, Measurement.of(Metric.TRANSACTION_RATE, 1, "netperf"))));
    assertThatThrownBy(() -> run(1, 5, 5).compare(then, ""))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("the engine of one is");
  }

  @Test
  void tooFewRoundsSaySo() {
    Results one = Made.results(Made.samples("host", 1, 2, 3));
    assertThat(one.compare(one, "").value("host").orElseThrow().text())
        .isEqualTo("inconclusive: too few rounds, 4 of each could show it");
  }

  @Test
  void calibrationSaysInALineWhatCouldBeSeen() {
    Random random = new Random(4);
    double[] first = random.doubles(10, 950, 1050).toArray();
    double[] again = random.doubles(10, 950, 1050).toArray();
    Calibration calibration =
        Calibration.of(
            Made.results(Made.samples("host", first), Made.samples("host again", again)));
    assertThat(calibration.noiseFloor()).isBetween(0.005, 0.1);
    assertThat(calibration.detectable()).isGreaterThan(0.01);
    assertThat(calibration.roundsForMargin()).isBetween(10, 100);
    assertThat(calibration.toString())
        .matches(
            "Noise floor ±[\\d.]+ %: 'host' differed from itself by [+−][\\d.]+ % \\(.* to .* %\\) in"
                + " 10 rounds, which could show a change of [\\d.]+ %; \\d+ rounds could show 3 %\\.")
        .doesNotContain("\n");
    double[] slower = {900, 905, 910, 908, 903, 902, 901, 909, 904, 906};
    assertThat(
            Calibration.of(
                    Made.results(Made.samples("host", first), Made.samples("host again", slower)))
                .toString())
        .contains("It should not differ (p = 0.002)");
    assertThat(
            Calibration.of(
                    Made.results(Made.samples("host", 1, 2), Made.samples("host again", 1, 2)))
                .toString())
        .isEqualTo("Noise floor unknown: 2 rounds are too few, 6 would do.");
  }
}
