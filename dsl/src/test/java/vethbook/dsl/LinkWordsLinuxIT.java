package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;
import vethbook.vm.NeedsLinux;

/** Each kind of device: made, made again, changed, and seen by {@code ip} as it was asked for. */
class LinkWordsLinuxIT {
  private static final String TWO_HOSTS =
      """
      a = netns 'a'
      b = netns 'b'
      vethPair a.eth0, b.eth0, subnet: '192.168.0.0/24'
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aVxlanCarriesFramesBetweenTwoHosts() {
    String overlay =
        """
        vxlan a.vx0, id: 42, local: '192.168.0.1', remote: '192.168.0.2', on: a.eth0, \
            address: '10.42.0.1/24'
        vxlan b.vx0, id: 42, local: '192.168.0.2', remote: '192.168.0.1', on: b.eth0, \
            address: '10.42.0.2/24'
        """;
    cells.run(TWO_HOSTS + overlay + overlay);

    assertReaches("a", "10.42.0.2");
    assertThat(shown("a.vx0"))
        .contains("vxlan id 42 remote 192.168.0.2 local 192.168.0.1 dev eth0")
        .contains("dstport 4789");
  }

  @Test
  void aMacvtapIsAMacvlanForPrograms() {
    cells.run(TWO_HOSTS + "macvtap a.tap0, on: a.eth0, mode: 'vepa'");

    assertThat(shown("a.tap0")).contains("macvtap mode vepa");
  }

  @Test
  void anIfbIsMadeAndItsMtuIsChanged() {
    cells.run("a = netns 'a'; ifb a.ifb0; ifb a.ifb0, mtu: 1400.bytes");

    assertThat(shown("a.ifb0")).contains("mtu 1400");
  }

  @Test
  void addressesOfTheLinkLayerAreSetAtBirthAndLater() {
    String pair = "vethPair a.eth0, b.eth0, mac: ['02:00:00:00:00:0A', '02:00:00:00:00:0b']\n";
    cells.run("a = netns 'a'; b = netns 'b'\n" + pair + pair);
    assertThat(cells.run("a.eth0.existing().mac()")).isEqualTo("02:00:00:00:00:0a");
    assertThat(cells.run("b.eth0.existing().mac()")).isEqualTo("02:00:00:00:00:0b");

    cells.run("a.eth0.mac '02:00:00:00:00:01'");
    assertThat(cells.run("a.eth0.existing().mac()")).isEqualTo("02:00:00:00:00:01");
    assertThat(cells.session().lab().commands())
        .contains("ip -n a link set dev eth0 address 02:00:00:00:00:01");
  }

  @Test
  void aBridgeGetsAndLosesItsSpanningTree() {
    cells.run("a = netns 'a'; bridge a.br0");
    assertThat(shown("a.br0")).contains("forward_delay 0").contains("stp_state 0");

    cells.run("bridge a.br0, stp: true");
    assertThat(shown("a.br0")).contains("stp_state 1");
    cells.run("bridge a.br0");
    assertThat(shown("a.br0")).contains("stp_state 0");
  }

  @Test
  void aMacvlanChangesItsMode() {
    cells.run(TWO_HOSTS + "macvlan a.m0, on: a.eth0");
    cells.run("macvlan a.m0, on: a.eth0, mode: 'private'");

    assertThat(shown("a.m0")).contains("macvlan mode private");
  }

  @Test
  void aMovedDeviceIsFoundByTheWordThatMadeIt() {
    String cell =
        """
        box = netns 'box'
        host = netns 'docker-host'
        vethPair host.veth1, host.veth2
        host.veth2.moveTo box, as: 'eth0'
        box.eth0.address '172.17.0.2/24'
        host.veth1.address '172.17.0.1/24'
        """;
    cells.run(cell);
    cells.run(cell);

    assertReaches("box", "172.17.0.1");
    assertThat(cells.run("host.devices().collect { it.name }.toString()")).isEqualTo("[lo, veth1]");
    assertThat(cells.run("box.eth0.other().get() == host.veth1")).isEqualTo(true);
    assertThat(cells.run("host.veth1.other().get() == box.eth0")).isEqualTo(true);
  }

  @Test
  void aRenamedDeviceKeepsItsAddress() {
    cells.run(TWO_HOSTS + "a.eth0.rename 'wan'");

    assertReaches("b", "192.168.0.1");
    assertThat(cells.run("a.wan.addresses().toString()")).isEqualTo("[192.168.0.1/24]");
    assertThatThrownBy(() -> cells.run("b.eth0.moveTo a, as: 'wan'"))
        .hasMessageContaining("Cannot move device eth0 in netns b to a.wan: there is a device of");
    assertReaches("b", "192.168.0.1");
  }

  @Test
  void aDeviceOfTheHostThatWouldNotReturnStaysThere() {
    assertThatThrownBy(() -> cells.run("box = netns 'box'; host.lo.moveTo box"))
        .hasMessageContaining("Cannot move the device lo away from the host");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          vxlan a.vx0, remote: '192.168.0.2'               | Cannot do vxlan without id:
          vxlan a.vx0, id: 99999999                        | it is 0 to 16777215
          vxlan a.vx0, id: 1, remote: '239.1.1.1'          | say on: the device that the group
          vlan a.v0, on: a.eth0, id: 4095                  | it is 1 to 4094
          ipip a.t0, remote: 'fd00::1'                     | this tunnel goes over IPv4
          vethPair a.x, b.x, mac: '02:00:00:00:00:01'      | one for each end
          vethPair a.x, b.x, mac: ['1', '2']               | write six bytes in hexadecimal
          a.eth0.mac '01:00:00:00:00:01'                   | has an even first byte
          vethPair a.eth0, b.eth0, queues: 4               | it was made with
          a.lo.moveTo b, as: 'x'                           | The interface netns is immutable
          bridge a.eth0                                    | there is a veth of that name
          """)
  void aMistakeIsOneClearErrorAndLeavesTheLabUsable(String cell, String expected) {
    cells.run(TWO_HOSTS);
    var before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
    assertReaches("a", "192.168.0.2");
  }

  @Test
  @NeedsLinux("vlan")
  void vlansOfOneWireAreApart() {
    cells.run(
        TWO_HOSTS
            + """
            vlan a.v10, on: a.eth0, id: 10, address: '10.10.0.1/24'
            vlan b.v10, on: b.eth0, id: 10, address: '10.10.0.2/24'
            vlan b.v20, on: b.eth0, id: 20, address: '10.20.0.2/24'
            """);

    assertReaches("a", "10.10.0.2");
    assertThat(cells.run("ping(from: a, to: '10.20.0.2', count: 1).received()")).isEqualTo(0);
    assertThatThrownBy(() -> cells.run("vlan a.v10, on: a.eth0, id: 11, address: '10.10.0.1/24'"))
        .hasMessageContaining("from id 10 to id 11")
        .hasMessageContaining("a.v10.delete()");
  }

  @Test
  @NeedsLinux({"ipip", "gre"})
  void tunnelsCarryPacketsInPackets() {
    cells.run(
        TWO_HOSTS
            + """
            ipip a.t0, local: '192.168.0.1', remote: '192.168.0.2', address: '10.1.0.1/24'
            ipip b.t0, local: '192.168.0.2', remote: '192.168.0.1', address: '10.1.0.2/24'
            gre a.g0, local: '192.168.0.1', remote: '192.168.0.2', key: 7, address: '10.2.0.1/24'
            gre b.g0, local: '192.168.0.2', remote: '192.168.0.1', key: 7, address: '10.2.0.2/24'
            """);

    assertReaches("a", "10.1.0.2");
    assertReaches("a", "10.2.0.2");
    assertThat(shown("a.g0"))
        .contains("gre remote 192.168.0.2 local 192.168.0.1")
        .contains("0.0.0.7");
  }

  @Test
  @NeedsLinux("dummy")
  void aDummyHoldsAnAddress() {
    cells.run(TWO_HOSTS + "dummy b.d0, address: '10.3.0.1/32'; a.route '10.3.0.1/32', via: b.eth0");

    assertReaches("a", "10.3.0.1");
  }

  @Test
  void aWordSaidAgainWithoutAnAddressLeavesTheOneItGave() {
    cells.run("a = netns 'a'; bridge a.br0, address: '172.17.0.1/16'");

    cells.run("bridge a.br0, ports: []");
    assertThat(cells.run("a.br0.addresses().toString()")).isEqualTo("[172.17.0.1/16]");
    cells.run("bridge a.br0, address: '172.18.0.1/16'");
    assertThat(cells.run("a.br0.addresses().toString()")).isEqualTo("[172.18.0.1/16]");
  }

  private void assertReaches(String netns, String address) {
    assertThat(cells.run("run %s, 'ping', '-c', 1, '-W', 5, '%s'".formatted(netns, address)))
        .asString()
        .contains("1 received");
  }

  private String shown(String device) {
    int dot = device.indexOf('.');
    return String.valueOf(
        cells.run(
            "run %s, 'ip', '-d', 'link', 'show', '%s'"
                .formatted(device.substring(0, dot), device.substring(dot + 1))));
  }
}
