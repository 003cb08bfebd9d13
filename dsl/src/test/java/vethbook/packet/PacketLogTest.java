package vethbook.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;
import vethbook.view.PacketTable;

class PacketLogTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456789Z");

  private final PacketLog log = new PacketLog("client.tun0", LinkType.IP, 3);

  @Test
  void aPacketIsARowWithTimeFromTheFirst() {
    Packet request = Hex.ip(Hex.IPV4_ECHO_REQUEST);
    log.add(request.receivedAt(START));
    log.add(request.reversed().sentAt(START.plusMillis(1500)));

    assertThat(log.rows()).hasSize(2);
    assertThat(log.rows().get(1))
        .containsEntry("time (s)", 1.5)
        .containsEntry("direction", "in")
        .containsEntry("length (bytes)", 28)
        .containsEntry("source", "10.0.9.2")
        .containsEntry("ports or type", "echo request");
    assertThat(log).hasToString("client.tun0: 2 packets, 56 bytes");
  }

  @Test
  void keepsTheLastAndCountsAll() {
    for (int i = 0; i < 10; i++) {
      log.add(Hex.ip(Hex.IPV4_UDP).withSourcePort(i).receivedAt(START));
    }

    assertThat(log.getCount()).isEqualTo(10);
    assertThat(log.getBytes()).isEqualTo(320);
    assertThat(log)
        .extracting(packet -> java.util.Objects.requireNonNull(packet.getUdp()).sourcePort())
        .containsExactly(7, 8, 9);
    assertThat(PacketTable.bundle(log).text())
        .contains("10 packets were counted, of which the first 7 are no longer kept.");
  }

  @Test
  void keepsNoMoreThanSixteenMebibytes() {
    PacketLog large = new PacketLog("client.tun0", LinkType.IP, 1_000_000);
    for (int i = 0; i < 300; i++) {
      large.add(Packet.of(LinkType.IP, new byte[65_535]));
    }

    assertThat(large.getKept()).hasSize((16 << 20) / 65_535);
    assertThat(large.getCount()).isEqualTo(300);
  }

  @Test
  void tellsWhatTheProgramThrew() {
    log.failed(new IllegalStateException("first"));
    log.failed(new AssertionError("second"));

    assertThat(log.getFailures()).isEqualTo(2);
    assertThat(PacketTable.bundle(log).text())
        .contains("No rows.", "Packets on which the program failed: 2; the last time: ", "second");
  }

  @Test
  void namesTheLineOfTheCellThatThrew() {
    RuntimeException thrown = new RuntimeException("no");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("x", "y", "Other.java", 1),
          new StackTraceElement("cell_7", "run", "cell_7.groovy", 3),
          new StackTraceElement("cell_6", "run", "cell_6.groovy", 2)
        });

    assertThat(ThrownText.of(thrown)).isEqualTo("java.lang.RuntimeException: no (cell 7, line 3)");
    ExperimentException ours = new ExperimentException("Cannot do it");
    ours.setStackTrace(thrown.getStackTrace());
    assertThat(ThrownText.of(ours)).isEqualTo("Cannot do it (cell 7, line 3).");
  }

  @Test
  void savesWhatCaptureProgramsRead(@TempDir Path directory) throws IOException {
    log.add(Hex.ip(Hex.IPV4_ECHO_REQUEST).receivedAt(START));
    Path file = log.save(directory.resolve("x.pcap").toString());

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(bytes.remaining()).isEqualTo(24 + 16 + 28);
    assertThat(bytes.getInt(0)).isEqualTo(0xa1b23c4d);
    assertThat(bytes.getInt(20)).isEqualTo(101);
    assertThat(bytes.getInt(24)).isEqualTo((int) START.getEpochSecond());
    assertThat(bytes.getInt(28)).isEqualTo(123_456_789);
    assertThat(bytes.getInt(32)).isEqualTo(28);
    assertThat(bytes.get(40)).isEqualTo((byte) 0x45);
  }

  @Test
  void sayWhereItCouldNotSave(@TempDir Path directory) {
    assertThatThrownBy(() -> log.save(directory.resolve("no/x.pcap").toString()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot write the packets of client.tun0 to ");
  }
}
