package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.measure.Load;
import vethbook.measure.MachineRecord;
import vethbook.measure.Measurement;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Skipped;
import vethbook.measure.Warning;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

class MeasuredComparisonTest {
  private static final Load BUSY = new Load(4, 0.5, 0, 0.3);

  @Test
  void keepsRoundsVerdictsAndReasons() {
    Results results = results(Metric.TRANSACTION_RATE, 60_000, 10, "netperf 2.7.0");
    ComparisonData data = MeasuredComparison.of(results, results.compare(), "TCP_RR");
    assertThat(data.rows()).extracting(Row::setting).containsExactly("host", "veth", "ipvlan");
    assertThat(data.rounds()).isEqualTo(10);
    assertThat(data.rows().get(1).change().verdict()).isEqualTo(Verdict.LOWER);
    assertThat(data.rows().get(1).rounds()).hasSize(10);
    assertThat(data.rows().get(1).rounds().get(3).contaminated()).isTrue();
    assertThat(data.rows().get(2).skipped()).isEqualTo("needs ipvlan: this Linux has none");
    assertThat(data.notes()).containsExactly("One run of 20 was disturbed.");
    assertThat(new ComparisonText(data).finding())
        .isEqualTo("veth keeps 81\u00a0% of the host’s transaction rate");
  }

  @Test
  void bitsPerSecondAreShownInAReadableUnit() {
    Results results = results(Metric.THROUGHPUT, 9.4e9, 8, "iperf3 3.12");
    ComparisonData data = MeasuredComparison.of(results, results.compare(), "TCP_RR");
    assertThat(data.unit()).isEqualTo("Gbit/s");
    assertThat(data.rows().get(0).centre()).isBetween(9.0, 9.8);
  }

  @Test
  void tooFewRoundsHaveNoInterval() {
    Results results = results(Metric.TRANSACTION_RATE, 60_000, 3, "netperf 2.7.0");
    ComparisonTable table = ComparisonTable.of(results);
    assertThat(table.toString()).contains("too few rounds").contains("? inconclusive");
    assertThat(table.table().doubleColumn("95 % from").isMissing(0)).isTrue();
    try (Pictures pictures = new Pictures(warning -> {})) {
      Plot plot = ComparisonPlot.bars(pictures, results, results.compare(), "TCP_RR");
      assertThat(plot.bundle().data()).containsKey(MimeBundle.SVG);
      assertThat(plot.getTitle()).endsWith("Too few rounds to tell");
    }
  }

  @Test
  void resultsOfTwoEnginesAreShownButNotCompared() {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("host", 1, Measurement.of(Metric.TRANSACTION_RATE, 9, "built-in")));
    samples.add(sample("veth", 1, Measurement.of(Metric.TRANSACTION_RATE, 8, "netperf 2.7.0")));
    MimeBundle bundle = render(with(samples, List.of()));
    assertThat(bundle.text()).contains("built-in").contains("netperf 2.7.0").contains("round");
  }

  @Test
  void experimentWithoutSamplesShowsItsName() {
    assertThat(render(with(List.of(), List.of())).text()).startsWith("Is a container slower");
  }

  @Test
  void everyRendererAlwaysHasText() {
    Results results = results(Metric.latency("p50"), 16, 6, "netperf 2.7.0");
    assertThat(render(results).text()).contains("µs").contains("p50 latency");
    assertThat(render(results.compare()).text()).contains("against host");
    assertThat(render(results.machine()).text()).contains("6.18");
    assertThat(render(Labs.two()).text()).contains("server");
    assertThat(render(SampleTable.table(results)).text()).contains("disturbed by");
  }

  @SuppressWarnings("unchecked")
  private static MimeBundle render(Object value) {
    try (Pictures pictures = new Pictures(warning -> {})) {
      Renderer<?> renderer =
          Renderers.of(pictures).stream()
              .filter(one -> one.type().isInstance(value))
              .findFirst()
              .orElseThrow();
      return ((Renderer<Object>) renderer).render(value);
    }
  }

  private static Results results(Metric metric, double host, int rounds, String engine) {
    Random random = new Random(1);
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (String setting : List.of("host", "veth")) {
        double share = setting.equals("host") ? 1 : 0.81;
        double value = host * share * (1 + 0.01 * random.nextGaussian());
        samples.add(sample(setting, round, Measurement.of(metric, value, engine)));
      }
    }
    return with(
        samples,
        List.of(
            new Warning(Warning.Kind.CONTAMINATED, "One run of 20 was disturbed."),
            new Warning(Warning.Kind.SKIPPED, "ipvlan did not run.")));
  }

  private static Sample sample(String setting, int round, Measurement measurement) {
    Load load = round == 4 && setting.equals("veth") ? BUSY : Load.UNKNOWN;
    return new Sample(
        setting, round, 1, measurement, load, Map.of(), Instant.EPOCH, Duration.ofMillis(5032));
  }

  private static Results with(List<Sample> samples, List<Warning> warnings) {
    return new Results(
        "Is a container slower than its host?",
        "host",
        10,
        1,
        1,
        List.of("host", "veth", "ipvlan"),
        samples,
        List.of(new Skipped("ipvlan", "needs ipvlan: this Linux has none")),
        warnings,
        machine());
  }

  private static MachineRecord machine() {
    return new MachineRecord(
        "6.18.44",
        "",
        2,
        Map.of(),
        "",
        "tsc",
        "none",
        8L << 30,
        "cubic",
        "17.0.15",
        0.4,
        Map.of("netperf", "2.7.0"),
        Instant.EPOCH);
  }
}
