package vethbook.packet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Packets as a capture file (man 5 pcap-savefile), with times in nanoseconds. */
final class PcapFile {
  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final int MAGIC = 0xa1b2c3d4;
  private static final int HEADER = 24;
  private static final int RECORD = 16;
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

  /**
   * Reads a capture file of any byte order, with times in micro- or nanoseconds. A last record that
   * is cut off, because the writer was ended, is left out.
   *
   * @throws IOException when it is no capture file, or of a link type that is not understood
   */
  static List<Captured> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.remaining() < HEADER) {
      throw new IOException(
          "a capture file has a header of 24 bytes, this one " + bytes.remaining());
    }
    int magic = bytes.getInt(0);
    boolean isNanoseconds =
        magic == NANOSECOND_MAGIC || magic == Integer.reverseBytes(NANOSECOND_MAGIC);
    boolean isSwapped =
        magic == Integer.reverseBytes(NANOSECOND_MAGIC) || magic == Integer.reverseBytes(MAGIC);
    if (!isNanoseconds && !isSwapped && magic != MAGIC) {
      throw new IOException("no capture file: it begins with 0x%08x".formatted(magic));
    }
    bytes.order(isSwapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    LinkType link = link(bytes.getInt(20) & 0xffff);
    List<Captured> packets = new ArrayList<>();
    bytes.position(HEADER);
    while (bytes.remaining() >= RECORD) {
      Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt()));
      time = time.plusNanos(bytes.getInt() * (isNanoseconds ? 1L : 1000L));
      int kept = bytes.getInt();
      int length = bytes.getInt();
      if (kept < 0 || kept > bytes.remaining()) {
        break;
      }
      byte[] packet = new byte[kept];
      bytes.get(packet);
      packets.add(new Captured(Packet.of(link, packet).receivedAt(time), length));
    }
    return packets;
  }

  /** Numbers of man 7 pcap-linktype. */
  private static LinkType link(int number) throws IOException {
    return switch (number) {
      case 1 -> LinkType.ETHERNET;
      case 12, 101, 228, 229 -> LinkType.IP;
      default -> throw new IOException("link type " + number + " is not understood");
    };
  }
}
