package vethbook.lab.filter;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.PlanException;
import vethbook.lab.filter.OwnRule.Kind;
import vethbook.lab.filter.OwnRule.Line;
import vethbook.linux.Cidr;

/** Rules that change addresses (NAT, RFC 3022). */
public final class Translations {
  private static final String LOOPBACK = "127.0.0.0/8";

  private Translations() {}

  /** How a service chooses among those behind it. */
  public enum Balance {
    RANDOM("numgen random mod %d"),
    ROUND_ROBIN("numgen inc mod %d"),
    /** The same one for the same client. */
    SOURCE("jhash %s saddr mod %d");

    private final String nft;

    Balance(String nft) {
      this.nft = nft;
    }

    private String key(boolean ipv6, int count) {
      return this == SOURCE ? nft.formatted(NftValue.family(ipv6), count) : nft.formatted(count);
    }
  }

  /**
   * Where translated packets go.
   *
   * @param network that it shares with the namespace; null if it is further away
   */
  public record Target(InetAddress address, int port, @Nullable Cidr network) {
    boolean isIpv6() {
      return address.getAddress().length == 16;
    }
  }

  /** Sources of a network become the address of the device that they leave through. */
  public static OwnRule masquerade(Cidr source, String out) {
    return leaving("masquerade", source, out, source + " → " + out, "masquerade");
  }

  /** Sources of a network become an address. */
  public static OwnRule snat(Cidr source, String out, InetAddress to) {
    requireSame(source, to);
    String verdict = "snat " + NftValue.family(source.isIpv6()) + " to " + Cidr.text(to);
    return leaving("snat", source, out, source + " → " + Cidr.text(to), verdict);
  }

  private static OwnRule leaving(
      String word, Cidr source, String out, String words, String verdict) {
    String family = NftValue.family(source.isIpv6());
    String text =
        "%s saddr %s oifname %s counter %s"
            .formatted(family, NftValue.address(source), NftValue.device(out), verdict);
    String name = "%s %s %s".formatted(word, NftValue.address(source), out);
    return translation(name, words, List.of(Line.of(OwnChain.POSTROUTING, text)), "");
  }

  private static void requireSame(Cidr source, InetAddress to) {
    if (source.isIpv6() != (to.getAddress().length == 16)) {
      throw new PlanException(
          "Cannot translate %s to %s".formatted(source, Cidr.text(to)),
          "both are IPv4 or both IPv6");
    }
  }

  /** Packets to one address go to another; both keep their ports. */
  public static OwnRule dnat(InetAddress address, Target target) {
    boolean ipv6 = address.getAddress().length == 16;
    requireSame(new Cidr(address, ipv6 ? 128 : 32), target.address());
    String family = NftValue.family(ipv6);
    String text =
        "%s daddr %s counter dnat %s to %s"
            .formatted(family, Cidr.text(address), family, Cidr.text(target.address()));
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(OwnChain.PREROUTING, text));
    lines.add(Line.of(OwnChain.OUTPUT_NAT, text));
    lines.addAll(returning(List.of(target), "", false));
    return translation(
        "dnat " + Cidr.text(address),
        Cidr.text(address) + " → " + Cidr.text(target.address()),
        lines,
        "");
  }

  /**
   * A port of the namespace leads to a port elsewhere, as Docker's {@code -p 8080:80}: from
   * outside, from its own programs, by its loopback address (IPv4 only: Linux has no {@code
   * route_localnet} for {@code ::1}), and from the target's own network.
   *
   * @param address that the port is open on; null for all
   * @param targets one, or one of each family
   * @param localDevice the device towards an IPv4 target
   */
  public static OwnRule publish(
      int port,
      String protocol,
      @Nullable InetAddress address,
      List<Target> targets,
      String localDevice) {
    List<Line> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean byLoopback = address == null || address.isLoopbackAddress();
    for (Target target : targets) {
      String match =
          "%s %s dport %d".formatted(listening(address, target.isIpv6()), protocol, port);
      String to = NftValue.socket(target.address(), target.port());
      String text = match + " counter dnat " + NftValue.family(target.isIpv6()) + " to " + to;
      lines.addAll(both(text, target.isIpv6() && targets.size() > 1 ? "IPv6" : ""));
      lines.addAll(returning(List.of(target), protocol, byLoopback));
      words.add(to);
    }
    String where = address == null ? "" : Cidr.text(address) + " ";
    String name = "publish %s%d/%s".formatted(where, port, protocol);
    return translation(
        name,
        "%s%d/%s → %s".formatted(where, port, protocol, String.join(", ", words)),
        lines,
        byLoopback ? localDevice : "");
  }

  private static String listening(@Nullable InetAddress address, boolean ipv6) {
    if (address != null) {
      return NftValue.family(ipv6) + " daddr " + Cidr.text(address);
    }
    return ipv6
        ? "ip6 daddr != ::1 fib daddr type local"
        : "meta nfproto ipv4 fib daddr type local";
  }

  /**
   * An address that no device need have leads to one of several targets: what kube-proxy does.
   *
   * @param targets at least one, all of the address's family
   */
  public static OwnRule service(
      InetAddress address, int port, String protocol, List<Target> targets, Balance balance) {
    boolean ipv6 = address.getAddress().length == 16;
    targets.forEach(target -> requireSame(new Cidr(address, ipv6 ? 128 : 32), target.address()));
    String family = NftValue.family(ipv6);
    String text =
        "%s daddr %s %s dport %d counter dnat %s to %s"
            .formatted(
                family, Cidr.text(address), protocol, port, family, one(targets, balance, ipv6));
    List<Line> lines = new ArrayList<>(both(text, ""));
    lines.addAll(returning(targets, protocol, false));
    String name = NftValue.socket(address, port) + "/" + protocol;
    List<String> sockets =
        targets.stream().map(t -> NftValue.socket(t.address(), t.port())).toList();
    return translation("service " + name, name + " → " + String.join(", ", sockets), lines, "");
  }

  private static String one(List<Target> targets, Balance balance, boolean ipv6) {
    if (targets.size() == 1) {
      return NftValue.socket(targets.get(0).address(), targets.get(0).port());
    }
    List<String> choices = new ArrayList<>();
    for (Target target : targets) {
      choices.add(
          "%d : %s . %d".formatted(choices.size(), Cidr.text(target.address()), target.port()));
    }
    return balance.key(ipv6, targets.size()) + " map { " + String.join(", ", choices) + " }";
  }

  private static List<Line> both(String text, String label) {
    return List.of(
        new Line(OwnChain.PREROUTING, text, label, true),
        new Line(OwnChain.OUTPUT_NAT, text, label, true));
  }

  /**
   * Whoever would be answered past the namespace, or nowhere, gets the namespace's own address: a
   * neighbour of the target and a program that came by loopback.
   */
  private static List<Line> returning(List<Target> targets, String protocol, boolean byLoopback) {
    boolean ipv6 = targets.get(0).isIpv6();
    Set<String> sources = new LinkedHashSet<>();
    if (byLoopback && !ipv6) {
      sources.add(LOOPBACK);
    }
    Set<String> ports = new LinkedHashSet<>();
    Set<String> addresses = new LinkedHashSet<>();
    for (Target target : targets) {
      if (target.network() != null) {
        sources.add(target.network().toString());
      }
      ports.add(Integer.toString(target.port()));
      addresses.add(Cidr.text(target.address()));
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    String family = NftValue.family(ipv6);
    String towards =
        protocol.isEmpty() ? "" : protocol + " dport " + NftValue.set(List.copyOf(ports)) + " ";
    String text =
        "%s saddr %s %s daddr %s %sct status dnat counter masquerade"
            .formatted(
                family,
                NftValue.set(List.copyOf(sources)),
                family,
                NftValue.set(List.copyOf(addresses)),
                towards);
    return List.of(new Line(OwnChain.POSTROUTING, text, ipv6 ? "return IPv6" : "return", false));
  }

  private static OwnRule translation(
      String name, String words, List<Line> lines, String localDevice) {
    return new OwnRule(name, words, Kind.TRANSLATION, lines, localDevice);
  }
}
