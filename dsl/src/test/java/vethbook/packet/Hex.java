package vethbook.packet;

import java.util.HexFormat;

/** Packets as they were seen on a wire, written in hexadecimal. */
final class Hex {
  static final String IPV4_ECHO_REQUEST =
      "4500001c 00004000 40011ccf 0a000901 0a000902" + "0800 4c8f ab6e 0002";
  static final String IPV4_TCP_SYN =
      "4500003c a1b24000 40067b0b 0a000901 0a000902"
          + "9c40 0050 00000001 00000000 a002 fa00 0000 0000 020405b4 0402080a 00000001 00000000 01030307";
  static final String IPV4_UDP =
      "45000020 00000000 4011 0000 0a000901 0a000902 1389 0035 000c 0000 61626364";
  static final String IPV6_ECHO_REQUEST =
      "60000000 000c 3a40 fd090000000000000000000000000001 fd090000000000000000000000000002"
          + "8000 0000 0007 0003 61626364";
  static final String IPV6_FRAGMENT =
      "60000000 0010 2c40 fd090000000000000000000000000001 fd090000000000000000000000000002"
          + "1100 05a9 00000001 6162636465666768";
  static final String ARP_REQUEST =
      "ffffffffffff 020000000001 0806"
          + "0001 0800 0604 0001 020000000001 0a000901 000000000000 0a000902";
  static final String VLAN_ECHO_REQUEST =
      "020000000002 020000000001 8100 002a 0800" + IPV4_ECHO_REQUEST + "000000000000";

  private Hex() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static Packet ip(String hex) {
    return Packet.of(LinkType.IP, bytes(hex));
  }

  static Packet ethernet(String hex) {
    return Packet.of(LinkType.ETHERNET, bytes(hex));
  }
}
