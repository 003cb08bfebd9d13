package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

class EthtoolWordsLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void twoHosts() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '192.168.0.0/24', queues: 2
        """);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  private List<String> commands() {
    return cells.session().lab().commands();
  }

  private boolean isOn(String offload) {
    return Boolean.TRUE.equals(cells.run("client.eth0.offloads()['" + offload + "']"));
  }

  @Test
  void offloadsAreSwitchedAndConverge() {
    String word = "client.eth0.offload tso: false, gso: false, gro: true, tx: false, rx: false";
    assertThat(isOn("tso")).isTrue();
    assertThat(isOn("gro")).isFalse();
    cells.run(word);

    assertThat(List.of(isOn("tso"), isOn("gso"), isOn("tx"), isOn("rx"))).containsOnly(false);
    assertThat(isOn("gro")).isTrue();
    List<String> before = commands();
    assertThat(before)
        .contains("ip netns exec client ethtool -K eth0 tso off gso off gro on tx off rx off");
    cells.run(word);
    assertThat(commands()).isEqualTo(before);

    cells.run("offload client.eth0, tx: true, gro: true");
    assertThat(commands()).endsWith("ip netns exec client ethtool -K eth0 tx on");
    assertThat(isOn("tx-checksum-ip-generic")).isTrue();
    assertThat(isOn("tso")).isFalse();
  }

  @Test
  void linuxsOwnNamesAndTheLongOnesAreKnownToo() {
    cells.run(
        "client.eth0.offload 'tx-udp-segmentation': false, 'generic-segmentation-offload': false");
    assertThat(isOn("tx-udp-segmentation")).isFalse();
    assertThat(isOn("gso")).isFalse();
  }

  @Test
  void whatDependsOnSomethingThatIsOffIsAnErrorAndChangesNothing() {
    cells.run("client.eth0.offload tx: false");
    assertThat(isOn("tso")).as("goes with tx").isFalse();
    List<String> before = commands();

    assertThatThrownBy(() -> cells.run("client.eth0.offload tso: true"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot switch tso on on device eth0 in netns client")
        .hasMessageContaining("tx-tcp-segmentation stayed off")
        .hasMessageContaining("it needs tx, which is off");
    assertThat(commands()).isEqualTo(before);
    assertThatThrownBy(() -> cells.run("client.eth0.offload gro: true, tso: true"))
        .hasMessageContaining("Cannot switch gro on tso on");
    assertThat(isOn("gro")).as("taken back").isFalse();

    cells.run("client.eth0.offload tx: true");
    assertThat(isOn("tso")).as("comes back with tx").isTrue();
  }

  @Test
  void offloadsShowAsATable() {
    cells.run("client.eth0.offload tx: false");
    String table = String.valueOf(cells.run("offloads(client.eth0).table().print(100)"));
    assertThat(table)
        .containsPattern("tso +\\| +tx-tcp-segmentation +\\| +off +\\| +\\| +on ")
        .containsPattern("gro +\\| +rx-gro +\\| +off")
        .contains("more are fixed off");
    assertThat(cells.run("client.eth0.offloads()")).asString().contains("tx off", "gso on");
  }

  @Test
  void theStateIsThatOfTheProgram() {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Command.find("ethtool").isPresent(), "skipped: needs ethtool");
    cells.run("client.eth0.offload gro: true, tso: false");
    assertThat(cells.run("run client, 'ethtool', '-k', 'eth0'"))
        .asString()
        .contains("generic-receive-offload: on", "tcp-segmentation-offload: off");
    cells.run("client.eth0.channels 2");
    assertThat(cells.run("run client, 'ethtool', '-l', 'eth0'"))
        .asString()
        .containsPattern("(?s)Current.*RX:\\s+2.*TX:\\s+2");
  }

  @Test
  void channelsAreCountedAndSet() {
    cells.run("client.eth0.channels 1");
    assertThat(cells.run("client.eth0.channels()")).hasToString("rx 1 of 2, tx 1 of 2");
    List<String> before = commands();
    cells.run("channels client.eth0, 1");
    assertThat(commands()).isEqualTo(before);

    cells.run("channels client.eth0, rx: 2");
    assertThat(cells.run("client.eth0.channels()")).hasToString("rx 2 of 2, tx 1 of 2");
    assertThat(cells.run("run client, 'ls', '/sys/class/net'")).isNotNull();
    assertThat(commands()).endsWith("ip netns exec client ethtool -L eth0 rx 2");
  }

  @Test
  void theSpeedAndTheDriversCountersAreRead() {
    assertThat(cells.run("client.eth0.speed")).hasToString("10000 Mbit/s, full duplex");
    assertThat(cells.run("speed(client.eth0).megabits()")).isEqualTo(10_000);
    Object counts = cells.run("client.eth0.driverStatistics()");
    assertThat(counts).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) counts).get("peer_ifindex"))
        .isEqualTo((long) (int) cells.run("server.eth0.existing().index()"));
    assertThat(((Map<?, ?>) counts).keySet()).asString().contains("rx_queue_0_xdp_packets");
    cells.run("bridge client.br0");
    assertThat(cells.run("driverStatistics client.br0")).isEqualTo(Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          client.eth0.offload tsi: false              | did you mean
          client.eth0.offload tso: 'off'              | say true or false
          client.eth0.offload lro: true               | Cannot switch lro on on device eth0 in netns client: it is fixed
          client.eth9.offload tso: false              | did you mean eth0?
          client.eth0.channels 3                      | Cannot use 3 rx channels on device eth0 in netns client: it has 2
          client.eth0.channels 0                      | it is 1 or more
          channels client.eth0, rxx: 1                | did you mean rx:?
          client.eth0.channels combined: 1            | 1 combined channels
          client.eth0.ring()                          | its driver has no rings
          client.eth0.ring rx: 512                    | EOPNOTSUPP
          offload host.lo, tso: false                 | that is the host itself
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    List<String> before = commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(commands()).isEqualTo(before);
  }

  @Test
  void aForeignDeviceHasItsSettingsAgainAfterwards() {
    try (ForeignNetns foreign = new ForeignNetns()) {
      cells.run("box = netns 'box', pid: %d".formatted(foreign.pid()));
      String state = "box.own0.offloads().toString() + box.own0.channels()";
      String before = String.valueOf(cells.run(state));
      cells.run("box.own0.offload tso: false, gro: true");
      cells.run("box.own0.offload gso: false");
      cells.run("box.own0.channels box.own0.channels().most().rx()");
      assertThat(cells.run("box.own0.offloads()['gro']")).isEqualTo(true);

      cells.close();

      try (Cells next = new Cells()) {
        next.run("box = netns 'box', pid: %d".formatted(foreign.pid()));
        assertThat(next.run(state)).isEqualTo(before);
      }
    }
  }
}
