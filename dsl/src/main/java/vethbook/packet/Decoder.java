package vethbook.packet;

import org.jspecify.annotations.Nullable;

/** Reads the headers of one packet from front to back, as far as its bytes go. Never throws. */
final class Decoder {
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;

  private final Octets octets;
  private int at;
  private int end;
  private boolean isTruncated;
  private int ipAt = -1;
  private int transportAt = -1;
  private @Nullable Ethernet ethernet;
  private @Nullable Arp arp;
  private @Nullable Ip ip;
  private @Nullable Tcp tcp;
  private @Nullable Udp udp;
  private @Nullable Icmp icmp;

  private Decoder(byte[] bytes) {
    octets = new Octets(bytes);
    end = bytes.length;
  }

  static Layers decode(LinkType link, byte[] bytes) {
    Decoder decoder = new Decoder(bytes);
    if (link == LinkType.ETHERNET) {
      decoder.readEthernet();
    } else {
      decoder.readIp();
    }
    return decoder.layers();
  }

  private Layers layers() {
    return new Layers(ethernet, arp, ip, tcp, udp, icmp, ipAt, transportAt, at, end, isTruncated);
  }

  /** Whether as many bytes follow; notes it when they do not. */
  private boolean has(int count) {
    boolean enough = end - at >= count;
    isTruncated |= !enough;
    return enough;
  }

  private void readEthernet() {
    if (!has(14)) {
      return;
    }
    int start = at;
    int vlan = -1;
    int type = octets.int16(at + 12);
    at += 14;
    while ((type == Ethernet.VLAN || type == Ethernet.SERVICE_VLAN) && has(4)) {
      vlan = vlan < 0 ? octets.int16(at) & 0xfff : vlan;
      type = octets.int16(at + 2);
      at += 4;
    }
    ethernet = new Ethernet(octets.mac(start + 6), octets.mac(start), type, vlan);
    switch (type) {
      case Ethernet.IPV4, Ethernet.IPV6 -> readIp();
      case Ethernet.ARP -> readArp();
      default -> {}
    }
  }

  private void readArp() {
    if (has(28) && octets.int8(at + 4) == 6 && octets.int8(at + 5) == 4) {
      arp =
          new Arp(
              octets.int16(at + 6),
              octets.mac(at + 8),
              octets.address(at + 14, 4),
              octets.mac(at + 18),
              octets.address(at + 24, 4));
      at += 28;
    }
  }

  private void readIp() {
    if (!has(1)) {
      return;
    }
    switch (octets.int8(at) >> 4) {
      case 4 -> readIpv4();
      case 6 -> readIpv6();
      default -> {}
    }
  }

  private void readIpv4() {
    int header = (octets.int8(at) & 0xf) * 4;
    if (header < 20 || !has(header)) {
      return;
    }
    int fragment = octets.int16(at + 6);
    ip =
        new Ip(
            4,
            octets.address(at + 12, 4),
            octets.address(at + 16, 4),
            octets.int8(at + 9),
            octets.int8(at + 8),
            (fragment & 0x1fff) * 8,
            (fragment & 0x2000) != 0);
    ipAt = at;
    endAfter(Math.max(header, octets.int16(at + 2)));
    at += header;
    readTransport();
  }

  private void readIpv6() {
    if (!has(40)) {
      return;
    }
    ipAt = at;
    endAfter(40 + octets.int16(at + 4));
    int protocol = octets.int8(at + 6);
    int fragment = 0;
    at += 40;
    while (isExtension(protocol) && has(8)) {
      int length = extensionLength(protocol);
      if (!has(length)) {
        break;
      }
      fragment = protocol == FRAGMENT ? octets.int16(at + 2) : fragment;
      protocol = octets.int8(at);
      at += length;
    }
    ip =
        new Ip(
            6,
            octets.address(ipAt + 8, 16),
            octets.address(ipAt + 24, 16),
            protocol,
            octets.int8(ipAt + 7),
            fragment & 0xfff8,
            (fragment & 1) != 0);
    readTransport();
  }

  private static boolean isExtension(int protocol) {
    return switch (protocol) {
      case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
      default -> false;
    };
  }

  private int extensionLength(int protocol) {
    int length = octets.int8(at + 1);
    return switch (protocol) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> (length + 2) * 4;
      default -> (length + 1) * 8;
    };
  }

  /** Where the IP packet ends by its own word: before an Ethernet frame's padding. */
  private void endAfter(int length) {
    isTruncated |= at + length > end;
    end = Math.min(end, at + length);
  }

  private void readTransport() {
    if (ip == null || ip.fragmentOffset() > 0) {
      return;
    }
    switch (ip.protocol()) {
      case Ip.TCP -> readTcp();
      case Ip.UDP -> readUdp();
      case Ip.ICMP -> readIcmp(4);
      case Ip.ICMPV6 -> readIcmp(6);
      default -> {}
    }
  }

  private void readTcp() {
    if (!has(20)) {
      return;
    }
    int header = (octets.int8(at + 12) >> 4) * 4;
    if (header < 20 || !has(header)) {
      return;
    }
    tcp =
        new Tcp(
            octets.int16(at),
            octets.int16(at + 2),
            octets.int32(at + 4),
            octets.int32(at + 8),
            TcpFlag.of(octets.int8(at + 13)),
            octets.int16(at + 14));
    transportAt = at;
    at += header;
  }

  private void readUdp() {
    if (has(8)) {
      udp = new Udp(octets.int16(at), octets.int16(at + 2));
      transportAt = at;
      at += 8;
    }
  }

  private void readIcmp(int version) {
    if (!has(8)) {
      return;
    }
    int type = octets.int8(at);
    Icmp found = new Icmp(version, type, octets.int8(at + 1), 0, 0);
    icmp =
        found.isEcho()
            ? new Icmp(version, type, found.code(), octets.int16(at + 4), octets.int16(at + 6))
            : found;
    transportAt = at;
    at += 8;
  }
}
