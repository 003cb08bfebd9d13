package vethbook.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;

class CapturedTest {
  @TempDir Path folder;

  private Path file(ByteOrder order, int magic, int link, int kept, int length, int... packet)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(40 + packet.length).order(order);
    bytes.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    bytes.putInt(262_144).putInt(link).putInt(1_700_000_000).putInt(5).putInt(kept).putInt(length);
    for (int octet : packet) {
      bytes.put((byte) octet);
    }
    return Files.write(folder.resolve("one.pcap"), bytes.array());
  }

  @ParameterizedTest
  @CsvSource({"0xa1b2c3d4, 5000", "0xa1b23c4d, 5"})
  void readsEitherByteOrderAndBothUnitsOfTime(String magic, long nanos) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      Path file = file(order, Long.decode(magic).intValue(), 101, 2, 1500, 0x45, 0);
      List<Captured> packets = Captured.read(file);
      assertThat(packets).hasSize(1);
      assertThat(packets.get(0).length()).isEqualTo(1500);
      assertThat(packets.get(0).packet().getLength()).isEqualTo(2);
      assertThat(packets.get(0).packet().getLink()).isEqualTo(LinkType.IP);
      assertThat(packets.get(0).packet().getTime())
          .isEqualTo(Instant.ofEpochSecond(1_700_000_000, nanos));
    }
  }

  @Test
  void aRecordThatIsCutOffIsLeftOut() throws IOException {
    assertThat(Captured.read(file(ByteOrder.LITTLE_ENDIAN, 0xa1b23c4d, 1, 60, 60, 1, 2, 3)))
        .isEmpty();
    assertThat(Captured.read(file(ByteOrder.LITTLE_ENDIAN, 0xa1b23c4d, 1, -1, 60, 1, 2, 3)))
        .isEmpty();
  }

  @Test
  void whatIsNoCaptureFileIsAnError() throws IOException {
    Path foreign = file(ByteOrder.LITTLE_ENDIAN, 0xa1b23c4d, 147, 0, 0);
    assertThatThrownBy(() -> Captured.read(foreign))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("link type 147 is not understood");
    Path other = file(ByteOrder.LITTLE_ENDIAN, 0x0a0d0d0a, 1, 0, 0);
    assertThatThrownBy(() -> Captured.read(other)).hasMessageContaining("begins with 0x0a0d0d0a");
    Path empty = Files.write(folder.resolve("empty"), new byte[3]);
    assertThatThrownBy(() -> Captured.read(empty)).hasMessageContaining("24 bytes");
  }
}
