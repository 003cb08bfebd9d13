package vethbook.packet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A packet in words, as a row of a table has them. */
final class PacketText {
  /** Protocols that are named but not decoded ({@code linux/in.h}). */
  private static final Map<Integer, String> PROTOCOLS =
      Map.ofEntries(
          Map.entry(Ip.ICMP, "ICMP"),
          Map.entry(2, "IGMP"),
          Map.entry(4, "IPIP"),
          Map.entry(Ip.TCP, "TCP"),
          Map.entry(Ip.UDP, "UDP"),
          Map.entry(41, "IPv6 in IP"),
          Map.entry(47, "GRE"),
          Map.entry(50, "ESP"),
          Map.entry(51, "AH"),
          Map.entry(Ip.ICMPV6, "ICMPv6"),
          Map.entry(89, "OSPF"),
          Map.entry(132, "SCTP"));

  private final Packet packet;
  private final Layers layers;

  PacketText(Packet packet) {
    this.packet = packet;
    this.layers = packet.layers();
  }

  /** What the headers say, as named columns. */
  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("protocol", protocol());
    row.put("source", source());
    row.put("destination", destination());
    row.put("ports or type", portsOrType());
    row.put("flags", flags());
    row.put("info", info());
    return row;
  }

  String protocol() {
    Ip ip = layers.ip();
    Ethernet ethernet = layers.ethernet();
    if (ip != null) {
      return PROTOCOLS.getOrDefault(ip.protocol(), "IP protocol " + ip.protocol());
    }
    if (layers.arp() != null) {
      return "ARP";
    }
    return ethernet != null && ethernet.type() > 1500
        ? "ethertype 0x%04x".formatted(ethernet.type())
        : packet.getLink() == LinkType.ETHERNET ? "Ethernet" : "not IP";
  }

  String source() {
    Ip ip = layers.ip();
    Ethernet ethernet = layers.ethernet();
    return ip != null ? ip.source() : ethernet != null ? ethernet.source() : "";
  }

  String destination() {
    Ip ip = layers.ip();
    Ethernet ethernet = layers.ethernet();
    return ip != null ? ip.destination() : ethernet != null ? ethernet.destination() : "";
  }

  /** {@code 40112 → 80}, or what an ICMP or ARP message is about; else empty. */
  String portsOrType() {
    Tcp tcp = layers.tcp();
    Udp udp = layers.udp();
    Icmp icmp = layers.icmp();
    Arp arp = layers.arp();
    if (tcp != null) {
      return tcp.sourcePort() + " → " + tcp.destinationPort();
    }
    if (udp != null) {
      return udp.sourcePort() + " → " + udp.destinationPort();
    }
    if (icmp != null) {
      return icmp.name() + (icmp.code() == 0 ? "" : ", code " + icmp.code());
    }
    return arp == null ? "" : arpType(arp);
  }

  private static String arpType(Arp arp) {
    return switch (arp.operation()) {
      case Arp.REQUEST -> "request";
      case Arp.REPLY -> "reply";
      default -> "operation " + arp.operation();
    };
  }

  /** {@code SYN ACK}; empty without TCP. */
  String flags() {
    Tcp tcp = layers.tcp();
    return tcp == null
        ? ""
        : tcp.flags().stream().map(TcpFlag::name).collect(Collectors.joining(" "));
  }

  /** Numbers of the protocol, and what is unusual. */
  String info() {
    List<String> facts = new ArrayList<>();
    transportFacts(facts);
    Arp arp = layers.arp();
    if (arp != null) {
      facts.add(
          arp.operation() == Arp.REQUEST
              ? "who has %s? tell %s".formatted(arp.targetAddress(), arp.senderAddress())
              : "%s is at %s".formatted(arp.senderAddress(), arp.senderMac()));
    }
    Ip ip = layers.ip();
    if (ip != null && ip.isFragment()) {
      facts.add("fragment at " + ip.fragmentOffset() + (ip.moreFragments() ? "" : ", the last"));
    }
    Ethernet ethernet = layers.ethernet();
    if (ethernet != null && ethernet.vlan() >= 0) {
      facts.add("VLAN " + ethernet.vlan());
    }
    if (layers.isTruncated()) {
      facts.add("truncated");
    }
    return String.join(", ", facts);
  }

  private void transportFacts(List<String> facts) {
    Tcp tcp = layers.tcp();
    Icmp icmp = layers.icmp();
    if (tcp != null) {
      facts.add("seq " + tcp.sequence());
      if (tcp.flags().contains(TcpFlag.ACK)) {
        facts.add("ack " + tcp.acknowledgement());
      }
      facts.add("win " + tcp.window());
    }
    if (icmp != null && icmp.isEcho()) {
      facts.add("id " + icmp.id());
      facts.add("seq " + icmp.sequence());
    }
    if (tcp != null || layers.udp() != null) {
      facts.add("data " + (layers.end() - layers.payloadAt()));
    }
  }

  String line() {
    String between = source().isEmpty() ? "" : " %s → %s".formatted(source(), destination());
    String detail = (portsOrType() + " " + flags()).strip();
    return "%s%s%s, %s bytes"
        .formatted(
            protocol(),
            between,
            detail.isEmpty() ? "" : " " + detail,
            String.format(Locale.ROOT, "%d", packet.getLength()));
  }
}
