package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.diagnose.Diagnosis;

/** Docker's set-up by hand; each test breaks one thing, and the diagnosis has to name it. */
class DiagnoseLinuxIT {
  private static final String DOCKER =
      """
      server = netns 'server'
      dock = netns 'dock'
      box = netns 'box'
      vethPair dock.eth0, server.eth0, subnet: '192.168.0.0/24'
      vethPair dock.veth1, box.eth0
      box.eth0.address '172.17.0.2/24'
      bridge dock.docker0, ports: [dock.veth1], address: '172.17.0.1/24'
      box.route 'default', via: dock.docker0
      dock.forwarding true
      dock.masquerade '172.17.0.0/24', out: dock.eth0
      filter = { netns, hook, rule -> run netns, 'nft',
          "table inet t { chain c { type filter hook ${hook} priority 0; policy accept; ${rule}; }; }".toString() }
      """;

  private final Cells cells = new Cells();

  @BeforeEach
  void build() {
    cells.run(DOCKER);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void whatWorksIsSaidToWork() {
    Diagnosis found = diagnose("from: box, to: server");

    assertThat(found.works()).as(found::toString).isTrue();
    assertThat(found.finding()).contains("is answered (box → dock → server)");
    assertThat(found.evidence()).anyMatch(line -> line.contains("packets of 1500 bytes"));
    assertThat(cells.run("run dock, 'nft', 'list', 'tables'"))
        .asString()
        .doesNotContain("diagnose");
  }

  /** What is broken, the finding, and the word that mends it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          box.eth0.removeAddress '172.17.0.2/24'       | netns box has no IPv4 address             | box.eth0.address
          box.eth0.down()                              | box.eth0 is down                          | box.eth0.up()
          dock.veth1.down()                            | dock.veth1, the other end of box.eth0, is down | dock.veth1.up()
          run dock, 'ip', 'link', 'set', 'veth1', 'nomaster' | bridge dock.docker0 has no port; dock.veth1 leads to 172.17.0.2 | bridge dock.docker0, ports: [dock.veth1]
          dock.docker0.down()                          | dock.docker0                              | dock.docker0.up()
          dock.docker0.removeAddress '172.17.0.1/24'   | nobody on the link of box.eth0 has the address 172.17.0.1, which the route names as gateway | box.route ..., via:
          box.unroute 'default'                        | netns box has no route to 192.168.0.2     | box.route 'default', via:
          box.route 'default', via: '172.17.0.9'       | nobody on the link of box.eth0 has the address 172.17.0.9 | box.route ..., via:
          dock.forwarding false                        | netns dock does not forward packets       | dock.forwarding true
          filter dock, 'forward', 'drop'               | rule 'drop' of chain inet t c in netns dock drops the request | take the rule away
          filter server, 'input', 'icmp type echo-request drop' | of chain inet t c in netns server drops the request | take the rule away
          filter box, 'output', 'ip daddr 192.168.0.2 drop' | rule 'ip daddr 192.168.0.2 drop' of chain inet t c in netns box | take the rule away
          filter dock, 'postrouting', 'oifname eth0 drop' | of chain inet t c in netns dock drops the request | take the rule away
          filter dock, 'prerouting', 'iifname docker0 drop' | of chain inet t c in netns dock drops the request | take the rule away
          filter dock, 'forward', 'ip saddr 192.168.0.2 drop' | of chain inet t c in netns dock drops the reply | take the rule away
          filter server, 'output', 'drop'              | rule 'drop' of chain inet t c in netns server drops the reply | take the rule away
          run dock, 'nft', 'table inet p { chain f { type filter hook forward priority 0; policy drop; }; }' | policy drop of chain inet p f in netns dock drops the request | take the rule away
          run dock, 'nft', 'flush ruleset'             | netns server has no route to 172.17.0.2   | server.route 'default', via:
          dock.eth0.down()                             | dock.eth0 is down                         | dock.eth0.up()
          server.eth0.down()                           | server.eth0, the other end of dock.eth0, is down | server.eth0.up()
          dock.route '192.168.0.2/32', type: 'blackhole' | route 'blackhole 192.168.0.2/32' of netns dock drops | dock.unroute '192.168.0.2/32'
          dock.route '192.168.0.2/32', type: 'unreachable' | route 'unreachable 192.168.0.2/32' of netns dock drops | dock.unroute
          box.route '192.168.0.0/24', type: 'prohibit' | route 'prohibit 192.168.0.0/24' of netns box drops | box.unroute
          box.eth0.neighbour '172.17.0.1', mac: '02:00:00:00:00:99' | netns box sends to 172.17.0.1 at the wrong MAC address | box.eth0.neighbour '172.17.0.1', mac: '
          server.sysctl 'net.ipv4.icmp_echo_ignore_all', 1 | netns server does not answer echo requests | icmp_echo_ignore_all', 0
          dock.sysctl 'net.ipv4.conf.all.arp_ignore', 8 | netns dock does not answer ARP for 172.17.0.1 | arp_ignore', 0
          box.rule to: '192.168.0.0/24', table: 77, priority: 10; box.route '192.168.0.0/24', type: 'blackhole', table: 77 | route 'blackhole 192.168.0.0/24 table 77' of netns box drops | box.unroute
          """)
  void namesWhatIsBroken(String breakage, String finding, String next) {
    cells.run(breakage);

    Diagnosis found = diagnose("from: box, to: '192.168.0.2'");

    assertThat(found.works()).as(found::toString).isFalse();
    assertThat(found.finding()).as(found::toString).contains(finding);
    assertThat(found.next()).as(found::toString).contains(next);
    assertThat(found.steps().get(found.steps().size() - 1).good()).isFalse();
  }

  @Test
  void aSourceThatWouldComeAnotherWayIsDropped() {
    cells.run(
        """
        dock.sysctl 'net.ipv4.conf.all.rp_filter', 1
        box.eth0.address '10.66.0.1/32'
        box.route '192.168.0.0/24', via: '172.17.0.1', src: '10.66.0.1'
        dock.route '10.66.0.0/16', via: server.eth0
        """);

    Diagnosis found = diagnose("from: box, to: server");

    assertThat(found.finding()).contains("rp_filter").contains("netns dock");
    assertThat(found.next()).contains("docker0.rp_filter', 0");
  }

  @Test
  void aBlackHoleForLongPacketsIsFoundThoughShortOnesPass() {
    cells.run(
        """
        dock.eth0.mtu 1400.bytes
        server.eth0.mtu 1400.bytes
        filter dock, 'output', 'icmp type destination-unreachable drop'
        """);

    Diagnosis found = diagnose("from: box, to: server");

    assertThat(found.finding()).contains("packets of 1500 bytes do not fit through netns dock");
    assertThat(found.next()).contains("fragmentation needed");
  }

  @Test
  void aSmallerMtuThatLinuxIsToldOfIsNoTrouble() {
    cells.run("dock.eth0.mtu 1400.bytes; server.eth0.mtu 1400.bytes");

    assertThat(diagnose("from: box, to: server").works()).isTrue();
  }

  @Test
  void aPortThatNobodyListensOnIsToldFromARuleThatRejects() {
    Diagnosis closed = diagnose("from: box, to: server, port: 80");
    assertThat(closed.finding()).contains("nobody listens on port 80 in netns server");

    cells.run("filter server, 'input', 'tcp dport 80 reject with tcp reset'");
    Diagnosis rejected = diagnose("from: box, to: server, port: 80");
    assertThat(rejected.finding()).contains("tcp dport 80 reject").contains("netns server");
  }

  @Test
  void aRuleThatDropsOnePortIsFoundThoughPingPasses() {
    cells.run("filter dock, 'forward', 'tcp dport 80 drop'");

    assertThat(diagnose("from: box, to: server").works()).isTrue();
    assertThat(diagnose("from: box, to: server, port: 80").finding())
        .contains("rule 'tcp dport 80 drop' of chain inet t c in netns dock drops the request");
  }

  @Test
  void mistakesAreClear() {
    assertThatThrownBy(() -> diagnose("to: server")).hasMessageContaining("without from:");
    assertThatThrownBy(() -> diagnose("from: box, to: 'nowhere'"))
        .hasMessageContaining("Cannot read 'nowhere' as an IP address");
    assertThatThrownBy(() -> diagnose("from: host, to: server"))
        .hasMessageContaining("Cannot diagnose from the host");
  }

  @Test
  void anInterruptedDiagnosisLeavesNoRules() throws InterruptedException {
    cells.run("server.eth0.down()"); // no answer: it waits for one
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread thread = new Thread(() -> diagnose("from: box, to: '192.168.0.2'"), "diagnosis");
    thread.setUncaughtExceptionHandler((t, failure) -> ended.set(failure));
    thread.start();
    Thread.sleep(700);
    thread.interrupt();
    thread.join(10_000);

    assertThat(ended.get()).hasMessageContaining("Interrupted");
    for (String netns : List.of("box", "dock", "server")) {
      assertThat(cells.run("run %s, 'nft', 'list', 'tables'".formatted(netns)))
          .asString()
          .doesNotContain("vethbook_");
    }
  }

  private Diagnosis diagnose(String options) {
    return (Diagnosis) cells.run("diagnose " + options);
  }
}
