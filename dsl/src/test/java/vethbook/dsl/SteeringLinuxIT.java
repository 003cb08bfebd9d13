package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receive and transmit steering: rps, rfs, xps. */
class SteeringLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void build() {
    cells.run(
        """
        a = netns 'a'
        b = netns 'b'
        vethPair a.eth0, b.eth0, subnet: '10.0.0.0/24', queues: 2
        """);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aDeviceMadeAfterTheDefaultWasSetIsBornWithIt() {
    cells.run("a.rpsDefault cpus: 0..1; vethPair a.late, b.late");

    assertThat(cells.run("a.late.rps().toString()")).isEqualTo("[[0, 1]]");
    assertThat(cells.run("a.eth0.rps().toString()")).isEqualTo("[[], []]");
    assertThat(cells.run("run a, 'cat', '/proc/sys/net/core/rps_default_mask'")).isEqualTo("3");
  }

  @Test
  void flowsAreSteeredOnceTheMachineHasATable() {
    assertThatThrownBy(() -> cells.run("a.eth0.rfs flows: 4096"))
        .hasMessageContaining("say host.sysctl 'net.core.rps_sock_flow_entries', 32768 first");

    cells.run("host.sysctl 'net.core.rps_sock_flow_entries', 32768; a.eth0.rfs flows: 4096");
    assertThat(cells.run("a.eth0.rfs().toString()")).isEqualTo("[4096, 4096]");
    cells.run("a.eth0.rfs flows: 0");
    assertThat(cells.run("a.eth0.rfs().toString()")).isEqualTo("[0, 0]");
  }

  @Test
  void eachTransmitQueueHasItsCpus() {
    String cell = "a.eth0.xps queue: 1, cpus: 1";
    cells.run(cell);
    int commands = cells.session().lab().commands().size();
    cells.run(cell);

    assertThat(cells.session().lab().commands()).hasSize(commands);
    assertThat(cells.run("a.eth0.xps().toString()")).isEqualTo("[[], [1]]");
    assertThatThrownBy(() -> cells.run("a.eth0.xps queue: 2, cpus: 1"))
        .hasMessageContaining("its queues: 0 to 1");
  }

  @Test
  void xpsOfOneQueueSaysWhatItTakes() {
    cells.run("vethPair a.one, b.one, queues: 1");
    assertThatThrownBy(() -> cells.run("a.one.xps queue: 0, cpus: 1"))
        .hasMessageContaining("ENOENT")
        .hasMessageContaining("queues: 2");
  }
}
