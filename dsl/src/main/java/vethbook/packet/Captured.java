package vethbook.packet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import vethbook.linux.ExperimentException;

/**
 * A packet as a capture has it.
 *
 * @param packet as many of its bytes as were kept, with the time at which it was seen
 * @param length bytes that it had
 */
public record Captured(Packet packet, int length) {
  /** What its headers say, as named columns: protocol, source, destination, ... */
  public Map<String, Object> headers() {
    return new PacketText(packet).row();
  }

  /**
   * Reads a file that tcpdump or Wireshark wrote (man 5 pcap-savefile).
   *
   * @throws ExperimentException when it is none, or of a link type that is not understood
   */
  public static List<Captured> read(Path file) {
    try {
      return PcapFile.read(file);
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot read the packets in " + file, "linux", String.valueOf(e.getMessage()), null, e);
    }
  }
}
