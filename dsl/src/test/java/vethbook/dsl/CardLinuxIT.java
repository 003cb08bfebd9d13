package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vethbook.linux.process.Command;
import vethbook.vm.GuestTests;
import vethbook.vm.NeedsLinux;

/** Network cards of the host. The virtual machine has two, on one wire, that nobody else needs. */
@NeedsLinux({})
class CardLinuxIT {
  @BeforeAll
  static void loadTheirDriver() {
    assumeTrue(
        Boolean.getBoolean(GuestTests.GUEST),
        "skipped: only the virtual machine has cards to spare");
    host("modprobe virtio_net");
    host("ip address add 192.0.2.1/24 dev eth0");
    host("ip link set eth0 mtu 1400 up");
    host("ip route add 198.51.100.0/24 via 192.0.2.9");
  }

  @Test
  void aCardServesTheLabAndReturnsWithWhatItHad() {
    try (Cells cells = new Cells()) {
      cells.run(
          """
          box = netns 'box'
          peer = netns 'peer'
          card = host.eth0.moveTo(box, as: 'nic')
          card.address '203.0.113.1/24'
          card.up()
          other = host.eth1.moveTo(peer)
          other.address '203.0.113.2/24'
          other.up()
          """);

      assertThat(host("ip -o link")).doesNotContain("eth0", "eth1");
      assertThat(cells.run("run box, 'ping', '-c', '2', '-W', '5', '203.0.113.2'"))
          .asString()
          .contains("2 received");
      assertThat(cells.run("host.eth0.moveTo(box, as: 'nic').is(card)")).isEqualTo(true);
    }

    assertThat(host("ip -o link show eth0")).contains("mtu 1400").contains(",UP");
    assertThat(host("ip -o address show eth0")).contains("192.0.2.1/24").doesNotContain("203.0");
    assertThat(host("ip route")).contains("198.51.100.0/24 via 192.0.2.9 dev eth0");
    assertThat(host("ip -o link show eth1")).doesNotContain(",UP");
  }

  private static String host(String command) {
    Command.Output output = Command.of(command.split(" ")).run(Duration.ofSeconds(20));
    assertThat(output.exit()).as(command + ": " + output.err()).isZero();
    return output.out();
  }
}
