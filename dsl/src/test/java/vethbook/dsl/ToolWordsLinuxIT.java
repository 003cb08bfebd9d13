package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Folders;
import vethbook.measure.Results;
import vethbook.tool.Fping;
import vethbook.tool.Iperf3Result;
import vethbook.tool.Perf;
import vethbook.tool.Redis;
import vethbook.tool.Sockperf;
import vethbook.tool.Tool;
import vethbook.tool.WebServer;
import vethbook.tool.Wrk;

/** The words for tools, with the tools. */
class ToolWordsLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void wire() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '10.77.0.0/24'
        """);
  }

  @AfterEach
  void close() {
    cells.close();
    assertThat(left()).isEmpty();
  }

  private static List<String> left() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().command().orElse(""))
        .filter(command -> Tool.names().stream().anyMatch(name -> command.endsWith("/" + name)))
        .toList();
  }

  private static void need(Tool... tools) {
    for (Tool tool : tools) {
      assumeTrue(tool.absence().isEmpty(), () -> "skipped: " + tool.absence().orElse(""));
    }
  }

  private <T> T run(String cell, Class<T> type) {
    return type.cast(Objects.requireNonNull(cells.run(cell)));
  }

  @Test
  void iperf3ShowsAStreamOverTime() {
    need(Tool.IPERF3);
    Iperf3Result result =
        run(
            "iperf3 from: client, to: server, time: 1.seconds, interval: 0.25.seconds, streams: 2",
            Iperf3Result.class);
    assertThat(result.bitsPerSecond()).isGreaterThan(1e6);
    assertThat(result.intervals()).hasSizeBetween(3, 5);
    assertThat(result.maxCwndBytes()).isGreaterThan(1000);
    assertThat(result.clientCpuPercent()).isPositive();
    Table table = run("iperf3(from: client, to: server, time: 1.seconds).table", Table.class);
    assertThat(table.columnNames()).contains("time (s)", "throughput (bit/s)", "cwnd (bytes)");
  }

  @Test
  void iperf3SendsBackAndDatagramsAtARate() {
    need(Tool.IPERF3);
    Iperf3Result reverse =
        run("iperf3 from: client, to: server, time: 1.seconds, reverse: true", Iperf3Result.class);
    assertThat(reverse.bitsPerSecond()).isGreaterThan(1e6);
    Iperf3Result udp =
        run(
            "iperf3 from: client, to: server, time: 1.seconds, udp: true, rate: 20.mbit",
            Iperf3Result.class);
    assertThat(udp.sentBitsPerSecond()).isBetween(15e6, 25e6);
    assertThat(udp.lostPercent()).isBetween(0.0, 100.0);
  }

  @Test
  void anExperimentTakesWhatAToolShows() {
    need(Tool.IPERF3);
    ExperimentResult result =
        run(
            """
            experiment('streams', rounds: 1, warmUp: false) {
                setting('one', needs: 'iperf3') { iperf3 from: client, to: server, time: 1.seconds }
                setting('two') { iperf3 from: client, to: server, time: 1.seconds, streams: 2 }
            }
            """,
            ExperimentResult.class);
    Results results = result.getResults();
    assertThat(results.metrics().get(0).toString()).isEqualTo("throughput (bit/s)");
    assertThat(results.metrics()).anyMatch(metric -> metric.name().equals("retransmissions"));
    assertThat(results.samples()).hasSize(2);
  }

  @Test
  void errorsOfIperf3AreExplained() {
    need(Tool.IPERF3);
    assertThatThrownBy(() -> cells.run("iperf3 from: client, to: '10.77.0.99', time: 1.seconds"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot measure iperf3 TCP from netns client to 10.77.0.99");
    assertThatThrownBy(() -> cells.run("iperf3 from: client, to: server, time: 1.5.seconds"))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> cells.run("iperf3 from: client, to: server, time: 1"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("without a unit");
    assertThatThrownBy(
            () ->
                cells.run("iperf3 from: client, to: server, time: 1.seconds, congestion: 'nosuch'"))
        .hasMessageContaining("TCP_CONGESTION");
    cells.run("other = start server, 'iperf3', '-s'\nother.await port: 5201");
    assertThatThrownBy(() -> cells.run("iperf3 from: client, to: server, time: 1.seconds"))
        .hasMessageContaining("another program listens on TCP port 5201")
        .hasMessageContaining("5202");
    assertThat(
            run("iperf3 from: client, to: server, time: 1.seconds, port: 5202", Iperf3Result.class)
                .bitsPerSecond())
        .isPositive();
    cells.run("other.stop()");
  }

  @Test
  void aMissingToolIsSkippedVisibly() {
    assertThatThrownBy(() -> cells.run("linux.has 'iperf'"))
        .hasMessageContaining("did you mean iperf3");
    assertThat(cells.run("linux.has 'ping'")).isEqualTo(true);
  }

  @Test
  void sockperfTellsWhatWasReceived() {
    need(Tool.SOCKPERF);
    Sockperf.Result flood =
        run(
            "sockperf from: client, to: server, mode: 'throughput', time: 1.seconds, processes: 2",
            Sockperf.Result.class);
    assertThat(flood.receivedPerSecond()).isBetween(100.0, flood.sentPerSecond());
    Sockperf.Result pingPong =
        run("sockperf from: client, to: server, time: 1.seconds, tcp: true", Sockperf.Result.class);
    assertThat(pingPong.latencies().get("p50")).isBetween(1.0, 1e6);
    assertThatThrownBy(() -> cells.run("sockperf from: client, to: '10.77.0.99', time: 1.seconds"))
        .hasMessageContaining("No messages were received");
  }

  @Test
  void wrkStartsAWebServerWhereNoneIs() {
    need(Tool.WRK, Tool.NGINX);
    Wrk.Result alone =
        run("wrk from: client, to: server, time: 1.seconds, connections: 4", Wrk.Result.class);
    assertThat(alone.requestsPerSecond()).isGreaterThan(10);
    assertThat(alone.refusals()).isZero();
    assertThat(left()).isEmpty();

    WebServer web = run("web = nginx server, port: 8080, body: 100.kib", WebServer.class);
    assertThat(run("nginx server, port: 8080, body: 100.kib", WebServer.class)).isSameAs(web);
    assertThat(
            run("wrk from: client, to: server, time: 1.seconds, port: 8080", Wrk.Result.class)
                .requests())
        .isPositive();
    WebServer other = run("nginx server, port: 8080, body: 1.kib", WebServer.class);
    assertThat(other.isAlive()).isTrue();
    assertThat(web.isAlive()).isFalse();
    assertThatThrownBy(
            () ->
                cells.run(
                    "wrk from: client, to: '10.77.0.2', port: 81, time: 1.seconds; wrk from:"
                        + " client, to: '10.77.0.99', time: 1.seconds"))
        .hasMessageContaining("nobody answers at TCP port 80");
  }

  @Test
  void redisIsMeasured() {
    need(Tool.REDIS_SERVER, Tool.REDIS_BENCHMARK);
    Redis.Result result =
        run(
            "redisBenchmark from: client, to: server, requests: 5000, size: 100.bytes",
            Redis.Result.class);
    assertThat(result.requestsPerSecond()).isGreaterThan(10);
    assertThat(result.latencies()).containsKeys("mean", "p50", "p99");
    assertThatThrownBy(
            () ->
                cells.run("redisBenchmark from: client, to: server, test: 'nosuch', requests: 10"))
        .isInstanceOf(ExperimentException.class);
  }

  @Test
  void aCaptureSeesPacketsAtEachHop() throws IOException {
    need(Tool.TCPDUMP);
    CapturedPackets packets =
        run(
            """
            capture(client.eth0, server.eth0, filter: 'icmp') { ping from: client, to: server, count: 2 }
            """,
            CapturedPackets.class);
    assertThat(packets.toString()).isEqualTo("4 packets at client.eth0, 4 packets at server.eth0");
    Table table =
        run(
            "capture(client.eth0, filter: 'icmp') { ping from: client, to: server, count: 1"
                + " }.table",
            Table.class);
    assertThat(table.rowCount()).isEqualTo(2);
    assertThat(table.columnNames())
        .contains("time (s)", "at", "length (bytes)", "protocol", "info");
    assertThat(table.stringColumn("source").asList()).containsExactly("10.77.0.1", "10.77.0.2");
    assertThat(packets.getFiles()).hasSize(2).allMatch(Files::exists);
    Path folder = Files.createTempDirectory("saved");
    assertThat(packets.save(folder.toString()))
        .containsExactly(folder.resolve("client.eth0.pcap"), folder.resolve("server.eth0.pcap"));
    cells.session().close();
    assertThat(packets.getFiles()).noneMatch(Files::exists);
    Folders.delete(folder);
  }

  @Test
  void aWrongCaptureIsExplained() {
    need(Tool.TCPDUMP);
    assertThatThrownBy(() -> cells.run("capture(client.eth0, filter: 'no such filter') { 1 }"))
        .hasMessageContaining("Cannot capture at client.eth0")
        .hasMessageContaining("pcap-filter");
    assertThatThrownBy(
            () ->
                cells.run(
                    "vethPair client.x0, server.x0; client.x0.down(); capture(client.x0) { 1 }"))
        .hasMessageContaining("client.x0.up()");
    assertThatThrownBy(() -> cells.run("capture(client) { 1 }")).hasMessageContaining("devices");
    assertThatThrownBy(
            () -> cells.run("capture(client.eth0) { throw new IllegalStateException('mine') }"))
        .hasMessageContaining("mine");
    assertThat(left()).isEmpty();
  }

  @Test
  void fpingAsksManyAtATime() {
    need(Tool.FPING);
    Fping.Result result =
        run(
            "fping from: client, to: [server, '10.77.0.99'], count: 2, timeout: 0.3.seconds",
            Fping.Result.class);
    assertThat(result.targets().get(0).times()).hasSize(2);
    assertThat(result.targets().get(1).isAnswered()).isFalse();
    assertThat(run("fping(from: client, to: server).table", Table.class).rowCount()).isEqualTo(1);
  }

  @Test
  void anyProgramIsMeasuredByWhatItPrints() {
    Measured measured =
        run(
            """
            measure(client, 'sh', '-c', 'echo rate 125; echo time 7') { out ->
                higherIsBetter 'rate', 'requests/s', out.readLines()[0].split()[1]
                lowerIsBetter 'time', 'ms', 7
                transactions 125
            }
            """,
            Measured.class);
    assertThat(measured.toString()).isEqualTo("sh: rate 125.0 requests/s, time 7.0 ms");
    assertThat(measured.transactions()).isEqualTo(125);
    ExperimentResult result =
        run(
            """
            experiment('any', rounds: 1, warmUp: false) {
                setting('a') { measure(client, 'echo', 5) { out -> lowerIsBetter 'time', 's', out } }
                setting('b') { measure(client, 'echo', 6) { out -> lowerIsBetter 'time', 's', out } }
            }
            """,
            ExperimentResult.class);
    assertThat(result.getResults().metrics().get(0).higherIsBetter()).isFalse();
    assertThatThrownBy(() -> cells.run("measure(client, 'echo', 5) { out -> 5 }"))
        .hasMessageContaining("said no number");
    assertThatThrownBy(
            () ->
                cells.run("measure(client, 'echo', 'x') { out -> lowerIsBetter 'time', 's', out }"))
        .hasMessageContaining("Cannot read 'x' as time");
    assertThatThrownBy(
            () -> cells.run("measure(client, 'false') { out -> lowerIsBetter 'time', 's', 1 }"))
        .hasMessageContaining("exit status 1");
    assertThatThrownBy(() -> cells.run("measure client, 'echo', 5")).hasMessageContaining("block");
  }

  @Test
  void perfCountsAndFindsHotFunctions() {
    assumeTrue(Perf.refusal().isEmpty(), () -> "skipped: " + Perf.refusal().orElse(""));
    PerfCounts counts =
        run(
            "perfStat(events: ['context-switches', 'cycles']) { ping from: client, to: server,"
                + " count: 20, interval: 0.01.seconds }",
            PerfCounts.class);
    assertThat(counts.getAt("context-switches")).isGreaterThan(20);
    HotFunctions functions =
        run(
            "perfRecord { run client, 'sh', '-c', 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done' }"
                .replace("$i", "\\$i")
                .replace("$((", "\\$(("),
            HotFunctions.class);
    assertThat(functions.getFunctions()).isNotEmpty();
    assertThatThrownBy(() -> cells.run("perfStat(events: 'irq:nosuch') { 1 }"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot count with perf");
  }
}
