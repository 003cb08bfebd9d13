package vethbook.diagnose;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.RouteQuestion;

/** Why a packet that has left through a device arrives nowhere: what is wrong on the link. */
final class Wire {
  private final Lab lab;
  private final Device out;
  private final Sighting packet;

  Wire(Lab lab, Netns netns, Sighting packet) {
    this.lab = lab;
    this.out = netns.device(packet.device());
    this.packet = packet;
  }

  Cause cause() {
    Optional<Link> link = out.link();
    if (link.isEmpty()) {
      return Cause.of(out + " is gone", null);
    }
    Optional<Cause> broken = brokenEnd(link.get());
    return broken.orElseGet(this::neighbour);
  }

  private Optional<Cause> brokenEnd(Link link) {
    if (!link.isUp()) {
      return Optional.of(Cause.of(out + " is down", out + ".up()", "ip link: " + out + " DOWN"));
    }
    Optional<Device> other = out.other();
    boolean otherIsDown = other.flatMap(Device::link).map(end -> !end.isUp()).orElse(false);
    if (otherIsDown) {
      Device peer = other.orElseThrow();
      return Optional.of(
          Cause.of(
              "%s, the other end of %s, is down".formatted(peer, out),
              peer + ".up()",
              out + " has " + (link.hasCarrier() ? "" : "no ") + "carrier"));
    }
    if (link.hasCarrier()) {
      return Optional.empty();
    }
    return Optional.of(
        link.kind().equals("bridge")
            ? emptyBridge()
            : Cause.of(out + " has no carrier: nothing is at its other end", null));
  }

  /** A bridge has a carrier when one of its ports is up. */
  private Cause emptyBridge() {
    List<Device> ports = ports(out);
    if (!ports.isEmpty()) {
      return Cause.of(
          "no port of bridge %s is up".formatted(out), ports.get(0) + ".up()", "ports: " + ports);
    }
    String finding = "bridge %s has no port".formatted(out);
    return out.netns().devices().stream()
        .filter(device -> device.other().filter(this::isReceiver).isPresent())
        .findFirst()
        .map(
            device ->
                Cause.of(
                    "%s; %s leads to %s"
                        .formatted(finding, device, Cidr.text(packet.destination())),
                    "bridge %s, ports: [%s]".formatted(out, device)))
        .orElseGet(() -> Cause.of(finding, "bridge %s, ports: [...]".formatted(out)));
  }

  private boolean isReceiver(Device device) {
    return device.addresses().stream()
        .anyMatch(cidr -> cidr.address().equals(packet.destination()));
  }

  /** The packet went to a MAC address that is not the next hop's. */
  Optional<Cause> wrongMac() {
    InetAddress hop = nextHop();
    List<Device> holders = holders(hop);
    return entry(hop)
        .filter(known -> !known.mac().isEmpty() && !holders.isEmpty())
        .filter(known -> !isOneOf(holders, known))
        .map(known -> lostBeyond(hop, known, holders));
  }

  private static boolean isOneOf(List<Device> holders, Neighbour known) {
    return holders.stream().anyMatch(device -> device.existing().mac().equals(known.mac()));
  }

  private Cause neighbour() {
    InetAddress hop = nextHop();
    Optional<Neighbour> known = entry(hop);
    List<Device> holders = holders(hop);
    String seen =
        known
            .map(entry -> "ip neighbour in %s: %s".formatted(out.netns(), entry.text()))
            .orElse("ip neighbour in %s: nothing of %s".formatted(out.netns(), Cidr.text(hop)));
    boolean isAnswered = known.map(entry -> !entry.mac().isEmpty()).orElse(false);
    Cause cause =
        isAnswered ? lostBeyond(hop, known.orElseThrow(), holders) : unanswered(hop, holders);
    return cause.and(List.of(seen));
  }

  private InetAddress nextHop() {
    Route way = out.netns().way(RouteQuestion.to(packet.destination()));
    InetAddress via = way.via();
    return via == null ? packet.destination() : via;
  }

  private Optional<Neighbour> entry(InetAddress hop) {
    int index = out.existing().index();
    return out.netns().handle().neighbours().list().stream()
        .filter(entry -> entry.linkIndex() == index && !entry.isProxy())
        .filter(entry -> hop.equals(entry.address()))
        .findFirst();
  }

  private List<Device> holders(InetAddress address) {
    List<Device> found = new ArrayList<>();
    for (Netns netns : lab.namespaces()) {
      for (Device device : netns.devices()) {
        if (device != out
            && device.addresses().stream().anyMatch(cidr -> cidr.address().equals(address))) {
          found.add(device);
        }
      }
    }
    return found;
  }

  /** Nobody answers the question "who has this address". */
  private Cause unanswered(InetAddress hop, List<Device> holders) {
    if (holders.isEmpty()) {
      boolean isGateway = !hop.equals(packet.destination());
      return Cause.of(
          "nobody on the link of %s has the address %s%s"
              .formatted(
                  out, Cidr.text(hop), isGateway ? ", which the route names as gateway" : ""),
          isGateway
              ? "%s.route ..., via: the device that is the gateway".formatted(out.netns().name())
              : null);
    }
    Device holder = holders.get(0);
    Set<Device> reached = domain();
    if (!reached.contains(holder)) {
      return apart(hop, holder);
    }
    if (!holder.existing().isUp()) {
      return Cause.of(
          "%s, which has the address %s, is down".formatted(holder, Cidr.text(hop)),
          holder + ".up()");
    }
    return silent(hop, holder);
  }

  /** The one that has the address is not on the link. */
  private Cause apart(InetAddress hop, Device holder) {
    Optional<Device> other = out.other();
    boolean endsNowhere =
        other.isPresent()
            && other.get().link().map(link -> link.masterIndex() == 0).orElse(false)
            && other.get().addresses().isEmpty();
    if (endsNowhere) {
      return Cause.of(
          "%s, the other end of %s, is a port of no bridge and has no address: %s is not reached"
              .formatted(other.get(), out, holder),
          "bridge ..., ports: [..., %s]".formatted(other.get()));
    }
    for (Device port : portsDown()) {
      return Cause.of(
          "%s, a port on the way from %s to %s, is down".formatted(port, out, holder),
          port + ".up()");
    }
    return Cause.of(
        "%s has the address %s, but is not on the link of %s"
            .formatted(holder, Cidr.text(hop), out),
        null);
  }

  private Cause silent(InetAddress hop, Device holder) {
    String key = "net/ipv4/conf/%s/arp_ignore";
    for (String scope : List.of("all", holder.name())) {
      String value = holder.netns().sysctl(key.formatted(scope));
      if (!value.equals("0")) {
        return Cause.of(
            "%s does not answer ARP for %s".formatted(holder.netns(), Cidr.text(hop)),
            "%s.sysctl 'net.ipv4.conf.%s.arp_ignore', 0".formatted(holder.netns().name(), scope),
            "net.ipv4.conf.%s.arp_ignore = %s in %s".formatted(scope, value, holder.netns()));
      }
    }
    Sighting question = new Sighting(packet.source(), hop, holder.name());
    Optional<Cause> unwelcome = Ways.ofComing(holder.netns(), question);
    if (unwelcome.isPresent()) {
      return unwelcome.get().and(List.of("it answers no ARP to such a sender either"));
    }
    return Cause.of(
        "%s is on the link of %s and up, but does not answer for %s"
            .formatted(holder, out, Cidr.text(hop)),
        null);
  }

  /** It is known who has the address, yet the packet does not arrive there. */
  private Cause lostBeyond(InetAddress hop, Neighbour known, List<Device> holders) {
    Set<Device> reached = domain();
    if (!isOneOf(holders, known) && !holders.isEmpty()) {
      Device holder = holders.get(0);
      return Cause.of(
          "%s sends to %s at the wrong MAC address %s"
              .formatted(out.netns(), Cidr.text(hop), known.mac()),
          known.state() == Neighbour.State.PERMANENT
              ? "%s.neighbour '%s', mac: '%s'"
                  .formatted(out, Cidr.text(hop), holder.existing().mac())
              : "another device answered for the address: look for it twice on the link",
          "%s, which has the address, has %s".formatted(holder, holder.existing().mac()));
    }
    for (Device port : portsDown()) {
      return Cause.of(
          "%s, a port on the way from %s, is down".formatted(port, out), port + ".up()");
    }
    Optional<Device> narrow =
        reached.stream()
            .filter(device -> device.existing().mtu() < out.existing().mtu())
            .findFirst();
    if (narrow.isPresent()) {
      return narrow(narrow.get());
    }
    return Cause.of(
        "the packet leaves %s and does not arrive: a qdisc, a filter of the bridge or a program on the link drops it"
            .formatted(out),
        null);
  }

  private Cause narrow(Device device) {
    int mtu = device.existing().mtu();
    return Cause.of(
        "%s takes packets of %d bytes at most, %s sends %d: longer ones are lost"
            .formatted(device, mtu, out, out.existing().mtu()),
        "%s.mtu %d.bytes, or more on %s".formatted(out, mtu, device));
  }

  /** The devices that a frame from the out device reaches: through pairs and bridges. */
  private Set<Device> domain() {
    Set<Device> seen = new LinkedHashSet<>();
    Deque<Device> open = new ArrayDeque<>();
    pass(out, open, seen);
    while (!open.isEmpty()) {
      Device device = open.pop();
      Device bridge = master(device);
      if (bridge != null && isUp(bridge)) {
        if (seen.add(bridge)) {
          ports(bridge).stream()
              .filter(port -> port != device && isUp(port))
              .forEach(port -> pass(port, open, seen));
        }
      }
    }
    seen.remove(out);
    return seen;
  }

  /** A frame leaves through a device: where it comes out. */
  private void pass(Device from, Deque<Device> open, Set<Device> seen) {
    seen.add(from);
    List<Device> ends = new ArrayList<>(from.other().stream().toList());
    lab.namespaces().stream()
        .flatMap(netns -> netns.devices().stream())
        .filter(device -> device.other().filter(from::equals).isPresent())
        .forEach(ends::add);
    for (Device end : ends) {
      if (end.link().isPresent() && seen.add(end)) {
        open.push(end);
        // a macvlan's frames leave through its parent, and reach the parent's other end
        boolean isParent = from.other().filter(end::equals).isPresent() && !isPair(from, end);
        if (isParent) {
          pass(end, open, seen);
        }
      }
    }
  }

  private static boolean isPair(Device a, Device b) {
    return b.other().filter(a::equals).isPresent();
  }

  private static boolean isUp(Device device) {
    return device.link().map(Link::isUp).orElse(false);
  }

  private static @Nullable Device master(Device device) {
    int master = device.link().map(Link::masterIndex).orElse(0);
    return master == 0
        ? null
        : device.netns().devices().stream()
            .filter(bridge -> bridge.existing().index() == master)
            .findFirst()
            .orElse(null);
  }

  private static List<Device> ports(Device bridge) {
    int index = bridge.existing().index();
    return bridge.netns().devices().stream()
        .filter(device -> device.existing().masterIndex() == index)
        .toList();
  }

  /** Ports of bridges, and the bridges themselves, on the way that are down. */
  private List<Device> portsDown() {
    List<Device> down = new ArrayList<>();
    for (Device device : domain()) {
      Device bridge = master(device);
      if (bridge != null) {
        if (!isUp(bridge)) {
          down.add(bridge);
        }
        ports(bridge).stream().filter(port -> !isUp(port)).forEach(down::add);
      }
    }
    return down;
  }
}
