package vethbook.packet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** Packets as a capture file (man 5 pcap-savefile), with times in nanoseconds. */
final class PcapFile {
  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final int LARGEST_PACKET = 262_144;

  private PcapFile() {}

  static void write(Path file, LinkType link, List<Packet> packets) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(out, header(link));
      for (Packet packet : packets) {
        writeAll(out, record(packet));
      }
    }
  }

  private static ByteBuffer header(LinkType link) {
    ByteBuffer header = ByteBuffer.allocate(24).putInt(NANOSECOND_MAGIC);
    header.putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    return header.putInt(LARGEST_PACKET).putInt(link.number()).flip();
  }

  private static ByteBuffer record(Packet packet) {
    byte[] bytes = packet.raw();
    Instant time = packet.getTime() == null ? Instant.EPOCH : packet.getTime();
    return ByteBuffer.allocate(16 + bytes.length)
        .putInt((int) time.getEpochSecond())
        .putInt(time.getNano())
        .putInt(bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .flip();
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
