package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.bpf.LoadedProgram;
import vethbook.linux.bpf.Program;
import vethbook.linux.process.Command;

/** Cilium's path on veth; the node does not forward, so that only the programs can do it. */
class BpfRedirectLinuxIT {
  private static final String NODE =
      """
      client = netns 'client'
      node = netns 'node'
      box = netns 'box'
      vethPair client.eth0, node.eth0, subnet: '192.168.0.0/24'
      vethPair node.veth0, box.eth0, subnet: '10.0.1.0/24'
      node.eth0.address 'fd00::2/64'
      client.eth0.address 'fd00::1/64'
      node.veth0.address 'fd01::1/64'
      box.eth0.address 'fd01::2/64'
      box.route 'default', via: node.veth0
      box.route '::/0', via: 'fd01::1'
      client.route '10.0.1.0/24', via: node.eth0
      client.route 'fd01::/64', via: 'fd00::2'
      """;
  private static final String REDIRECTS =
      """
      bpfRedirect node.eth0, to: box.eth0
      bpfRedirect node.veth0, to: node.eth0
      """;

  private final Cells cells = new Cells();

  @BeforeEach
  void buildANode() {
    assumeTrue(
        cells.session().features().has("bpf"),
        () -> "skipped: " + cells.session().features().absence("bpf").orElse(""));
    cells.run(NODE);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.0.1", "fd00::1"})
  void twoProgramsCarryAPingPastTheNodesRouting(String client) {
    assertThat(ping("box", client)).contains("0 received");
    cells.run(REDIRECTS);

    assertThat(ping("box", client)).contains("3 received").contains("ttl=64");
  }

  @Test
  void theWayInSkipsTheContainersOtherEnd() {
    cells.run(REDIRECTS);
    ping("box", "192.168.0.1"); // ARP and neighbours are known after it
    long sentBefore = packets("node", "veth0", "tx");
    long receivedBefore = packets("box", "eth0", "rx");
    assertThat(ping("client", "10.0.1.2")).contains("3 received");

    assertThat(packets("node", "veth0", "tx") - sentBefore).isLessThan(3);
    assertThat(packets("box", "eth0", "rx") - receivedBefore).isGreaterThanOrEqualTo(3);
  }

  @Test
  void largeTcpSegmentsTakeThePathToo() {
    cells.run(REDIRECTS);

    assertThat(cells.run("netperf TCP_STREAM, from: client, to: box, time: 1.seconds"))
        .asString()
        .contains("Gbit/s");
    assertThat(cells.run("netperf TCP_RR, from: box, to: client, time: 1.seconds"))
        .asString()
        .contains("trans");
  }

  @Test
  void whatIsForTheNodeItselfStaysThere() {
    cells.run(REDIRECTS);

    assertThat(ping("box", "10.0.1.1")).contains("3 received");
    assertThat(ping("box", "192.168.0.2")).contains("3 received");
    assertThat(ping("box", "fd01::1")).contains("3 received");
    assertThat(ping("client", "192.168.0.2")).contains("3 received");
  }

  @Test
  void onlyTheDestinationsSaidAreRedirected() {
    cells.run(
        """
        box.eth0.address '10.0.1.77/24'
        bpfRedirect node.eth0, to: box.eth0, when: ['10.0.1.64/27', 'fd01::/64']
        bpfRedirect node.veth0, to: node.eth0
        """);

    assertThat(ping("client", "10.0.1.77")).contains("3 received");
    assertThat(ping("client", "fd01::2")).contains("3 received");
    assertThat(ping("client", "10.0.1.2")).contains("0 received");
  }

  @Test
  void twoContainersBehindOneDeviceHaveOneProgram() {
    cells.run(
        REDIRECTS
            + """
            box2 = netns 'box2'
            vethPair node.veth2, box2.eth0, subnet: '10.0.2.0/24'
            box2.route 'default', via: node.veth2
            client.route '10.0.2.0/24', via: node.eth0
            bpfRedirect node.eth0, to: box2.eth0
            bpfRedirect node.veth2, to: node.eth0, neighbour: true
            """);

    assertThat(ping("client", "10.0.1.2")).contains("3 received");
    assertThat(ping("client", "10.0.2.2")).contains("3 received");
    assertThat(cells.run("node.eth0.bpfRedirects.toString()"))
        .isEqualTo(
            "[10.0.1.2/32, fd01::2/128 → box.eth0 (bpf_redirect_peer),"
                + " 10.0.2.2/32 → box2.eth0 (bpf_redirect_peer)]");
  }

  @Test
  void framesThatGoAsTheyAreJoinTwoWiresToOne() {
    cells.run(
        """
        left = netns 'left'
        right = netns 'right'
        vethPair left.eth0, node.l, mtu: 1500.bytes
        vethPair right.eth0, node.r
        left.eth0.address '10.7.0.1/24'
        right.eth0.address '10.7.0.2/24'
        bpfRedirect node.l, to: node.r, neighbour: false
        bpfRedirect node.r, to: node.l, neighbour: false
        """);

    assertThat(ping("left", "10.7.0.2")).contains("3 received");
  }

  @Test
  void theSameWordAgainChangesNothingAndNoneEndsIt() {
    cells.run(REDIRECTS);
    var commands = cells.session().lab().commands();
    int program = program("eth0");
    cells.run(REDIRECTS);

    assertThat(cells.session().lab().commands()).isEqualTo(commands);
    assertThat(program("eth0")).isEqualTo(program);
    assertThat(commands)
        .contains("tc -n node qdisc add dev eth0 clsact")
        .anyMatch(line -> line.startsWith("# ") && line.contains("10.0.1.2/32"));

    cells.run("bpfRedirect node.eth0, when: '10.0.1.0/24', to: box.eth0");
    assertThat(program("eth0")).isNotEqualTo(program);
    cells.run("node.eth0.bpfRedirect to: none\nbpfRedirect node.eth0, to: none");
    assertThat(program("eth0")).isZero();
    assertThat(cells.run("node.eth0.bpfRedirects")).isEqualTo(java.util.List.of());
    assertThat(ping("client", "10.0.1.2")).contains("0 received");
  }

  @Test
  void aDeviceMadeAnewIsRedirectedAnew() {
    cells.run(REDIRECTS);
    cells.run("node.veth0.delete()");
    cells.run(NODE + REDIRECTS);

    assertThat(ping("client", "10.0.1.2")).contains("3 received");
  }

  @Test
  void thePictureAndTheScriptShowWhatIsRedirected() {
    cells.run(REDIRECTS);

    assertThat(LabTopology.of(cells.session().lab()).toString()).contains("bpf → box.eth0");
    String script = String.join("\n", cells.session().lab().commands());
    assertThat(Command.of("sh", "-n").input(script).run(Duration.ofSeconds(5)).exit()).isZero();
    assertThat(script)
        .contains(
            """
            tc -n node qdisc add dev veth0 clsact
            # what arrives at node.veth0, by a BPF program of its own:
            #   0.0.0.0/0, ::/0 → node.eth0 (bpf_redirect_neigh)""");
  }

  @Test
  void aRenamedDeviceKeepsItsProgram() {
    cells.run(REDIRECTS);
    int program = program("eth0");
    cells.run("node.eth0.moveTo(node, 'nic')\nbox.eth0.moveTo(box, 'eth7')");
    cells.run("bpfRedirect node.nic, to: box.eth7, when: ['10.0.1.2', 'fd01::2']");

    assertThat(program("nic")).isEqualTo(program);
    assertThat(cells.run("node.nic.bpfRedirects.toString()")).asString().contains("box.eth7");
  }

  @Test
  void aClsactThatIsThereServes() {
    cells.run(
        """
        run node, 'tc', 'qdisc', 'add', 'dev', 'eth0', 'clsact'
        bpfRedirect node.eth0, to: box.eth0
        """);

    assertThat(program("eth0")).isPositive();
    assertThat(cells.session().lab().commands()).noneMatch(line -> line.startsWith("tc"));
  }

  @Test
  void theFilterOfAnotherProgramStays() {
    Device device = nodeDevice("eth0");
    var filters = device.netns().handle().ingressFilters();
    filters.addClsact(device.existing().index());
    try (LoadedProgram other = LoadedProgram.load(Program.empty(), "other")) {
      filters.attach(device.existing().index(), other, "other");

      assertThatThrownBy(() -> cells.run(REDIRECTS))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("another BPF filter is at its ingress");
      assertThat(program("eth0")).isEqualTo(other.id());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          node.eth0.bpfRedirect()                               | say to: a device such as box.eth0, or none
          bpfRedirect node.eth0, when: '10.0.1.2'               | Cannot do bpfRedirect without to:
          bpfRedirect node.eth0, to: 'box'                      | to: takes a device such as client.eth0
          bpfRedirect node.eth0, to: box.eth1                   | did you mean eth0?
          bpfRedirect node.eth1, to: box.eth0                   | did you mean eth0?
          bpfRedirect node.eth0, to: box.eth0, wen: '10.0.1.2'  | did you mean when:?
          bpfRedirect node.eth0, to: box.eth0, when: '10.0.1.2/24' | the network is 10.0.1.0/24
          bpfRedirect node.eth0, to: box.eth0, when: 'box'      | Cannot read 'box' as an IP address
          bpfRedirect node.eth0, to: box.eth0, neighbour: true  | redirect to: node.veth0
          bpfRedirect node.eth0, to: node.veth0, neighbour: 1   | neighbour: takes true or false
          bpfRedirect client.eth0, to: box.eth0                 | its peer is not in netns client
          bpfRedirect node.eth0, to: client.lo                  | its peer is not in netns node
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    var before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
    assertThat(program("eth0")).isZero();
  }

  @Test
  void oneDestinationCannotGoToTwoDevices() {
    cells.run(REDIRECTS);

    assertThatThrownBy(() -> cells.run("bpfRedirect node.eth0, to: node.veth0, when: '10.0.1.2'"))
        .hasMessageContaining("it goes to box.eth0 already")
        .hasMessageContaining("to: none");
  }

  private String ping(String from, String address) {
    return String.valueOf(
        cells.run(
            "run %s, 'sh', '-c', 'ping -c 3 -i 0.02 -W 1 %s; true'".formatted(from, address)));
  }

  private Device nodeDevice(String name) {
    return cells.session().lab().existing("node").device(name);
  }

  private int program(String device) {
    Device found = nodeDevice(device);
    return found.netns().handle().ingressFilters().programId(found.existing().index());
  }

  private long packets(String netns, String device, String direction) {
    return Long.parseLong(
        String.valueOf(
            cells.run(
                "new File(%s.handle().sysfs() + '/class/net/%s/statistics/%s_packets').text.trim()"
                    .formatted(netns, device, direction))));
  }
}
