package vethbook.lab;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Route;

/**
 * A route as a cell asks for it.
 *
 * @param type what happens to a packet: unicast sends it on, the others drop it
 * @param destination the prefix; null for the default route, IPv4's unless the gateway is IPv6
 * @param via the gateway's address; null when not given or given as a device
 * @param viaDevice the device whose address is the gateway
 * @param dev the device to send through; null lets Linux find it by the gateway
 * @param source the preferred source address
 * @param table the routing table, 254 is the main one
 * @param metric of two routes to one prefix the lower is taken; 0 for the usual one
 * @param onlink the gateway is on the link though no address says so
 */
public record RoutePlan(
    Route.Type type,
    @Nullable Cidr destination,
    @Nullable InetAddress via,
    @Nullable Device viaDevice,
    @Nullable Device dev,
    @Nullable InetAddress source,
    int table,
    int metric,
    boolean onlink) {

  /** A route to a destination through a gateway, in the main table. */
  public static RoutePlan via(@Nullable Cidr destination, InetAddress gateway) {
    return new RoutePlan(
        Route.Type.UNICAST, destination, gateway, null, null, null, Route.MAIN, 0, false);
  }

  /** The default route, by a device of the gateway. */
  public static RoutePlan defaultVia(Device gateway) {
    return new RoutePlan(Route.Type.UNICAST, null, null, gateway, null, null, Route.MAIN, 0, false);
  }

  /** What differs from what is there. */
  List<Change> changes(Netns netns) {
    Route wanted = wanted(netns);
    Optional<Route> old =
        netns.view().routes(table, wanted.destination().isIpv6()).stream()
            .filter(wanted::hasSameKey)
            .findFirst();
    if (old.isPresent() && covers(old.get(), wanted)) {
      return List.of();
    }
    return List.of(new ReplaceRoute(netns, wanted, old.orElse(null), through(), false));
  }

  /** The same where there may be none yet, without a look at those that are there. */
  List<Change> addition(Netns netns) {
    return List.of(new ReplaceRoute(netns, wanted(netns), null, through(), true));
  }

  private String through() {
    return dev == null ? "" : dev.name();
  }

  private Route wanted(Netns netns) {
    InetAddress gateway = gateway(netns);
    if (type.drops() && (gateway != null || dev != null)) {
      throw new PlanException(
          "Cannot add a %s route to %s with a way".formatted(type.word(), name()),
          "it drops the packets: leave out via: and dev:");
    }
    if (!type.drops() && gateway == null && dev == null) {
      throw new PlanException(
          "Cannot add a route to %s in %s without a way".formatted(name(), netns),
          "say via: an address or a device of the gateway, or dev: the device to send through");
    }
    if (dev != null && dev.netns() != netns) {
      throw new PlanException(
          "Cannot route in %s through %s, a device of another namespace".formatted(netns, dev),
          "for a gateway write via: " + dev);
    }
    Cidr network = destination == null ? everything(gateway) : checked(destination);
    if (gateway != null && network.isIpv6() != (gateway.getAddress().length == 16)) {
      throw new PlanException(
          "Cannot route in %s to %s via %s: one is IPv4, the other IPv6"
              .formatted(netns, name(), Cidr.text(gateway)),
          "name a gateway of the same family as the network");
    }
    int index = dev == null ? 0 : dev.index();
    return new Route(type, network, gateway, index, source, table, metric, onlink);
  }

  private static boolean covers(Route old, Route wanted) {
    return old.type() == wanted.type()
        && Objects.equals(old.via(), wanted.via())
        && (wanted.linkIndex() == 0 || old.linkIndex() == wanted.linkIndex())
        && (wanted.source() == null || wanted.source().equals(old.source()));
  }

  private static Cidr everything(@Nullable InetAddress gateway) {
    boolean isIpv6 = gateway != null && gateway.getAddress().length == 16;
    return Cidr.parse(isIpv6 ? "::/0" : "0.0.0.0/0");
  }

  private Cidr checked(Cidr wanted) {
    if (!wanted.equals(wanted.network())) {
      throw new PlanException(
          "Cannot route to " + wanted + ": it has host bits", "the network is " + wanted.network());
    }
    return wanted;
  }

  private String name() {
    return destination == null ? "default" : destination.toString();
  }

  /** The gateway's address: of a device, the one that the namespace can reach directly. */
  private @Nullable InetAddress gateway(Netns netns) {
    if (viaDevice == null) {
      return via;
    }
    List<Cidr> candidates = viaDevice.addresses();
    List<Cidr> own = netns.addresses();
    return candidates.stream()
        .filter(their -> onlink || own.stream().anyMatch(mine -> mine.contains(their.address())))
        .map(Cidr::address)
        .findFirst()
        .orElseThrow(
            () ->
                new PlanException(
                    "Cannot route in %s via %s: it has no address on a network of this namespace"
                        .formatted(netns, viaDevice),
                    "%s has %s; %s has %s"
                        .formatted(viaDevice, orNone(candidates), netns, orNone(own))));
  }

  private static String orNone(List<Cidr> addresses) {
    return addresses.isEmpty() ? "no address" : addresses.toString();
  }
}
