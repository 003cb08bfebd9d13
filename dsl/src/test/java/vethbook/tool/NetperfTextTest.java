package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;

class NetperfTextTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private TrafficPlan plan(NetperfTest test, Duration time, long transactions) {
    return new TrafficPlan(
        test,
        netns,
        null,
        Cidr.parseAddress("10.77.0.2"),
        time,
        transactions,
        100,
        200,
        Set.of(0, 1),
        Set.of(1),
        -20);
  }

  private TrafficResult parsed(NetperfTest test) {
    String text = Recorded.text("netperf-2.7.0-" + test + ".txt");
    return Netperf.parse(plan(test, Duration.ofSeconds(1), 0), "2.7.0", text);
  }

  @Test
  void readsRoundTripsWithTheirLatencies() {
    TrafficResult result = parsed(NetperfTest.TCP_RR);
    assertThat(result.value()).isEqualTo(70747.27);
    assertThat(result.unit()).isEqualTo("transactions/s");
    assertThat(result.latencies())
        .containsEntry("mean", 14.09)
        .containsEntry("p50", 14.0)
        .containsEntry("p90", 15.0)
        .containsEntry("p99", 16.0)
        .containsEntry("max", 411.0);
    assertThat(result.others()).containsEntry("cpu use (%)", 50.0);
    assertThat(result.transactions()).isEqualTo(70747);
    assertThat(result.engine()).isEqualTo("netperf 2.7.0");
    assertThat(result.raw()).contains("THROUGHPUT=70747.27");
    assertThat(result.toString())
        .isEqualTo(
            "TCP_RR: 70\u202f747 transactions/s, p50 14.0 µs"
                + " (engine: netperf 2.7.0, cpus 0-1 and 1, nice -20)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP_STREAM", "TCP_MAERTS", "UDP_STREAM"})
  void readsStreamsInBitsPerSecond(String test) {
    TrafficResult result = parsed(NetperfTest.valueOf(test));
    assertThat(result.value()).isBetween(1e9, 1e11);
    assertThat(result.unit()).isEqualTo("bit/s");
    assertThat(result.transactions()).isZero();
    assertThat(result.latencies()).isEmpty();
  }

  @Test
  void aDatagramStreamCountsWhatArrives() {
    TrafficResult result = parsed(NetperfTest.UDP_STREAM);
    assertThat(result.others().get("sent (bit/s)")).isGreaterThanOrEqualTo(result.value());
  }

  @Test
  void whatNetperfCouldNotFindOutIsLeftOut() {
    String text = Recorded.text("netperf-2.7.0-TCP_CRR.txt");
    assertThat(text).contains("LOCAL_TRANSPORT_RETRANS=-1");
    TrafficResult result =
        Netperf.parse(plan(NetperfTest.TCP_CRR, Duration.ofSeconds(1), 300), "2.7.0", text);
    assertThat(result.others()).doesNotContainKey("retransmissions");
    assertThat(result.transactions()).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "THROUGHPUT=", "THROUGHPUT=much\nELAPSED_TIME=1.00", "=\n=="})
  void anOutputWithoutTheFigureIsAnErrorThatShowsIt(String output) {
    assertThatThrownBy(
            () ->
                Netperf.parse(plan(NetperfTest.TCP_RR, Duration.ofSeconds(1), 0), "2.7.0", output))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot find THROUGHPUT in what netperf said about TCP_RR");
  }

  @Test
  void anUnknownUnitIsNotGuessed() {
    String text = Recorded.text("netperf-2.7.0-TCP_STREAM.txt").replace("10^6bits/s", "MBytes/s");
    assertThatThrownBy(
            () -> Netperf.parse(plan(NetperfTest.TCP_STREAM, Duration.ofSeconds(1), 0), "2", text))
        .hasMessageContaining("THROUGHPUT_UNITS");
  }

  @Test
  void timeAndTransactionsBecomeNetperfsLength() {
    assertThat(Netperf.arguments(plan(NetperfTest.TCP_RR, Duration.ofSeconds(3), 0)))
        .containsSubsequence("netperf", "-H", "10.77.0.2", "-t", "TCP_RR", "-l", "3")
        .containsSubsequence("--", "-r", "100,200");
    assertThat(Netperf.arguments(plan(NetperfTest.UDP_RR, Duration.ofSeconds(3), 500)))
        .containsSubsequence("-l", "-500");
    assertThat(Netperf.arguments(plan(NetperfTest.TCP_STREAM, Duration.ofSeconds(1), 0)))
        .doesNotContain("-r");
  }

  /** netperf would run for another time than was asked for. */
  @ParameterizedTest
  @ValueSource(longs = {0, 300, 1500})
  void refusesATimeThatIsNotWholeSeconds(long millis) {
    assertThatThrownBy(
            () -> Netperf.arguments(plan(NetperfTest.TCP_RR, Duration.ofMillis(millis), 0)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("for " + millis + " ms")
        .hasMessageContaining("whole seconds");
  }

  @Test
  void aStreamIsNotCountedInTransactions() {
    assertThatThrownBy(
            () -> Netperf.arguments(plan(NetperfTest.TCP_STREAM, Duration.ofSeconds(1), 500)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("has no transactions");
  }
}
