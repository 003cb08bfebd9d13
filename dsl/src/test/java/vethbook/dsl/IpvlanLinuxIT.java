package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.vm.NeedsLinux;

@NeedsLinux("ipvlan")
class IpvlanLinuxIT {
  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void anIpvlanSharesTheWireAndTheMacAddressOfItsParent() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        box = netns 'box'
        vethPair client.eth0, server.eth0, subnet: '192.168.0.0/24'
        ipvlan box.eth0, on: client.eth0, mode: L2, address: '192.168.0.30/24'
        ipvlan box.eth0, on: client.eth0, mode: L2, address: '192.168.0.30/24'
        """);

    assertThat(cells.run("run box, 'ping', '-c', 1, '-W', 5, '192.168.0.2'"))
        .asString()
        .contains("1 received");
    assertThat(cells.run("box.eth0.existing().mac() == client.eth0.existing().mac()"))
        .isEqualTo(true);
    assertThatThrownBy(() -> cells.run("ipvlan client.i0, on: client.eth0, mode: L3"))
        .hasMessageContaining("the mode belongs to the parent device");
  }
}
