package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.view.PacketTable;

class TunWordsLinuxIT {
  private static final String ECHO =
      """
      client = netns 'client'
      tun(client.tun0, address: '10.0.9.1/24') { packet -> packet.echoReply() }
      """;
  private static final String CABLE =
      """
      client = netns 'client'
      server = netns 'server'
      tun client.tun0, address: '10.0.9.1/24'
      tun server.tun0, address: '10.0.9.2/24'
      cable = relay client.tun0, server.tun0
      """;

  /** Ends at once when it is answered; a busy machine may take seconds. */
  private static final String PING = "run client, 'ping', '-c', 1, '-W', 20, '10.0.9.2'";

  private static final String PING_IN_VAIN = PING.replace("20", "0.3");

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  private String text(String cell) {
    return String.valueOf(cells.run(cell));
  }

  @Test
  void aBlockThatAnswersEchoRequestsIsAHostToPing() {
    cells.run(ECHO);

    assertThat(text(PING)).contains("1 received");
    assertThat(text("client.tun0.packets.findAll { it.icmp }.collect { it.icmp.name() }"))
        .isEqualTo("[echo request, echo reply]");
  }

  @Test
  void ipv6EchoesWorkTheSameWay() {
    cells.run("client = netns 'client'");
    cells.run("tun(client.tun0, address: 'fd09::1/64') { packet -> packet.echoReply() }");

    assertThat(text("run client, 'ping', '-c', 1, '-W', 20, 'fd09::2'")).contains("1 received");
  }

  @Test
  void aTapAnswersArpAndThenEchoes() {
    cells.run(
        """
        client = netns 'client'
        tap(client.tap0, address: '10.0.9.1/24', mac: '02:00:00:00:00:01') { packet ->
            reply packet.arpReply('02:00:00:00:00:02')
            reply packet.echoReply()
        }
        """);

    assertThat(text(PING)).contains("1 received");
    assertThat(text("run client, 'ip', 'neigh'")).contains("10.0.9.2 dev tap0 lladdr 02:00:00");
  }

  @Test
  void aBlockMaySendRawBytesAndJavaObjectsMayBePrograms() {
    cells.run("client = netns 'client'");
    cells.run(
        """
        tun(client.tun0, address: '10.0.9.1/24') { packet ->
            def answer = packet.echoReply()
            answer ? answer.bytes : 'not for Linux'
        }
        """);
    assertThat(text(PING)).contains("1 received");

    cells.run(
        """
        PacketProgram program = { packet, replies ->
            def answer = packet.echoReply()
            if (answer) replies.send(answer)
        }
        tun client.tun0, address: '10.0.9.1/24', program
        """);
    assertThat(text(PING)).contains("1 received");
  }

  @Test
  void packetsThatABlockCollectsAreNotSent() {
    cells.run("client = netns 'client'");
    cells.run("seen = []");
    cells.run("tun(client.tun0, address: '10.0.9.1/24') { packet -> seen << packet }");
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");

    cells.run("tun(client.tun0, address: '10.0.9.1/24') { packet -> last = packet }");
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");

    assertThat(text("seen.count { it.icmp?.echoRequest }")).isEqualTo("1");
    assertThat(text("client.tun0.packets.count { it.reply }")).isEqualTo("0");
  }

  @Test
  void packetsShowAsATable() {
    cells.run(ECHO);
    cells.run(PING);
    cells.run("run client, 'bash', '-c', 'timeout 0.3 bash -c \"</dev/tcp/10.0.9.7/80\" || true'");

    String shown = PacketTable.bundle(cells.session().lab().tuns().packets(tun0())).text();
    assertThat(shown)
        .contains("client.tun0", "direction", "echo request", "echo reply")
        .containsPattern("out +60 +TCP +10.0.9.1 +10.0.9.7 +\\d+ → 80 +SYN +seq \\d+,");
    assertThat(text("client.tun0.packets.table.columnNames()"))
        .isEqualTo(
            "[time (s), direction, length (bytes), protocol, source, destination, ports or type,"
                + " flags, info]");
  }

  private vethbook.lab.Device tun0() {
    return (vethbook.lab.Device) Objects.requireNonNull(cells.run("client.tun0"));
  }

  @Test
  void aSavedFileIsReadByTcpdump(@TempDir Path directory) {
    assumeTrue(Command.find("tcpdump").isPresent(), "skipped: tcpdump is not installed");
    cells.run(ECHO);
    cells.run(PING);
    String file = directory.resolve("x.pcap").toString();

    cells.run("client.tun0.packets.save '" + file + "'");

    assertThat(text("run client, 'tcpdump', '-Z', 'root', '-nvr', '" + file + "'"))
        .contains("10.0.9.1 > 10.0.9.2: ICMP echo request", "10.0.9.2 > 10.0.9.1: ICMP echo reply")
        .doesNotContain("bad cksum", "wrong icmp cksum");
  }

  @Test
  void theLogKeepsTheLastAndCountsAll() {
    cells.run("client = netns 'client'");
    cells.run("tun(client.tun0, address: '10.0.9.1/24', keep: 3) { it.echoReply() }");
    cells.run(PING);
    cells.run(PING);

    assertThat(text("client.tun0.packets.kept.size()")).isEqualTo("3");
    assertThat(text("client.tun0.packets.count >= 4")).isEqualTo("true");
    assertThat(PacketTable.bundle(cells.session().lab().tuns().packets(tun0())).text())
        .contains("are no longer kept");
  }

  @Test
  void aFailingBlockIsShownAndGoesOn() {
    cells.run("client = netns 'client'");
    cells.run(
        """
        tun(client.tun0, address: '10.0.9.1/24') { packet ->
            if (packet.icmp.sequence < 3) throw new IllegalStateException('not the first')
            packet.echoReply()
        }
        """);

    assertThat(text(PING.replace("1,", "3, '-i', 0.1,"))).contains("1 received");
    assertThat(cells.shown()).contains("The program of client.tun0 failed", "not the first");
    assertThat(text("client.tun0.packets.failures >= 2")).isEqualTo("true");
    assertThat(PacketTable.bundle(cells.session().lab().tuns().packets(tun0())).text())
        .contains("Packets on which the program failed: ");
  }

  @Test
  void whatLinuxDoesNotTakeIsAFailureOfTheBlock() {
    cells.run("client = netns 'client'");
    cells.run("tun(client.tun0, address: '10.0.9.1/24') { packet -> new byte[3] }");
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");

    assertThat(cells.shown()).contains("EINVAL", "begin with an IP header");
  }

  @Test
  void anotherBlockReplacesTheProgramAndTheDeviceStays() {
    cells.run(ECHO);
    String index = text("client.tun0.existing().index()");
    cells.run("tun(client.tun0, address: '10.0.9.1/24') { packet -> null }");
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");
    cells.run("tun(client.tun0, address: '10.0.9.5/24', mtu: 9000.bytes) { it.echoReply() }");

    assertThat(text(PING)).contains("1 received");
    assertThat(text("client.tun0.existing().index()")).isEqualTo(index);
    assertThat(text("client.tun0.addresses()")).isEqualTo("[10.0.9.5/24]");
    assertThat(text("client.tun0.existing().mtu()")).isEqualTo("9000");
    assertThat(threads()).hasSize(1);
  }

  @Test
  void aBlockThatNeverEndsIsReplacedAllTheSame() {
    cells.run("client = netns 'client'");
    cells.run("go = new java.util.concurrent.CountDownLatch(1)");
    cells.run(
        """
        tun(client.tun0, address: '10.0.9.1/24') { packet ->
            while (go.count > 0) { Thread.onSpinWait() }
            packet.echoReply()
        }
        """);
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");
    cells.run("tun(client.tun0, address: '10.0.9.1/24') { it.echoReply() }");

    assertThat(text(PING)).contains("1 received");
    cells.run("go.countDown()");
    assertThat(text(PING)).contains("1 received");
    assertThat(threads()).hasSize(1);
  }

  @Test
  void aRelayCarriesPingAndTcpBetweenNamespaces() {
    cells.run(CABLE);

    assertThat(text(PING)).contains("1 received");
    assertThat(
            text(
                """
                netperf NetperfTest.TCP_STREAM, from: client, to: server, time: 1.seconds
                """))
        .contains("TCP_STREAM");
    assertThat(text("cable.forward.packets > 100 && cable.backward.bytes > 1000"))
        .isEqualTo("true");
    assertThat(text("cable"))
        .startsWith("client.tun0 → server.tun0: ")
        .contains(" packets, ", "; back: ");
  }

  @Test
  void theSameRelayAgainChangesNothing() {
    cells.run(CABLE);
    cells.run(PING);
    int commands = cells.session().lab().commands().size();
    cells.run(CABLE.replace("cable =", "again ="));

    assertThat(text("again.is(cable) && cable.running")).isEqualTo("true");
    assertThat(cells.session().lab().commands()).hasSize(commands);
    cells.run("cable.stop()");
    assertThatThrownBy(() -> cells.run(PING_IN_VAIN)).hasMessageContaining("0 received");
    cells.run("relay server.tun0, client.tun0");
    assertThat(text(PING)).contains("1 received");
  }

  @Test
  void tapsJoinTwoBridges() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        tap client.tap0
        tap server.tap0, mac: '02:00:00:00:00:07'
        bridge client.br0, ports: [client.tap0], address: '10.0.9.1/24'
        bridge server.br0, ports: [server.tap0], address: '10.0.9.2/24'
        relay client.tap0, server.tap0
        """);

    assertThat(text(PING)).contains("1 received");
    assertThat(text("server.tap0.existing().mac()")).isEqualTo("02:00:00:00:00:07");
    assertThat(text("server.tap0.existing().kind()")).isEqualTo("tap");
  }

  @Test
  void aMovedDeviceKeepsItsProgram() {
    cells.run(ECHO);
    cells.run("server = netns 'server'; client.tun0.moveTo(server, 'tun5')");
    cells.run("server.tun5.address '10.0.9.1/24'");

    assertThat(text(PING.replace("run client", "run server"))).contains("1 received");
    assertThat(text("server.tun5.packets.count >= 2")).isEqualTo("true");
  }

  @Test
  void aRelayFollowsADeviceThatMoves() {
    cells.run(CABLE);
    cells.run("box = netns 'box'; server.tun0.moveTo(box, 'tun0')");
    cells.run("box.tun0.address '10.0.9.2/24'");

    assertThat(text(PING)).contains("1 received");
    assertThat(text("relay(client.tun0, server.tun0).is(cable)")).isEqualTo("true");
    assertThat(LabTopology.of(cells.session().lab()).toString()).contains("peer=box.tun0");
  }

  @Test
  void theLabShowsWhoReadsTheDevices() {
    cells.run(CABLE);
    cells.run("tap(client.tap0, mtu: 9000.bytes) { packet -> null }");

    assertThat(LabTopology.of(cells.session().lab()).toString())
        .contains("marks=[tap, program, mtu 9000]", "peer=server.tun0", "peer=client.tun0");
    assertThat(LabTopology.devices(netns()).toString()).contains("server.tun0", "tap");
  }

  private vethbook.lab.Netns netns() {
    return (vethbook.lab.Netns) Objects.requireNonNull(cells.run("client"));
  }

  @Test
  void anAttachedNamespaceIsAsItWasAfterwards() {
    try (ForeignNetns foreign = new ForeignNetns()) {
      String before = foreign.state();
      cells.run("client = netns 'client', pid: " + foreign.pid());
      cells.run(ECHO.substring(ECHO.indexOf("tun(")));
      assertThat(text(PING)).contains("1 received");
      assertThat(foreign.state()).contains("tun0");

      cells.close();
      assertThat(foreign.state()).isEqualTo(before);
    }
  }

  @Test
  void deletionAndResetLeaveNoThreadAndNoDescriptor() {
    cells.run(CABLE + "cable.stop()");
    cells.session().lab().reset();
    Set<String> before = descriptors();

    for (int i = 0; i < 3; i++) {
      cells.run(CABLE + ECHO.replace("tun0", "tun1").replace("10.0.9.", "10.0.8."));
      assertThat(threads()).hasSize(3);
      cells.run("client.tun0.delete(); client.tun1.delete()");
      assertThat(text("client.devices()")).isEqualTo("[client.lo]");
      assertThat(threads()).isEmpty();
      cells.run("tun client.tun0");
      cells.session().lab().reset();
      assertThat(threads()).isEmpty();
    }

    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  void aDeviceThatSomethingElseDeletesIsMadeAgain() {
    cells.run(ECHO);
    cells.run("run client, 'ip', 'link', 'delete', 'tun0'");
    cells.run(ECHO);

    assertThat(text(PING)).contains("1 received");
    assertThat(cells.shown())
        .containsPattern("Cannot read packets of tun tun0 .*\\R? .*EBADFD|EIO");
  }

  @Test
  void commandsBuildTheDevices() {
    cells.run(CABLE);

    assertThat(cells.session().lab().commands())
        .contains(
            "ip -n client tuntap add dev tun0 mode tun",
            "ip -n client address add 10.0.9.1/24 dev tun0",
            "# a program copies packets between client.tun0 and server.tun0");
    cells.run(ECHO);
    assertThat(cells.session().lab().commands())
        .contains("# a program reads and writes the packets of client.tun0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tun client.tun1, adress: '10.0.0.1/24'           | did you mean address:?
          tun client.tun1, mtu: 9000                       | write mtu: 9000.bytes
          tun client.tun1, mtu: 10.bytes                   | this device takes 68 to 65535 bytes
          tun client.tun1, mac: '02:00:00:00:00:01'        | Cannot understand 'mac:' in tun
          tap client.tap1, mac: 'x'                        | Cannot take 'x' as a MAC address
          tap client.tun0                                  | there is a tun of that name
          tun client.br0                                   | there is a bridge of that name
          bridge client.tun0                               | there is a tun of that name
          tun(client.tun1, keep: 0) { }                    | it is 1 or more
          tun client.tun1, keep: 5                         | no program reads them
          relay client.tun0, client.tun9                   | did you mean tun0?
          relay client.tun0, client.tun0                   | a relay has two ends
          relay client.tun0, client.tap0                   | one is a tun, the other a tap
          relay client.tun0, client.br0                    | it is neither a tun nor a tap of this lab
          client.tun0.packets                              | no program reads them
          client.br0.packets                               | it is neither a tun nor a tap
          tun host.tun9                                    | that is the host itself
          """)
  void aMistakeIsOneClearErrorAndLeavesTheLabAsItWas(String cell, String expected) {
    cells.run("client = netns 'client'");
    cells.run("tun client.tun0; tap client.tap0; bridge client.br0");
    var before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
    assertThat(text("client.devices()")).doesNotContain("tun1", "tap1");
  }

  @Test
  void linuxHasTun() {
    assertThat(text("linux.has 'tun'")).isEqualTo("true");
  }

  /** Threads of programs and relays, by name. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("program of") || name.startsWith("relay "))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What of this process is open that has to do with devices and namespaces. */
  private static Set<String> descriptors() {
    return Stream.of(Objects.requireNonNull(new File("/proc/self/fd").listFiles()))
        .map(file -> file.getName() + " " + target(file))
        .filter(open -> open.matches(".*(/dev/net|eventfd|net:).*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String target(File descriptor) {
    try {
      return Files.readSymbolicLink(descriptor.toPath()).toString();
    } catch (IOException e) {
      return "closed since it was listed";
    }
  }
}
