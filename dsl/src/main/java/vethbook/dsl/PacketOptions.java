package vethbook.dsl;

import groovy.lang.IntRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.lab.filter.OwnRule;
import vethbook.lab.filter.PacketMatch;
import vethbook.linux.Cidr;

/** The options by which words name packets: {@code from}, {@code to}, {@code protocol}, ... */
final class PacketOptions {
  static final int MOST_PORTS = 65_535;

  /** Names that /etc/protocols gives to what crosses lab networks. */
  private static final List<String> PROTOCOLS =
      List.of(
          "tcp", "udp", "icmp", "sctp", "dccp", "udplite", "gre", "esp", "ah", "ipencap", "ipv6");

  private final String word;
  private final Options options;
  private final Netns netns;

  PacketOptions(String word, Options options, Netns netns) {
    this.word = word;
    this.options = options.withoutNothing();
    this.netns = netns;
  }

  /** Which packets a filter is about. */
  PacketMatch match() {
    List<String> ports = ports();
    return new PacketMatch(
        networks("from"),
        networks("to"),
        protocols(!ports.isEmpty()),
        ports,
        deviceName("in"),
        deviceName("out"),
        millionths());
  }

  /** Networks as texts, and the addresses of devices and namespaces. */
  private List<Cidr> networks(String name) {
    Set<Cidr> networks = new LinkedHashSet<>();
    for (Object value : options.all(name)) {
      if (value instanceof Device device) {
        addresses(device).forEach(address -> networks.add(single(address)));
      } else if (value instanceof Netns other) {
        addresses(other).forEach(address -> networks.add(single(address)));
      } else {
        networks.add(Cidr.parse(value.toString()).network());
      }
    }
    return List.copyOf(networks);
  }

  private static Cidr single(InetAddress address) {
    return new Cidr(address, address.getAddress().length * 8);
  }

  /** The addresses that packets can be sent on to; at least one. */
  List<InetAddress> targets(String name) {
    options.value(name, "a device or an address such as box.eth0 or '172.17.0.2'");
    List<InetAddress> targets = new ArrayList<>();
    for (Object value : options.all(name)) {
      targets.addAll(target(value));
    }
    return targets;
  }

  /** One address of each family, or the only one that a text says. */
  private List<InetAddress> target(Object value) {
    if (value instanceof Device device) {
      return onePerFamily(addresses(device));
    }
    return value instanceof Netns other
        ? List.of(other.addressFor(netns))
        : List.of(Cidr.parseAddress(value.toString()));
  }

  private static List<InetAddress> onePerFamily(List<InetAddress> all) {
    List<InetAddress> chosen = new ArrayList<>();
    for (InetAddress address : all) {
      if (chosen.stream().noneMatch(c -> c.getAddress().length == address.getAddress().length)) {
        chosen.add(address);
      }
    }
    return chosen;
  }

  private List<InetAddress> addresses(Device device) {
    device.existing();
    return some(device.addresses(), device, device + ".address '10.0.0.2/24'");
  }

  private List<InetAddress> addresses(Netns other) {
    return some(other.addresses(), other, "give one of its devices an address");
  }

  private List<InetAddress> some(List<Cidr> addresses, Object holder, String next) {
    if (addresses.isEmpty()) {
      throw new PlanException(
          "Cannot name %s in %s: it has no address".formatted(holder, word),
          "before it say " + next);
    }
    return addresses.stream().map(Cidr::address).toList();
  }

  /** Of the namespace itself; empty when not given. */
  private String deviceName(String name) {
    return options.has(name) ? device(name).name() : "";
  }

  /** A device of the namespace that the rule is in. */
  Device device(String name) {
    Device device = options.device(name);
    if (device.netns() != netns) {
      throw new PlanException(
          "Cannot %s in %s by %s: %s".formatted(word, netns, name, device),
          "name a device of " + netns);
    }
    return device;
  }

  /** TCP when only a port is given. */
  private List<String> protocols(boolean needsPorts) {
    if (!options.has("protocol")) {
      return needsPorts ? List.of("tcp") : List.of();
    }
    return options.all("protocol").stream()
        .map(value -> protocol(value.toString(), needsPorts))
        .distinct()
        .toList();
  }

  /** The only one; TCP when not given. */
  String protocolWithPorts() {
    return options.has("protocol") ? protocol(options.text("protocol"), true) : "tcp";
  }

  private String protocol(String given, boolean needsPorts) {
    String name = given.toLowerCase(Locale.ROOT);
    List<String> fit =
        needsPorts ? PROTOCOLS.stream().filter(PacketMatch::hasPorts).toList() : PROTOCOLS;
    if (!fit.contains(name)) {
      throw new PlanException(
          "Cannot understand protocol: '%s' in %s%s"
              .formatted(given, word, PROTOCOLS.contains(name) ? ": it has no ports" : ""),
          "it is one of " + String.join(", ", fit));
    }
    return name;
  }

  private List<String> ports() {
    List<String> ports = new ArrayList<>();
    Object whole = options.has("port") ? options.value("port", "80") : null;
    for (Object value : whole instanceof IntRange range ? List.of(range) : options.all("port")) {
      if (value instanceof IntRange range) {
        ports.add(port(word, range.getFrom()) + "-" + port(word, range.getTo()));
      } else {
        ports.add(Integer.toString(port(word, value)));
      }
    }
    return ports;
  }

  /** The option {@code port}; the default when not given. */
  int port(int absent) {
    return options.has("port") ? port(word, options.value("port", "80")) : absent;
  }

  static int port(String word, @Nullable Object value) {
    if (value instanceof Integer port && port >= 1 && port <= MOST_PORTS) {
      return port;
    }
    throw new PlanException(
        "Cannot take port %s in %s".formatted(value, word),
        "a port is a number from 1 to " + MOST_PORTS);
  }

  private int millionths() {
    if (!options.has("probability")) {
      return PacketMatch.ALL;
    }
    Object value = options.value("probability", "1.percent");
    double percent = value instanceof Percent given ? given.value() : Double.NaN;
    long millionths = Math.round(percent * PacketMatch.ALL / 100);
    if (Double.isNaN(percent) || millionths < 1 || millionths > PacketMatch.ALL) {
      throw new PlanException(
          "Cannot take probability: %s in %s".formatted(value, word),
          value instanceof Number number && !(number.doubleValue() > 100)
              ? "write probability: " + value + ".percent"
              : "it is 0.0001.percent to 100.percent");
    }
    return (int) millionths;
  }

  /** A rule under the name that was given to it, if any. */
  OwnRule named(OwnRule rule) {
    if (!options.has("name")) {
      return rule;
    }
    String name = options.text("name");
    if (!OwnRule.isName(name)) {
      throw new PlanException(
          "Cannot name a rule '%s'".formatted(name),
          "a name has 1 to 60 letters, digits, blanks and ._:/()[]@+-");
    }
    return rule.named(name);
  }
}
