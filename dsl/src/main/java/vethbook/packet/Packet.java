package vethbook.packet;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One packet of a TUN device, or frame of a TAP device: its bytes, and what they say. It never
 * changes; what changes one makes another. Header properties are null where the packet has none of
 * that kind, so that a cell may say {@code packet.tcp?.destinationPort}.
 */
public final class Packet {
  private final LinkType link;
  private final byte[] bytes;
  private final @Nullable Instant time;
  private final boolean isReply;
  private @Nullable Layers layers;

  private Packet(LinkType link, byte[] bytes, @Nullable Instant time, boolean isReply) {
    this.link = link;
    this.bytes = bytes;
    this.time = time;
    this.isReply = isReply;
  }

  /** A packet of these bytes; they are copied. */
  public static Packet of(LinkType link, byte[] bytes) {
    return new Packet(link, bytes.clone(), null, false);
  }

  /** The same, as a program gave it to Linux at this time. */
  public Packet sentAt(Instant instant) {
    return new Packet(link, bytes, instant, true);
  }

  /** The same, as Linux sent it out of the device at this time. */
  public Packet receivedAt(Instant instant) {
    return new Packet(link, bytes, instant, false);
  }

  /** When it was read or sent; null for one that is not sent yet. */
  public @Nullable Instant getTime() {
    return time;
  }

  /** True when a program sent it, false when Linux did. */
  public boolean isReply() {
    return isReply;
  }

  public LinkType getLink() {
    return link;
  }

  /** Bytes in all, headers included. */
  public int getLength() {
    return bytes.length;
  }

  /** A copy of its bytes. */
  public byte[] getBytes() {
    return bytes.clone();
  }

  public @Nullable Ethernet getEthernet() {
    return layers().ethernet();
  }

  public @Nullable Arp getArp() {
    return layers().arp();
  }

  public @Nullable Ip getIp() {
    return layers().ip();
  }

  public @Nullable Tcp getTcp() {
    return layers().tcp();
  }

  public @Nullable Udp getUdp() {
    return layers().udp();
  }

  /** ICMP or ICMPv6. */
  public @Nullable Icmp getIcmp() {
    return layers().icmp();
  }

  /** What comes after the last header that is understood, without an Ethernet frame's padding. */
  public byte[] getPayload() {
    return Arrays.copyOfRange(bytes, layers().payloadAt(), layers().end());
  }

  /** Whether a header or the packet promises more bytes than there are. */
  public boolean isTruncated() {
    return layers().isTruncated();
  }

  /** The highest protocol that is understood: {@code TCP}, {@code ICMPv6}, {@code ARP}. */
  public String getProtocol() {
    return new PacketText(this).protocol();
  }

  /** The address that it comes from: of IP, else of Ethernet; empty when there is none. */
  public String getSource() {
    return new PacketText(this).source();
  }

  /** The address that it goes to: of IP, else of Ethernet; empty when there is none. */
  public String getDestination() {
    return new PacketText(this).destination();
  }

  /** Back to where it came from: both addresses of each header and both ports change places. */
  public Packet reversed() {
    return new PacketEdit(this).reverse().done();
  }

  /** What a host answers to an ICMP or ICMPv6 echo request; null when this is none. */
  public @Nullable Packet echoReply() {
    Icmp icmp = getIcmp();
    return icmp == null || !icmp.isEchoRequest()
        ? null
        : new PacketEdit(this).reverse().echoReply(icmp.version()).done();
  }

  /**
   * What the owner of an address answers to an ARP request; null when this is none.
   *
   * @param mac the owner's, such as {@code 02:00:00:00:00:02}
   */
  public @Nullable Packet arpReply(String mac) {
    Arp arp = getArp();
    return arp == null || arp.operation() != Arp.REQUEST
        ? null
        : new PacketEdit(this).reverse().arpReply(mac).done();
  }

  /** With another source address, of the same IP version. */
  public Packet withSource(String address) {
    return new PacketEdit(this).address(address, true).done();
  }

  /** With another destination address, of the same IP version. */
  public Packet withDestination(String address) {
    return new PacketEdit(this).address(address, false).done();
  }

  /** With another TCP or UDP source port. */
  public Packet withSourcePort(int port) {
    return new PacketEdit(this).port(port, 0).done();
  }

  /** With another TCP or UDP destination port. */
  public Packet withDestinationPort(int port) {
    return new PacketEdit(this).port(port, 2).done();
  }

  /** With another number of hops left, 0 to 255. */
  public Packet withTtl(int hops) {
    return new PacketEdit(this).ttl(hops).done();
  }

  /** With other bytes after its last header; its length fields follow. */
  public Packet withPayload(byte[] payload) {
    return new PacketEdit(this).payload(payload).done();
  }

  Layers layers() {
    Layers known = layers;
    if (known == null) {
      known = Decoder.decode(link, bytes);
      layers = known;
    }
    return known;
  }

  /** The bytes themselves, for those who do not change them. */
  byte[] raw() {
    return bytes;
  }

  /** {@code ICMP 10.0.9.1 → 10.0.9.2 echo request, 84 bytes}. */
  @Override
  public String toString() {
    return new PacketText(this).line();
  }
}
