package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class Iperf3JsonTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Iperf3.Plan plan(boolean isUdp, Duration time, Duration interval) {
    Ends ends = new Ends(netns, netns, Cidr.parseAddress("10.77.0.2"), Set.of(0), Set.of(1), -20);
    return new Iperf3.Plan(
        ends, 5201, time, Duration.ZERO, interval, 2, false, isUdp, 0, 0, "", 0, 0);
  }

  private Iperf3Result read(String out, boolean isUdp, Duration interval) {
    return Iperf3Json.read(
        plan(isUdp, Duration.ofSeconds(1), interval),
        "iperf3 3.12",
        new Command.Output(0, out, "", Duration.ofSeconds(1)));
  }

  private Iperf3Result recorded(String name, boolean isUdp) {
    return read(Recorded.text(name), isUdp, Duration.ofMillis(200));
  }

  @Test
  void readsParallelStreams() {
    Iperf3Result result = recorded("iperf3-3.12-tcp.json", false);
    assertThat(result.bitsPerSecond()).isCloseTo(6735404688.64, within(1.0));
    assertThat(result.sentBitsPerSecond()).isGreaterThan(result.bitsPerSecond());
    assertThat(result.retransmissions()).isEqualTo(796);
    assertThat(result.meanRttMicros()).isEqualTo((698 + 542) / 2.0);
    assertThat(result.maxCwndBytes()).isEqualTo(2258880);
    assertThat(result.clientCpuPercent()).isCloseTo(37.0, within(0.1));
    assertThat(result.serverCpuPercent()).isCloseTo(35.4, within(0.1));
    assertThat(result.congestion()).isEqualTo("bbr");
    assertThat(result.jitterMicros()).isNaN();
    assertThat(result.intervals()).hasSize(5);
    Iperf3Result.Interval first = result.intervals().get(0);
    assertThat(first.retransmissions()).isEqualTo(80);
    assertThat(first.cwndBytes()).isEqualTo(1117856 + 1511712);
    assertThat(first.rttMicros()).isEqualTo(460);
    assertThat(result.rows().get(0).keySet())
        .containsExactly(
            "time (s)", "throughput (bit/s)", "retransmissions", "cwnd (bytes)", "rtt (µs)");
    assertThat(result.figures().get(0))
        .isEqualTo(Figure.higher("throughput", "bit/s", result.bitsPerSecond()));
    assertThat(result.of("retransmissions")).isEqualTo(796);
    assertThat(result.toString())
        .isEqualTo(
            "TCP: 6.74 Gbit/s, 796 retransmissions (engine: iperf3 3.12, cpus 0 and 1, nice -20)");
  }

  @Test
  void zerosThatMeanUnknownAreNotKnown() {
    Iperf3Result result = recorded("iperf3-3.12-tcp-reverse.json", false);
    assertThat(result.bitsPerSecond()).isCloseTo(5856847056.95, within(1.0));
    assertThat(result.retransmissions()).isEqualTo(495);
    assertThat(result.meanRttMicros()).isNaN();
    assertThat(result.maxCwndBytes()).isNaN();
    assertThat(result.intervals().get(0).retransmissions()).isNaN();
  }

  @Test
  void datagramsCountWhereTheyArrive() {
    Iperf3Result result = recorded("iperf3-3.12-udp-reverse.json", true);
    assertThat(result.bitsPerSecond()).isCloseTo(1353272620.5, within(1.0));
    assertThat(result.sentBitsPerSecond()).isCloseTo(1420702480.6, within(1.0));
    assertThat(result.lostPercent()).isCloseTo(4.74, within(0.01));
    assertThat(result.jitterMicros()).isCloseTo(6.95, within(0.01));
    assertThat(result.outOfOrder()).isZero();
    assertThat(result.retransmissions()).isNaN();
    assertThat(result.rows().get(0)).containsEntry("lost", 3007.0);
    assertThat(result.toString()).contains("4.74 % of 1.42 Gbit/s lost");
    assertThat(recorded("iperf3-3.12-udp.json", true).lostPercent()).isZero();
  }

  /** Versions before 3.7 have one sum, of what was sent. */
  @Test
  void whatArrivedIsFoundInTheOneSumOfOldVersions() {
    String old =
        "{\"intervals\":[],\"end\":{\"streams\":[],\"sum\":{\"bits_per_second\":1000.0,"
            + "\"jitter_ms\":-nan,\"lost_packets\":25,\"packets\":100}}}";
    Iperf3Result result = read(old, true, Duration.ofSeconds(1));
    assertThat(result.bitsPerSecond()).isEqualTo(750);
    assertThat(result.sentBitsPerSecond()).isEqualTo(1000);
    assertThat(result.jitterMicros()).isNaN();
    assertThat(result.clientCpuPercent()).isNaN();
  }

  @Test
  void linesAroundTheJsonDoNotMatter() {
    String text =
        "warning: UDP block size 9000 exceeds TCP MSS 1448\n"
            + Recorded.text("iperf3-3.12-tcp.json")
            + "\niperf3: done\n";
    assertThat(read(text, false, Duration.ofMillis(200)).retransmissions()).isEqualTo(796);
  }

  @Test
  void theRestOfTheLastIntervalIsNoInterval() {
    String text = Recorded.text("iperf3-3.12-tcp-reverse.json");
    assertThat(read(text, false, Duration.ofMillis(500)).intervals()).hasSize(2);
    // asked for one every 10 s, these are rests
    assertThat(read(text, false, Duration.ofSeconds(10)).intervals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "refused, Connection refused, name a netns",
    "busy, the server is busy running a test, another port",
    "noroute, Connection timed out, diagnose",
    "badcc, unable to set TCP_CONGESTION, tcp_allowed_congestion_control"
  })
  void anErrorIsOneWithAnExitStatusOfZeroToo(String recording, String said, String next) {
    assertThatThrownBy(() -> recorded("iperf3-3.12-" + recording + ".json", false))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot measure iperf3 TCP from netns host to 10.77.0.2")
        .hasMessageContaining(said)
        .hasMessageContaining(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "}{",
        "{",
        "{}",
        "{\"end\":{\"sum_received\":{\"bits_per_second\":null}}}",
        "[1]"
      })
  void anOutputWithoutAResultIsAnErrorThatShowsIt(String out) {
    assertThatThrownBy(() -> read(out, false, Duration.ofSeconds(1)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("no result in what iperf3 printed (exit status 0)");
  }

  @Test
  void aCutOffOutputIsAnError() {
    String text = Recorded.text("iperf3-3.12-tcp.json");
    for (int length = 0; length < text.length() - 3; length += 97) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> read(cut, false, Duration.ofSeconds(1)))
          .isInstanceOf(ExperimentException.class);
    }
  }

  @Test
  void aPlanBecomesArguments() {
    assertThat(Iperf3.arguments(plan(true, Duration.ofSeconds(2), Duration.ofMillis(250))))
        .containsSubsequence("-c", "10.77.0.2", "-J", "-p", "5201", "-t", "2", "-i", "0.250")
        .containsSubsequence("-P", "2")
        .containsSubsequence("-u", "-b", "0")
        .doesNotContain("-R", "-l", "-w");
    assertThat(Iperf3.arguments(plan(false, Duration.ofSeconds(2), Duration.ofMillis(250))))
        .doesNotContain("-b", "-u");
  }

  @ParameterizedTest
  @CsvSource({"1500, 1000, whole seconds", "1000, 50, 0.1 to 60 seconds", "1000, 61000, 0.1 to 60"})
  void whatIperf3WouldRoundIsRefused(long time, long interval, String said) {
    assertThatThrownBy(
            () ->
                Iperf3.arguments(plan(false, Duration.ofMillis(time), Duration.ofMillis(interval))))
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iperf 3.12 (cJSON 1.7.15) Linux vm 6.18|3.12",
        "sockperf, version 3.7-no.git|3.7-no.git",
        "wrk debian/4.1.0-3+b2 [epoll] Copyright|4.1.0-3+b2",
        "nginx version: nginx/1.22.1|1.22.1",
        "Redis server v=7.0.15 sha=00000000:0|7.0.15",
        "redis-benchmark 7.0.15|7.0.15",
        "fping: Version 5.1|5.1",
        "perf version 6.1.192|6.1.192",
        "Netperf version 2.7.0|2.7.0",
        "memtier_benchmark 1.4.0|1.4.0",
        "no such thing|of unknown version"
      })
  void versionsAreFoundInWhatToolsSay(String said, String version) {
    assertThat(Tool.version(said)).isEqualTo(version);
  }
}
