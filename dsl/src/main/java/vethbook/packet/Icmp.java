package vethbook.packet;

import java.util.Map;

/**
 * An ICMP or ICMPv6 header (RFC 792, RFC 4443, RFC 4861).
 *
 * @param version 4 for ICMP, 6 for ICMPv6
 * @param id of an echo; 0 in other messages
 * @param sequence of an echo; 0 in other messages
 */
public record Icmp(int version, int type, int code, int id, int sequence) {
  static final int REQUEST = 8;
  static final int REQUEST6 = 128;
  static final int REPLY6 = 129;

  private static final Map<Integer, String> NAMES =
      Map.of(
          0,
          "echo reply",
          3,
          "destination unreachable",
          5,
          "redirect",
          REQUEST,
          "echo request",
          11,
          "time exceeded",
          12,
          "parameter problem");
  private static final Map<Integer, String> NAMES6 =
      Map.ofEntries(
          Map.entry(1, "destination unreachable"),
          Map.entry(2, "packet too big"),
          Map.entry(3, "time exceeded"),
          Map.entry(4, "parameter problem"),
          Map.entry(REQUEST6, "echo request"),
          Map.entry(REPLY6, "echo reply"),
          Map.entry(130, "multicast listener query"),
          Map.entry(131, "multicast listener report"),
          Map.entry(133, "router solicitation"),
          Map.entry(134, "router advertisement"),
          Map.entry(135, "neighbour solicitation"),
          Map.entry(136, "neighbour advertisement"),
          Map.entry(137, "redirect"),
          Map.entry(143, "multicast listener report v2"));

  /** The type as its document calls it: {@code echo request}; {@code type 42} for others. */
  public String name() {
    return (version == 4 ? NAMES : NAMES6).getOrDefault(type, "type " + type);
  }

  public boolean isEchoRequest() {
    return type == (version == 4 ? REQUEST : REQUEST6);
  }

  boolean isEcho() {
    return isEchoRequest() || type == (version == 4 ? 0 : REPLY6);
  }
}
