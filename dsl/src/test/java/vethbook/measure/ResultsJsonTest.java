package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        Made.MACHINE);
  }

  @Test
  void readsBackWhatItWrote() {
    Results results = full();
    assertThat(Results.fromJson(results.toJson())).isEqualTo(results);
  }

  /** A change that breaks this breaks every notebook that keeps results. */
  @Test
  void keepsTheNamesOfVersion1() {
    assertThat(full().toJson())
        .contains("\"format\" : \"vethbook results\"", "\"version\" : 1")
        .contains("\"warmUpRuns\" : 2", "\"took\" : \"PT1.503S\"", "\"loadAverage\" : null")
        .contains("\"softirq.NET_RX\" : 1099511627776");
  }

  @Test
  void refusesANewerFormat() {
    String newer = full().toJson().replace("\"version\" : 1", "\"version\" : 2");
    assertThatThrownBy(() -> Results.fromJson(newer))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("version 2, known is up to 1");
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
