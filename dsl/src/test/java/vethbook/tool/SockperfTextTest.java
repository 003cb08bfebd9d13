package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;

class SockperfTextTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Sockperf.Plan plan(Sockperf.Mode mode, int size, int processes) {
    Ends ends = new Ends(netns, netns, Cidr.parseAddress("10.77.0.2"), Set.of(0), Set.of(1), 0);
    return new Sockperf.Plan(ends, 11111, mode, false, Duration.ofSeconds(1), size, 0, processes);
  }

  private Sockperf.Result read(Sockperf.Mode mode, long received, String... outputs) {
    return Sockperf.result(
        plan(mode, 64, outputs.length), "sockperf 3.7", List.of(outputs), received);
  }

  @Test
  void aThroughputIsWhatTheServersReceived() {
    String text = Recorded.text("sockperf-3.7-tp.txt");
    Sockperf.Result result = read(Sockperf.Mode.THROUGHPUT, 36410, text);
    assertThat(result.sentPerSecond()).isCloseTo(72821 / 1.001, within(0.1));
    assertThat(result.receivedPerSecond()).isCloseTo(36410 / 1.001, within(1.0));
    assertThat(result.figures().get(0).name()).isEqualTo("received");
    assertThat(result.of("not received")).isCloseTo(50, within(0.01));

    Sockperf.Result two = read(Sockperf.Mode.THROUGHPUT, 2 * 72821, text, text);
    assertThat(two.receivedPerSecond()).isCloseTo(2 * 72821 / 1.001, within(0.1));
    // warm-up messages are received too
    assertThat(read(Sockperf.Mode.THROUGHPUT, 73000, text).of("not received")).isZero();
    assertThat(read(Sockperf.Mode.THROUGHPUT, -1, text).receivedPerSecond()).isNaN();
  }

  @Test
  void percentilesNeedObservationsBeyondThem() {
    Sockperf.Result result =
        read(Sockperf.Mode.PING_PONG, 23012, Recorded.text("sockperf-3.7-pp.txt"));
    assertThat(result.observations()).isEqualTo(11164);
    assertThat(result.latencies())
        .containsEntry("mean", 23.517)
        .containsEntry("p50", 9.362)
        .containsEntry("p99", 56.805)
        .containsEntry("p99.9", 3169.686)
        .containsEntry("max", 6009.206)
        .doesNotContainKeys("p99.99", "p99.999");
    assertThat(result.figures().get(0)).isEqualTo(Figure.latency("mean", 23.517));
    assertThat(result.receivedPerSecond()).isCloseTo(11164 / 0.526, within(1.0));

    Sockperf.Result loaded =
        read(Sockperf.Mode.UNDER_LOAD, 0, Recorded.text("sockperf-3.7-ul.txt"));
    assertThat(loaded.observations()).isEqualTo(26);
    assertThat(loaded.latencies()).containsOnlyKeys("mean", "p50", "p25", "max");
  }

  @Test
  void percentilesOfSeveralProcessesAreNotPutTogether() {
    String text = Recorded.text("sockperf-3.7-pp.txt");
    String other = Recorded.text("sockperf-3.7-tcp-pp.txt");
    Sockperf.Result result = read(Sockperf.Mode.PING_PONG, 0, text, other);
    assertThat(result.latencies()).containsOnlyKeys("mean", "max");
    assertThat(result.latencies().get("mean"))
        .isCloseTo((23.517 * 11164 + 32.544 * 8462) / (11164 + 8462), within(0.001));
    assertThat(result.latencies().get("max")).isEqualTo(8039.115);
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, No messages were received",
    "noroute, Network is unreachable",
    "tcp-refused, Connection refused"
  })
  void anErrorIsTold(String recording, String said) {
    assertThatThrownBy(
            () ->
                read(
                    Sockperf.Mode.PING_PONG,
                    0,
                    Recorded.text("sockperf-3.7-" + recording + ".txt")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot measure sockperf ping-pong from netns host to 10.77.0.2")
        .hasMessageContaining(said)
        .hasMessageContaining("diagnose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Total of 0 messages sent in 1.000 sec", "nonsense"})
  void anOutputWithoutAResultIsAnError(String out) {
    for (Sockperf.Mode mode : Sockperf.Mode.values()) {
      assertThatThrownBy(() -> read(mode, 0, out)).isInstanceOf(ExperimentException.class);
    }
  }

  @Test
  void eachProcessHasAPortOfItsOwn() {
    List<List<String>> clients = Sockperf.clients(plan(Sockperf.Mode.THROUGHPUT, 64, 3));
    assertThat(clients).hasSize(3);
    assertThat(clients.get(2)).containsSubsequence("tp", "-p", "11113", "-m", "64");
    assertThat(Sockperf.clients(plan(Sockperf.Mode.PING_PONG, 64, 1)).get(0))
        .contains("--full-rtt");
    assertThatThrownBy(() -> Sockperf.clients(plan(Sockperf.Mode.PING_PONG, 5, 1)))
        .hasMessageContaining("messages of 5 bytes");
  }
}
