package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static vethbook.measure.Made.results;
import static vethbook.measure.Made.sample;
import static vethbook.measure.Made.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;

class ResultsTest {
  private static final double[] HOST = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};

  private static double[] times(double factor) {
    return Arrays.stream(HOST).map(x -> x * factor).toArray();
  }

  private static double[] wobbly(double spread) {
    SplittableRandom random = new SplittableRandom(11);
    return Arrays.stream(HOST).map(x -> x * Math.exp(spread * random.nextGaussian())).toArray();
  }

  private static Change change(List<Sample> other) {
    return results(samples("host", HOST), other).compare().change("veth").orElseThrow();
  }

  @Test
  void namesADifferenceWithItsSize() {
    Change change = change(samples("veth", times(0.82)));
    assertThat(change.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(change.text()).isEqualTo("slower by 18 %");
    assertThat(change.relative()).isCloseTo(-0.18, within(1e-9));
    assertThat(change.p()).isEqualTo(2.0 / 256);
    assertThat(change(samples("veth", times(1.024))).text()).isEqualTo("no difference beyond ±3 %");
    assertThat(change(samples("veth", times(1.044))).text()).isEqualTo("faster by 4.4 %");
  }

  @Test
  void sayingEqualNeedsAnIntervalWithinTheMargin() {
    assertThat(change(samples("veth", wobbly(0.005))).verdict()).isEqualTo(Verdict.EQUIVALENT);
    Change unclear = change(samples("veth", wobbly(0.1)));
    assertThat(unclear.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(unclear.text()).matches("inconclusive: could have seen \\d+ %");
    assertThat(unclear.detectable()).isBetween(0.05, 0.5);
  }

  @Test
  void valuesThatAreAllTheSameAreEquivalent() {
    Change change = change(samples("veth", HOST));
    assertThat(change.p()).isEqualTo(1);
    assertThat(change.verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void oneRoundDecidesNothing() {
    Change change =
        results(samples("host", 1000), samples("veth", 500)).compare().change("veth").orElseThrow();
    assertThat(change.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(change.relative()).isCloseTo(-0.5, within(1e-9));
    assertThat(change.text()).isEqualTo("inconclusive: one round cannot show it, 6 or more could");
    assertThat(change.summary().interval().isKnown()).isFalse();
  }

  @Test
  void onlyRoundsThatHaveBothSettingsArePaired() {
    List<Sample> host = samples("host", HOST);
    List<Sample> veth = new ArrayList<>(samples("veth", times(0.5)));
    veth.remove(2);
    veth.add(sample("veth", 99, 1));
    Change change = results(host, veth).compare().change("veth").orElseThrow();
    assertThat(change.pairs()).isEqualTo(7);
    assertThat(change.relative()).isCloseTo(-0.5, within(1e-9));
    assertThat(change.summary().n()).isEqualTo(8);
  }

  @Test
  void settingsThatNeverMetAreInconclusive() {
    Results results = results(samples("host", 1000), List.of(sample("veth", 2, 900)));
    assertThat(results.compare().change("veth").orElseThrow().text())
        .isEqualTo("inconclusive: no round has both this setting and the baseline");
  }

  @Test
  void aSummaryTellsTheBestAsTheMetricHasIt() {
    Results results = results(samples("host", 3, 1, 2));
    assertThat(results.summary("host").best()).isEqualTo(3);
    assertThat(results.summary("host").median()).isEqualTo(2);
    Summary none = results.summary("nobody");
    assertThat(none.n()).isZero();
    assertThat(none.median()).isNaN();
    assertThat(none.best()).isNaN();
  }

  @Test
  void theSameRunsCompareByLatencyToo() {
    List<Sample> host = new ArrayList<>();
    List<Sample> veth = new ArrayList<>();
    for (int round = 1; round <= 8; round++) {
      Measurement fast = Measurement.of(Metric.TRANSACTION_RATE, 60_000, "netperf 2.7.0");
      Measurement slow = Measurement.of(Metric.TRANSACTION_RATE, 50_000, "netperf 2.7.0");
      host.add(sample("host", round, fast.with(Metric.latency("p50"), 16)));
      veth.add(sample("veth", round, slow.with(Metric.latency("p50"), 20)));
    }
    Results results = results(host, veth);
    Change change = results.compare("p50 latency").change("veth").orElseThrow();
    assertThat(change.text()).isEqualTo("longer by 25 %");
    assertThat(results.compare("p50 latency").baseline().best()).isEqualTo(16);
    assertThat(results.metrics()).hasSize(2);
    assertThatThrownBy(() -> results.compare("p5 latency"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("did you mean p50 latency");
  }

  @Test
  void enginesAreNotMixed() {
    Measurement other = Measurement.of(Metric.TRANSACTION_RATE, 900, "netperf 2.7.0");
    Results mixed = results(samples("host", 1000), List.of(sample("veth", 1, other)));
    assertThatThrownBy(mixed::compare)
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot compare setting 'veth' with 'host'")
        .hasMessageContaining("netperf 2.7.0")
        .hasMessageContaining("built-in");
  }

  @Test
  void nothingCanBeComparedWithoutSamples() {
    assertThatThrownBy(() -> results().compare())
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("no run was finished");
  }

  @Test
  void identicalSettingsRarelyDifferHoweverMany() {
    SplittableRandom random = new SplittableRandom(2026);
    int experiments = 400;
    int falseAlarms = 0;
    for (int i = 0; i < experiments; i++) {
      List<PairedChange> pairs = new ArrayList<>();
      List<Summary> summaries = new ArrayList<>();
      double[] host = random.doubles(10, 900, 1100).toArray();
      for (int setting = 0; setting < 4; setting++) {
        double[] values = random.doubles(10, 900, 1100).toArray();
        pairs.add(new PairedChange(values, host));
        summaries.add(Summary.of("s" + setting, Metric.TRANSACTION_RATE, values));
      }
      List<Change> changes =
          new Judge(Metric.TRANSACTION_RATE, Results.MARGIN).changes(summaries, pairs);
      falseAlarms +=
          changes.stream().anyMatch(change -> change.verdict() == Verdict.DIFFERS) ? 1 : 0;
    }
    assertThat((double) falseAlarms / experiments).isLessThanOrEqualTo(0.05);
  }

  @Test
  void countersAreToldPerTransaction() {
    Measurement measured =
        Measurement.of(Metric.TRANSACTION_RATE, 1000, "built-in").transactions(1000);
    Results results = results(List.of(sample("host", 1, measured)));
    assertThat(results.perTransaction("host", "softnet.processed")).hasValue(2);
    assertThat(results.perTransaction("host", "no such")).isEmpty();
    assertThat(results(samples("host", 1)).perTransaction("host", "softnet.processed")).isEmpty();
  }

  @Test
  void csvHasOneLineASample() {
    List<String> lines = results(samples("a, \"b\"", 1.5, 2)).toCsv().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("setting,round,position,engine,transaction rate (trans");
    assertThat(lines.get(1)).startsWith("\"a, \"\"b\"\"\",1,1,built-in,1.5,0,0.25,0.5,0.0,0.01,");
  }
}
