package vethbook.packet;

/**
 * An IPv4 or IPv6 header (RFC 791, RFC 8200).
 *
 * @param version 4 or 6
 * @param protocol of what follows it and IPv6's extension headers: 1 is ICMP, 6 TCP, 17 UDP, 58
 *     ICMPv6
 * @param ttl hops left; IPv6 calls it hop limit
 * @param fragmentOffset bytes of the whole that come before this fragment; 0 in the first, and in a
 *     packet that is whole
 * @param moreFragments true in every fragment but the last
 */
public record Ip(
    int version,
    String source,
    String destination,
    int protocol,
    int ttl,
    int fragmentOffset,
    boolean moreFragments) {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  public boolean isFragment() {
    return fragmentOffset > 0 || moreFragments;
  }
}
