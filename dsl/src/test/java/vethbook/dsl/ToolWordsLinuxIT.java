package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.measure.Results;
import vethbook.tool.Iperf3Result;
import vethbook.tool.Tool;

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
}
