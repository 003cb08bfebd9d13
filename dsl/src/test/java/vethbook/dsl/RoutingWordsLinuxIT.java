package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;

class RoutingWordsLinuxIT {
  private static final String THREE_HOSTS =
      """
      client = netns 'client'
      router = netns 'router'
      server = netns 'server'
      vethPair client.eth0, router.eth0, subnet: '10.1.0.0/24'
      vethPair router.eth1, server.eth0, subnet: '10.2.0.0/24'
      router.forwarding true
      """;

  private final Cells cells = new Cells();

  @BeforeEach
  void build() {
    cells.run(THREE_HOSTS);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aRouteOfAnotherTableIsTakenByARule() {
    String cell =
        """
        server.route 'default', via: router.eth1
        client.route '10.2.0.0/24', via: '10.1.0.2', table: 100
        client.rule to: '10.2.0.0/24', table: 100
        """;
    cells.run(cell);
    int commands = cells.session().lab().commands().size();
    cells.run(cell);

    assertThat(cells.session().lab().commands()).hasSize(commands);
    assertReaches("client", "10.2.0.2");
    assertThat(cells.run("client.routeTo '10.2.0.2'").toString())
        .isEqualTo("10.2.0.2 10.2.0.2/32 via 10.1.0.2 dev eth0 src 10.1.0.1 table 100");
    assertThat(ip("client", "rule")).contains("1000:\tfrom all to 10.2.0.0/24 lookup 100");

    cells.run("client.unrule to: '10.2.0.0/24', table: 100");
    assertThatThrownBy(() -> cells.run("client.routeTo '10.2.0.2'"))
        .hasMessageContaining("Cannot find a way to 10.2.0.2 in netns client")
        .hasMessageContaining("ENETUNREACH");
  }

  @Test
  void aMarkChoosesAnotherWay() {
    cells.run("client.route '10.9.0.0/16', type: 'blackhole', table: 7");
    cells.run("client.rule mark: 1, table: 7; client.route 'default', via: router.eth0");

    assertThat(cells.run("client.routeTo '10.9.0.1'").toString()).contains("via 10.1.0.2");
    assertThatThrownBy(() -> cells.run("client.routeTo '10.9.0.1', mark: 1"))
        .hasMessageContaining("EINVAL");
  }

  @Test
  void routesThatDropAndRoutesWithAMetric() {
    cells.run(
        """
        client.route 'default', via: router.eth0
        client.route 'default', via: router.eth0, metric: 50
        client.route '10.8.0.0/16', type: 'unreachable'
        client.route 'fd00:8::/32', type: 'prohibit'
        """);

    assertThat(ip("client", "route"))
        .contains("default via 10.1.0.2 dev eth0 metric 50")
        .contains("unreachable 10.8.0.0/16");
    assertThat(ip("client", "-6", "route")).contains("prohibit fd00:8::/32");
    cells.run("client.unroute 'default'; client.unroute '10.8.0.0/16'");
    assertThat(ip("client", "route")).doesNotContain("default").doesNotContain("unreachable");
    assertThat(cells.run("client.routes().stringColumn('destination').asList().toString()"))
        .asString()
        .contains("fd00:8::/32");
  }

  @Test
  void aRoutedContainerBehindProxyArpNeedsNoAddressOnTheHostsEnd() {
    String cell =
        """
        box = netns 'box'
        vethPair router.cali1, box.eth0
        box.eth0.address '10.3.0.7/32'
        router.cali1.proxyArp true
        router.route '10.3.0.7/32', dev: router.cali1
        router.route '169.254.1.1/32', type: 'blackhole'
        router.unroute '169.254.1.1/32'
        router.route 'default', dev: router.eth1
        box.route '169.254.1.1/32', dev: box.eth0
        box.route 'default', via: '169.254.1.1', dev: box.eth0
        client.route '10.3.0.0/24', via: router.eth0
        """;
    cells.run(cell);

    assertReaches("box", "10.1.0.1");
    assertThat(ip("box", "neighbour")).contains("169.254.1.1");
  }

  @Test
  void neighboursAreSetForGoodAndProxied() {
    String cell =
        """
        client.eth0.neighbour '10.1.0.9', mac: '02:00:00:00:00:09'
        router.eth0.proxy '10.1.0.8'
        """;
    cells.run(cell);
    int commands = cells.session().lab().commands().size();
    cells.run(cell);

    assertThat(cells.session().lab().commands()).hasSize(commands);
    assertThat(ip("client", "neighbour"))
        .contains("10.1.0.9 dev eth0 lladdr 02:00:00:00:00:09 PERMANENT");
    assertThat(ip("router", "neighbour", "show", "proxy")).contains("10.1.0.8 dev eth0");
    cells.run("client.eth0.neighbour '10.1.0.9', mac: '02:00:00:00:00:0a'");
    assertThat(cells.run("client.neighbours().print()")).asString().contains("02:00:00:00:00:0a");
  }

  @Test
  void aVxlanWithoutLearningIsToldWhereFramesGo() {
    String cell =
        """
        server.route 'default', via: router.eth1
        client.route 'default', via: router.eth0
        vxlan client.vx0, id: 7, local: '10.1.0.1', learning: false, address: '10.7.0.1/24'
        vxlan server.vx0, id: 7, local: '10.2.0.2', learning: false, address: '10.7.0.2/24'
        client.vx0.fdb '00:00:00:00:00:00', to: '10.2.0.2'
        server.vx0.fdb '00:00:00:00:00:00', to: '10.1.0.1'
        """;
    cells.run(cell);
    int commands = cells.session().lab().commands().size();
    cells.run(cell);

    assertThat(cells.session().lab().commands()).hasSize(commands);
    assertReaches("client", "10.7.0.2");
    assertThat(cells.run("client.fdb().print()")).asString().contains("10.2.0.2");
  }

  @Test
  void aBridgeIsToldWhichPortAnAddressIsBehind() {
    cells.run("bridge router.br0, ports: [router.eth0]; router.eth0.fdb '02:00:00:00:00:07'");

    assertThat(ip("router", "-d", "link", "show", "eth0")).contains("bridge_slave");
    assertThat(cells.run("run router, 'bridge', 'fdb', 'show', 'dev', 'eth0'"))
        .asString()
        .contains("02:00:00:00:00:07 master br0 static");
  }

  @Test
  void aPacketThatWouldNotBeForwardedSaysWhy() {
    cells.run("router.forwarding false");
    String question = "router.routeTo '10.2.0.2', from: '10.1.0.1', in: router.eth0";
    assertThatThrownBy(() -> cells.run(question))
        .hasMessageContaining("EHOSTUNREACH")
        .hasMessageContaining("router.forwarding true");

    cells.run("router.forwarding true");
    assertThat(cells.run(question)).asString().contains("dev eth1");
    cells.run("router.sysctl 'net.ipv4.conf.all.rp_filter', 1");
    assertThatThrownBy(
            () -> cells.run("router.routeTo '10.2.0.2', from: '10.2.0.9', in: router.eth0"))
        .hasMessageContaining("rp_filter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          client.rule from: '10.0.0.0/8'                        | Cannot do rule without table:
          client.rule from: '10.0.0.0/8', to: 'fd00::/8', table: 1 | both are IPv4 or both IPv6
          client.rule in: server.eth0, table: 5                 | name a device of netns client
          client.unrule from: '10.0.0.0/8', table: 5            | Cannot find rule
          client.unroute '10.0.0.0/8'                           | its routes: 10.1.0.0/24 dev eth0
          client.route '10.0.0.0/8', type: 'blackhole', via: '10.1.0.2' | leave out via: and dev:
          client.route '10.0.0.0/8', type: 'blackhol'           | it is one of unicast
          client.eth0.neighbour '10.1.0.9'                      | Cannot do neighbour without mac:
          client.eth0.neighbour '10.1.0.9', mac: 'x'            | six bytes in hexadecimal
          client.eth9.proxyArp true                             | did you mean eth0?
          client.eth0.removeAddress '10.9.9.9/24'               | it has [10.1.0.1/24]
          client.routeTo 'nowhere'                              | Cannot read 'nowhere' as an IP
          """)
  void aMistakeIsOneClearError(String cell, String expected) {
    var before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
  }

  private void assertReaches(String netns, String address) {
    assertThat(cells.run("run %s, 'ping', '-c', 1, '-W', 5, '%s'".formatted(netns, address)))
        .asString()
        .contains("1 received");
  }

  private String ip(String netns, String... words) {
    return String.valueOf(
        cells.run("run %s, 'ip', '%s'".formatted(netns, String.join("', '", words))));
  }
}
