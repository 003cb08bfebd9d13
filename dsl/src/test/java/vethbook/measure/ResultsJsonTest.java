package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.ExperimentException;

class ResultsJsonTest {
  private static Results full() {
    Measurement measurement =
        Measurement.of(Metric.THROUGHPUT, 1.25e10, "netperf 2.7.0")
            .with(Metric.latency("p99"), 21.5)
            .with(new Metric("retransmissions", "", false), Double.NaN)
            .transactions(12);
    Sample sample =
        new Sample(
            "veth",
            3,
            2,
            measurement,
            Load.UNKNOWN,
            Map.of("softirq.NET_RX", 1L << 40),
            Instant.parse("2026-11-21T08:00:00.123456Z"),
            Duration.ofMillis(1503));
    return new Results(
        "Ist es «langsamer»?",
        "host",
        10,
        -5,
        2,
        List.of("host", "veth"),
        List.of(sample),
        List.of(new Skipped("ipvlan", "needs ipvlan")),
        List.of(new Warning(Warning.Kind.INTERRUPTED, "Interrupted in round 3 of 10.")),
        Made.MACHINE,
        new Setup(List.of("ip netns add client"), Map.of("client.eth0 mtu", "1500")));
  }

  @Test
  void readsBackWhatItWrote() {
    Results results = full();
    assertThat(Results.fromJson(results.toJson())).isEqualTo(results);
  }

  /** A change that breaks this breaks every notebook that keeps results. */
  @Test
  void keepsTheNames() {
    assertThat(full().toJson())
        .contains("\"format\" : \"vethbook results\"", "\"version\" : 2")
        .contains("\"warmUpRuns\" : 2", "\"took\" : \"PT1.503S\"", "\"loadAverage\" : null")
        .contains("\"softirq.NET_RX\" : 1099511627776");
  }

  /** Files that earlier versions of Vethbook have written are never changed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsWhatEveryVersionWrote(int version) throws IOException {
    Results results;
    try (InputStream stored =
        ResultsJsonTest.class.getResourceAsStream("results-version-%d.json".formatted(version))) {
      results = Results.fromJson(new String(stored.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(results.title()).isEqualTo("Is veth slower?");
    assertThat(results.samples()).hasSize(12);
    assertThat(results.compare().change("veth").orElseThrow().verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(results.setup().commands()).hasSize(version == 1 ? 0 : 1);
    Double frequency = results.samples().get(0).load().frequency();
    assertThat(frequency)
        .isEqualTo(version == 1 ? Double.valueOf(Double.NaN) : Double.valueOf(2600));
  }

  @Test
  void refusesANewerFormat() {
    String newer = full().toJson().replace("\"version\" : 2", "\"version\" : 3");
    assertThatThrownBy(() -> Results.fromJson(newer))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("version 3, known is up to 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{}", "7", "{\"format\": \"vethbook results\", \"version\": 1}"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> Results.fromJson(text))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot read results");
  }

  @Test
  void refusesFieldsOfAnotherKind() {
    String json = full().toJson();
    for (String broken :
        List.of(
            json.replace("PT1.503S", "soon"),
            json.replace("INTERRUPTED\"", "TIRED\""),
            json.replace("\"value\" : 1.25E10", "\"value\" : \"much\""),
            json.replace("\"value\" : 1.25E10", "\"value\" : null"))) {
      assertThat(broken).isNotEqualTo(json);
      assertThatThrownBy(() -> Results.fromJson(broken))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("Cannot read results");
    }
  }
}
