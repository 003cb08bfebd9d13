package vethbook.lab.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;

/**
 * Which packets a filter rule is about. What is empty matches all.
 *
 * @param from networks of sources
 * @param to networks of destinations
 * @param protocols names of /etc/protocols
 * @param ports of destinations: {@code 80} or {@code 8000-8010}
 * @param in the name of the device that they come in through
 * @param out the name of the device that they leave through
 * @param millionths how many of a million, chosen at random; 1 000 000 for all
 */
public record PacketMatch(
    List<Cidr> from,
    List<Cidr> to,
    List<String> protocols,
    List<String> ports,
    String in,
    String out,
    int millionths) {
  public static final int ALL = 1_000_000;
  private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "udplite", "sctp", "dccp");

  /** Protocols that have ports. */
  public static boolean hasPorts(String protocol) {
    return WITH_PORTS.contains(protocol);
  }

  /** True when it can match packets of IPv6, or else of IPv4. */
  public boolean matches(boolean ipv6) {
    return has(from, ipv6) && has(to, ipv6);
  }

  /** True when it matches packets of both alike. */
  boolean isAnyFamily() {
    return from.isEmpty() && to.isEmpty();
  }

  private static boolean has(List<Cidr> networks, boolean ipv6) {
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.isIpv6() == ipv6);
  }

  /** {@code 10.0.0.0/24 → 10.1.0.1, tcp 80}. */
  String words() {
    List<String> parts = new ArrayList<>();
    if (!isAnyFamily()) {
      parts.add(hosts(from) + " → " + hosts(to));
    }
    String protocol = String.join(" or ", protocols);
    if (!protocols.isEmpty() || !ports.isEmpty()) {
      parts.add((protocol + " " + String.join(" or ", ports)).strip());
    }
    parts.add(in.isEmpty() ? "" : "in through " + in);
    parts.add(out.isEmpty() ? "" : "out through " + out);
    parts.add(millionths == ALL ? "" : percent() + " % of them");
    parts.removeIf(String::isEmpty);
    return parts.isEmpty() ? "all packets" : String.join(", ", parts);
  }

  private String percent() {
    return BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString();
  }

  private static String hosts(List<Cidr> networks) {
    return networks.isEmpty()
        ? "any"
        : String.join(" or ", networks.stream().map(NftValue::address).toList());
  }

  /** For nft, for packets of both families. */
  String text() {
    return join(device("iifname", in), device("oifname", out), protocol(true, true), chance());
  }

  /** For nft, for packets of one family. */
  String text(boolean ipv6) {
    return join(
        device("iifname", in),
        device("oifname", out),
        network("saddr", from, ipv6),
        network("daddr", to, ipv6),
        protocol(!ipv6, ipv6),
        chance());
  }

  private static String join(String... parts) {
    return String.join(" ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
  }

  private static String device(String key, String name) {
    return name.isEmpty() ? "" : key + " " + NftValue.device(name);
  }

  private static String network(String field, List<Cidr> networks, boolean ipv6) {
    List<Cidr> mine = networks.stream().filter(network -> network.isIpv6() == ipv6).toList();
    if (mine.isEmpty()) {
      return "";
    }
    return mine.stream().anyMatch(network -> network.prefixLength() == 0)
        ? "meta nfproto " + (ipv6 ? "ipv6" : "ipv4")
        : "%s %s %s"
            .formatted(
                NftValue.family(ipv6),
                field,
                NftValue.set(mine.stream().map(NftValue::address).toList()));
  }

  private String protocol(boolean ipv4, boolean ipv6) {
    if (ports.isEmpty()) {
      return protocols.isEmpty() ? "" : "meta l4proto " + NftValue.set(names(ipv4, ipv6));
    }
    return protocols.size() == 1
        ? protocols.get(0) + " dport " + NftValue.set(ports)
        : "meta l4proto " + NftValue.set(protocols) + " th dport " + NftValue.set(ports);
  }

  /** To people ping is ICMP in both families. */
  private List<String> names(boolean ipv4, boolean ipv6) {
    List<String> names = new ArrayList<>();
    for (String protocol : protocols) {
      boolean isIcmp = protocol.equals("icmp");
      if (!isIcmp || ipv4) {
        names.add(protocol);
      }
      if (isIcmp && ipv6) {
        names.add("ipv6-icmp");
      }
    }
    return names;
  }

  private String chance() {
    return millionths == ALL ? "" : "numgen random mod " + ALL + " < " + millionths;
  }

  /** The lines of a rule with this match. */
  List<OwnRule.Line> lines(OwnChain chain, String verdict) {
    requireOneFamily();
    List<OwnRule.Line> lines = new ArrayList<>();
    if (isAnyFamily()) {
      lines.add(OwnRule.Line.of(chain, join(text(), "counter", verdict)));
      return lines;
    }
    if (matches(false)) {
      lines.add(OwnRule.Line.of(chain, join(text(false), "counter", verdict)));
    }
    if (matches(true)) {
      String label = lines.isEmpty() ? "" : "IPv6";
      lines.add(new OwnRule.Line(chain, join(text(true), "counter", verdict), label, true));
    }
    return lines;
  }

  private void requireOneFamily() {
    if (!matches(false) && !matches(true)) {
      throw new PlanException(
          "Cannot match packets from %s to %s".formatted(hosts(from), hosts(to)),
          "both are IPv4 or both IPv6");
    }
  }
}
