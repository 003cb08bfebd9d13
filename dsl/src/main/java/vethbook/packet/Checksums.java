package vethbook.packet;

/** Computes the checksums of a packet anew, after a change (RFC 1071, RFC 8200 section 8.1). */
final class Checksums {
  private Checksums() {}

  /** Writes the IPv4 header's checksum, and that of TCP, UDP or ICMP where the whole is there. */
  static void repair(byte[] bytes, Layers layers) {
    Octets octets = new Octets(bytes);
    Ip ip = layers.ip();
    if (ip == null) {
      return;
    }
    if (ip.version() == 4) {
      int header = (octets.int8(layers.ipAt()) & 0xf) * 4;
      write(octets, layers.ipAt() + 10, 0, layers.ipAt(), layers.ipAt() + header);
    }
    if (layers.transportAt() >= 0 && !ip.isFragment() && !layers.isTruncated()) {
      repairTransport(octets, layers, ip);
    }
  }

  private static void repairTransport(Octets octets, Layers layers, Ip ip) {
    int from = layers.transportAt();
    int to = layers.end();
    long pseudo = pseudoHeader(octets, layers.ipAt(), ip, to - from);
    if (layers.tcp() != null) {
      write(octets, from + 16, pseudo, from, to);
    } else if (layers.udp() != null) {
      write(octets, from + 6, pseudo, from, to);
      if (octets.int16(from + 6) == 0) {
        octets.int16(from + 6, 0xffff); // 0 says that there is none
      }
    } else if (layers.icmp() != null) {
      write(octets, from + 2, ip.version() == 6 ? pseudo : 0, from, to);
    }
  }

  private static long pseudoHeader(Octets octets, int ipAt, Ip ip, int length) {
    long addresses =
        ip.version() == 4 ? octets.sum(ipAt + 12, ipAt + 20) : octets.sum(ipAt + 8, ipAt + 40);
    return addresses + ip.protocol() + length;
  }

  private static void write(Octets octets, int at, long more, int from, int to) {
    octets.int16(at, 0);
    long sum = more + octets.sum(from, to);
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    octets.int16(at, (int) ~sum & 0xffff);
  }
}
