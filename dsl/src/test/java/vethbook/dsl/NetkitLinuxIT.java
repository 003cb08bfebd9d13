package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.vm.NeedsLinux;

/** Cilium's path on netkit; the node does not forward, so that only the programs can do it. */
@NeedsLinux({"netkit", "bpf"})
class NetkitLinuxIT {
  private static final String NODE =
      """
      client = netns 'client'
      node = netns 'node'
      box = netns 'box'
      vethPair client.eth0, node.eth0, subnet: '192.168.0.0/24'
      netkit node.nk0, box.eth0, subnet: '10.0.1.0/24', mtu: 1400.bytes
      box.route 'default', via: node.nk0
      client.route '10.0.1.0/24', via: node.eth0
      """;
  private static final String REDIRECTS =
      """
      bpfRedirect node.eth0, to: box.eth0
      bpfRedirect node.nk0, to: node.eth0
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aPairIsBornInItsNamespacesWithItsModeAndStaysAsItIs() {
    cells.run(NODE);
    var commands = cells.session().lab().commands();
    cells.run(NODE);

    assertThat(cells.session().lab().commands()).isEqualTo(commands);
    assertThat(commands)
        .contains(
            "ip -n node link add name nk0 mtu 1400 type netkit mode l3 forward peer forward"
                + " name eth0 netns box mtu 1400");
    assertThat(ping("box", "10.0.1.1")).contains("3 received");
    assertThat(cells.run("[node.nk0, box.eth0]*.existing()*.mtu()")).hasToString("[1400, 1400]");
    assertThat(cells.run("netkit node.nk0, box.eth0, subnet: '10.0.1.0/24'"))
        .hasToString("node.nk0 [10.0.1.1/24] ── box.eth0 [10.0.1.2/24]");
    assertThatThrownBy(() -> cells.run("netkit node.nk0, box.eth0, mode: L2"))
        .hasMessageContaining("Cannot change the mode of netkit node.nk0");
    assertThatThrownBy(() -> cells.run("netkit box.eth0, node.nk0"))
        .hasMessageContaining("node.nk0 as its primary device");
    assertThatThrownBy(() -> cells.run("vethPair node.nk0, box.eth0"))
        .hasMessageContaining("there is a netkit of that name");
  }

  @Test
  void modeL2HasMacAddressesAndArp() {
    cells.run(NODE.replace("netkit node.nk0,", "netkit node.nk0, mode: L2,"));

    assertThat(ping("box", "10.0.1.1")).contains("3 received");
    assertThat(cells.run("run node, 'ip', 'neigh', 'show', 'dev', 'nk0'"))
        .asString()
        .contains("lladdr");
  }

  @Test
  void aPolicyDropsUntilAProgramDecides() {
    cells.run(NODE.replace("mtu: 1400.bytes", "peerPolicy: 'blackhole'"));
    assertThat(ping("box", "10.0.1.1")).contains("0 received");
    cells.run("netkit node.nk0, box.eth0, subnet: '10.0.1.0/24'");

    assertThat(ping("box", "10.0.1.1")).contains("3 received");
    assertThat(cells.session().lab().commands())
        .contains("ip -n node link set dev nk0 type netkit forward peer forward");

    cells.run("netkit node.nk0, box.eth0, subnet: '10.0.1.0/24', peerPolicy: 'blackhole'");
    cells.run(REDIRECTS);
    assertThat(ping("box", "192.168.0.1")).contains("3 received");
  }

  @Test
  void programsCarryTrafficPastTheNodesRouting() {
    cells.run(NODE);
    assertThat(ping("box", "192.168.0.1")).contains("0 received");
    cells.run(REDIRECTS);
    var commands = cells.session().lab().commands();
    cells.run(REDIRECTS);

    assertThat(cells.session().lab().commands()).isEqualTo(commands);
    assertThat(ping("box", "192.168.0.1")).contains("3 received").contains("ttl=64");
    assertThat(ping("client", "10.0.1.2")).contains("3 received");
    assertThat(ping("box", "10.0.1.1")).contains("3 received");
    assertThat(cells.run("netperf TCP_RR, from: client, to: box, time: 1.seconds"))
        .asString()
        .contains("trans");
  }

  @Test
  void redirectsEndWithTheWordOrTheDevice() {
    cells.run(NODE + REDIRECTS);
    cells.run("bpfRedirect node.nk0, to: node.eth0, when: '192.168.0.0/24'");
    assertThat(ping("box", "192.168.0.1")).contains("3 received");
    assertThat(openLinks()).isOne();
    cells.run("bpfRedirect node.nk0, to: none");
    assertThat(ping("box", "192.168.0.1")).contains("0 received");
    assertThat(openLinks()).isZero();

    cells.run(REDIRECTS);
    cells.run("node.nk0.delete()");
    assertThat(openLinks()).isZero();
    cells.run(NODE + REDIRECTS);
    assertThat(ping("box", "192.168.0.1")).contains("3 received");
    cells.session().lab().reset();
    assertThat(openLinks()).isZero();
  }

  @Test
  void aProgramCanWatchWhatThePrimaryDeviceSends() {
    cells.run(NODE);
    cells.run(
        """
        vethPair box.eth1, client.eth1
        bpfRedirect box.eth0, to: box.eth1, neighbour: false
        """);
    long before = received();
    ping("node", "10.0.1.2");

    assertThat(received() - before).isGreaterThanOrEqualTo(3);
  }

  @Test
  void intoAnotherPairTheProgramOfANetkitCannotJump() {
    cells.run(NODE);
    cells.run("box2 = netns 'box2'\nnetkit node.nk2, box2.eth0, subnet: '10.0.2.0/24'");

    assertThatThrownBy(() -> cells.run("bpfRedirect node.nk0, to: box2.eth0"))
        .hasMessageContaining("Cannot redirect from node.nk0, a netkit device, into box2.eth0")
        .hasMessageContaining("to: node.nk2");

    cells.run(
        """
        box2.route 'default', via: node.nk2
        bpfRedirect node.nk0, to: node.nk2
        bpfRedirect node.nk2, to: node.nk0
        """);
    assertThat(ping("box", "10.0.2.2")).contains("3 received");
  }

  /** Programs on netkit pairs that this process holds. */
  private static long openLinks() {
    return Stream.of(Objects.requireNonNull(new File("/proc/self/fd").listFiles()))
        .map(File::toPath)
        .filter(fd -> target(fd).startsWith("anon_inode:bpf"))
        .count();
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException e) {
      return "closed meanwhile"; // such as the one that listed them
    }
  }

  private long received() {
    return Long.parseLong(
        String.valueOf(
            cells.run(
                "new File(client.handle().sysfs() + '/class/net/eth1/statistics/rx_packets')"
                    + ".text.trim()")));
  }

  private String ping(String from, String address) {
    return String.valueOf(
        cells.run(
            "run %s, 'sh', '-c', 'ping -c 3 -i 0.02 -W 1 %s; true'".formatted(from, address)));
  }
}
