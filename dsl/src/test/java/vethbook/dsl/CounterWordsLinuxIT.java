package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.sockdiag.TcpFlow;

class CounterWordsLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void wire() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '10.78.0.0/24'
        ping from: client, to: server, count: 1     // neighbours know each other then
        """);
  }

  @AfterEach
  void close() {
    cells.close();
  }

  private Counted counted(String cell) {
    return (Counted) Objects.requireNonNull(cells.run(cell));
  }

  @Test
  void namespacesCountApart() {
    Counted counted =
        counted("counters(client, server) { ping from: client, to: server, count: 4 }");
    assertThat(counted.getAt("client:Icmp.OutEchos")).isEqualTo(4);
    assertThat(counted.getAt("server:Icmp.OutEchos")).isZero();
    assertThat(counted.getAt("server:Icmp.InEchos")).isEqualTo(4);
    assertThat(counted.getAt("server:dev.eth0.rx_packets")).isGreaterThanOrEqualTo(4);
    assertThat(counted.getAt("softnet.processed")).isGreaterThanOrEqualTo(8);
    assertThat(counted.getAt("stat.ctxt")).isPositive();
    assertThat(Objects.requireNonNull(counted.getValue()).toString()).contains("4 of 4 answered");
    assertThat(counted.toString()).startsWith("counted client, server, machine during");
    Table table = counted.table("Icmp.*Echos");
    assertThat(table.rowCount()).isEqualTo(4);
    assertThat(cells.run("counters(client) { 1 }[client, 'Icmp.InEchos']")).isEqualTo(0L);
  }

  @Test
  void sharesBetweenRoundTrips() {
    Counted counted =
        counted(
            "counters(server) { netperf TCP_RR, from: client, to: server, transactions: 2000,"
                + " engine: 'built-in' }");
    assertThat(counted.getTransactions()).isGreaterThanOrEqualTo(7000);
    assertThat(counted.perTransaction("Tcp.InSegs")).isBetween(0.9, 2.5);
    assertThat(counted.getTable().columnNames()).contains("per transaction");
  }

  @Test
  void readsThemOverTime() {
    Counted counted =
        counted(
            "counters(client, interval: 0.05.seconds, only: 'Icmp.*') {"
                + " ping from: client, to: server, count: 5, interval: 0.1.seconds }");
    Table series = counted.getSeries();
    assertThat(series.rowCount()).isBetween(3, 20);
    assertThat(series.columnNames()).contains("time (s)", "client:Icmp.OutEchos");
    assertThat(series.longColumn("client:Icmp.OutEchos").sum()).isBetween(3.0, 5.0);
    assertThatThrownBy(() -> cells.run("counters(client) { 1 }.series"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("interval:");
  }

  @Test
  void rulesAndDriversCountToo() {
    assumeTrue(Command.find("nft").isPresent(), "skipped: nft is not installed");
    Counted counted =
        counted(
            """
            rule = server.drop protocol: 'icmp', chain: 'input'
            counters(server) { ping from: client, to: server, count: 2, timeout: 0.2.seconds }
            """);
    Table rules = counted.table("nft.*packets");
    assertThat(rules.rowCount()).isPositive();
    assertThat(rules.longColumn("growth").sum()).isGreaterThanOrEqualTo(2);
    assertThat(counted.table("ethtool.eth0.*").rowCount()).isPositive();
  }

  @Test
  void wrongNamesAndWordsAreExplained() {
    assertThatThrownBy(() -> cells.run("counters(client) { 1 }['TcpExt.TCPFastRetran']"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("did you mean TcpExt.TCPFastRetrans");
    assertThatThrownBy(() -> cells.run("counters(client, server) { 1 }['Icmp.InEchos']"))
        .hasMessageContaining("say 'client:Icmp.InEchos' or 'server:Icmp.InEchos'");
    assertThatThrownBy(() -> cells.run("counters client")).hasMessageContaining("without a block");
    assertThatThrownBy(() -> cells.run("counters('client') { }"))
        .hasMessageContaining("say namespaces");
    assertThatThrownBy(() -> cells.run("counters(client, interval: 5) { }"))
        .hasMessageContaining("without a unit");
    assertThatThrownBy(
            () -> cells.run("counters(client) { throw new IllegalStateException('mine') }"))
        .hasMessageContaining("mine");
  }

  @Test
  void anExperimentKeepsTheCountersOfEachNamespace() {
    ExperimentResult result =
        (ExperimentResult)
            Objects.requireNonNull(
                cells.run(
                    """
                    experiment('counted', rounds: 2, warmUp: false, counters: 'TcpExt.TCPPureAcks') {
                        setting('small') { netperf TCP_RR, from: client, to: server, transactions: 500, engine: 'built-in' }
                        setting('large') {
                            netperf TCP_RR, from: client, to: server, transactions: 500, request: 20.kib, engine: 'built-in'
                        }
                    }
                    """));
    Table table = result.perTransaction("server:Tcp.InSegs", "softnet.processed");
    assertThat(table.name())
        .contains("whole machine", "softnet.processed")
        .doesNotContain("Tcp.InSegs");
    assertThat(table.doubleColumn("server:Tcp.InSegs (per transaction)").getDouble(0))
        .isBetween(0.9, 2.5);
    assertThat(result.perTransaction("client:Tcp.OutSegs").name()).isEmpty();
    assertThat(result.counters("client:TcpExt.TCPPureAcks").rowCount()).isEqualTo(2);
    assertThat(result.getResults().samples().get(0).counters())
        .containsKeys(
            "client:dev.eth0.tx_packets", "server:TcpExt.TCPFastRetrans", "softirq.NET_RX")
        .doesNotContainKey("client:TcpExt.TCPKeepAlive");
    assertThatThrownBy(() -> result.perTransaction("Tcp.InSegs"))
        .hasMessageContaining("did you mean client:Tcp.InSegs or server:Tcp.InSegs?");
    assertThatThrownBy(() -> result.counters("TcpExt.TCPKeepAlive"))
        .hasMessageContaining("counters: ['TcpExt.*'] keeps more".replace("'] keeps", "']) keeps"));
  }

  @Test
  void tellsOfConnectionsOverTime() {
    TcpSeries series =
        (TcpSeries)
            Objects.requireNonNull(
                cells.run(
                    "tcpInfo(client, interval: 20.milliseconds) { netperf TCP_STREAM, from: client,"
                        + " to: server, time: 1.seconds, engine: 'built-in' }"));
    assertThat(series.getFlows()).hasSize(1);
    TcpFlow flow = series.getFlows().get(0);
    assertThat(flow.local()).startsWith("10.78.0.1:");
    assertThat(flow.remote()).startsWith("10.78.0.2:");
    assertThat(flow.cwnd()).isPositive();
    assertThat(flow.rttMicros()).isPositive();
    assertThat(flow.mss()).isBetween(500L, 1500L);
    assertThat(flow.bytesSent()).isGreaterThan(100_000);
    assertThat(flow.congestion()).isNotEmpty();
    Table table = TabularWords.getTable(series);
    assertThat(table.rowCount()).isGreaterThan(3);
    assertThat(table.columnNames())
        .contains("cwnd (segments)", "rtt (µs)", "reordering (segments)");
    assertThat(
            ((TcpSeries) Objects.requireNonNull(cells.run("tcpInfo server, port: 1"))).getFlows())
        .isEmpty();
    assertThatThrownBy(() -> cells.run("tcpInfo(client, interval: 10.microseconds) { 1 }"))
        .hasMessageContaining("1.milliseconds or more");
  }
}
