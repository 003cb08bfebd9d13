package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.lab.filter.OwnTable;
import vethbook.linux.Cidr;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.nft.Nft;
import vethbook.linux.nft.Tables;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.Rule;
import vethbook.linux.rtnetlink.SavedRoutes;
import vethbook.linux.rtnetlink.SavedRoutes.Saved;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.sysctl.SysctlException;

/**
 * What a lab can leave behind in a namespace that it has attached, such as a container's, and how
 * that is taken away. What is gone already, or was on a device that is gone, needs nothing.
 */
final class Leftover {
  private static final String BLANK = " ";

  private Leftover() {}

  /**
   * A device that is about to be made.
   *
   * @param kind as in {@code ip link add ... type KIND}
   */
  static HostChange link(String name, String kind) {
    return new HostChange("link", name, kind);
  }

  /** The same once it has been made: from now on it is known by its index, whatever its name. */
  static HostChange link(String name, String kind, int index) {
    return new HostChange("link", name, kind + BLANK + index);
  }

  /** A network card of the host that is about to be moved here. */
  static HostChange nic(Device to, String mac) {
    return new HostChange("nic", to.name(), mac);
  }

  static HostChange up(Device device, boolean wasUp) {
    return new HostChange("up", device.name(), wasUp ? "up" : "down");
  }

  /** With a device that is set down go its routes and IPv6 addresses. */
  static List<HostChange> down(Device device) {
    int index = device.index();
    NetnsHandle netns = device.netns().handle();
    List<HostChange> lost = new ArrayList<>();
    netns.savedRoutes().list().stream()
        .filter(saved -> saved.route().linkIndex() == index)
        .forEach(saved -> lost.add(route(saved)));
    device.addresses().forEach(cidr -> lost.add(withoutAddress(device, cidr)));
    lost.add(up(device, true));
    return lost;
  }

  static HostChange mtu(Device device, int old) {
    return new HostChange("mtu", device.name(), Integer.toString(old));
  }

  static HostChange mac(Device device, String old) {
    return new HostChange("mac", device.name(), old);
  }

  static HostChange master(Device port, @Nullable Device old) {
    return new HostChange("master", port.name(), old == null ? "" : old.name());
  }

  static HostChange withAddress(Device device, Cidr added) {
    return new HostChange("address", device.name() + BLANK + added, "");
  }

  static HostChange withoutAddress(Device device, Cidr deleted) {
    return new HostChange("address gone", device.name() + BLANK + deleted, "");
  }

  /** A route that is about to be changed, as it is. */
  static HostChange route(Saved old) {
    return new HostChange("route", key(old.route()), old.message());
  }

  /** The routes that one would replace or delete, as they are. */
  static List<HostChange> routes(Netns netns, Route like) {
    return netns.handle().savedRoutes().list().stream()
        .filter(saved -> saved.route().hasSameKey(like))
        .map(Leftover::route)
        .toList();
  }

  static HostChange newRoute(Route added) {
    return new HostChange("route new", key(added), "");
  }

  /** What tells a route from others; with the device, because IPv6 has one of each network. */
  private static String key(Route route) {
    return "%s table %s metric %s dev %d"
        .formatted(
            route.destination(),
            Integer.toUnsignedString(route.table()),
            Integer.toUnsignedString(route.metric()),
            route.linkIndex());
  }

  static HostChange newRule(Rule added) {
    return new HostChange("rule new", ruleText(added), "");
  }

  private static String ruleText(Rule rule) {
    return (rule.isIpv6() ? "-6 " : "") + rule.text();
  }

  /** Filter and translation rules: the lab's table of nft. */
  static HostChange nat() {
    return new HostChange("nat", OwnTable.NAME, "");
  }

  /**
   * A table of nft that a text makes or changes.
   *
   * @param name such as {@code inet mine}
   * @param old its text before; empty when there was none
   */
  static HostChange nftTable(String name, String old) {
    return new HostChange("nft table", name, old);
  }

  static String text(HostChange change) {
    String what = change.what();
    return switch (change.kind()) {
      case "link" -> "deleted device " + what;
      case "up" -> "device " + what + " is " + change.old() + " again";
      case "mtu" -> "mtu of device " + what + " is " + change.old() + " again";
      case "mac" -> "MAC address of device " + what + " is " + change.old() + " again";
      case "master" -> "device " + what + " is back in its bridge";
      case "address" -> "removed address of device " + what;
      case "address gone" -> "device has its address again: " + what;
      case "route" -> "route to " + what + " is as it was";
      case "rule new" -> "removed rule " + what;
      case "route new" -> "removed route to " + what;
      case "qdisc", "feature", "channels", "rings" -> LeftoverSettings.text(change);
      case "nat" -> "removed the rules of the lab";
      case "nft table" -> (change.old().isEmpty() ? "removed" : "restored") + " nft table " + what;
      case "nic" -> "moved device " + what + " back to the host";
      case "queue" -> "device " + what + " is " + change.old() + " again";
      default -> change.kind() + BLANK + what + " is " + change.old().replace('\t', ' ') + " again";
    };
  }

  /**
   * Takes away what changes of the same place have left, last first.
   *
   * @return false when there was nothing to do
   */
  static boolean remove(List<HostChange> changes, NetnsHandle netns) {
    HostChange first = changes.get(changes.size() - 1);
    return first.kind().equals("link") ? links(changes, netns) : restore(first, netns);
  }

  /** A device is searched for by name only when it was not written down that it had been made. */
  private static boolean links(List<HostChange> changes, NetnsHandle netns) {
    boolean found = false;
    for (int i = 0; i < changes.size(); i++) {
      HostChange change = changes.get(i);
      boolean isIndexKnown = change.old().contains(BLANK);
      if (isIndexKnown || i == 0) {
        Optional<Link> made = made(netns, change.what(), change.old());
        made.ifPresent(link -> netns.links().delete(link.index()));
        found |= made.isPresent();
      }
    }
    return found;
  }

  private static boolean restore(HostChange change, NetnsHandle netns) {
    String what = change.what();
    String old = change.old();
    return switch (change.kind()) {
      case "sysctl" -> sysctl(netns, what, old);
      case "nat" -> nat(netns);
      case "nft table" -> nftTable(netns, what, old);
      case "route" -> restore(netns, old);
      case "route new" -> forgetRoute(netns, what);
      case "rule new" -> forgetRule(netns, what);
      case "nic" -> nic(netns, old);
      case "queue" -> queue(netns, what, old);
      default ->
          netns
              .links()
              .find(what.split(BLANK)[0])
              .map(link -> ofDevice(change, netns, link))
              .orElse(false);
    };
  }

  private static boolean ofDevice(HostChange change, NetnsHandle netns, Link link) {
    String old = change.old();
    return switch (change.kind()) {
      case "up" -> up(netns, link, old.equals("up"));
      case "mac" -> mac(netns, link, old);
      case "mtu" -> mtu(netns, link, Integer.parseInt(old));
      case "master" -> master(netns, link, old);
      case "qdisc", "feature", "channels", "rings" -> LeftoverSettings.restore(change, netns, link);
      case "address" -> address(netns, link, cidr(change), false);
      case "address gone" -> address(netns, link, cidr(change), true);
      default ->
          throw new PlanException(
              "Cannot undo a change of kind '" + change.kind() + "' from another version", null);
    };
  }

  /** The device that was made: by its index if that was written down, else by name and kind. */
  private static Optional<Link> made(NetnsHandle netns, String name, String kindAndIndex) {
    int blank = kindAndIndex.indexOf(BLANK);
    return netns.links().list().stream()
        .filter(
            link ->
                blank < 0
                    ? link.name().equals(name) && link.kind().equals(kindAndIndex)
                    : link.index() == Integer.parseInt(kindAndIndex.substring(blank + 1)))
        .findFirst();
  }

  /** Under the name it has; {@link HostNic} gives it its own back. */
  private static boolean nic(NetnsHandle netns, String mac) {
    Optional<Link> card =
        netns.links().list().stream()
            .filter(link -> link.mac().equals(mac) && link.kind().isEmpty())
            .findFirst();
    try (NetnsHandle host = NetnsHandle.host()) {
      card.ifPresent(
          link ->
              netns
                  .links()
                  .move(link.index(), host.fd(), "vbnic" + Integer.toHexString(link.index())));
    }
    return card.isPresent();
  }

  private static boolean up(NetnsHandle netns, Link link, boolean up) {
    if (link.isUp() != up) {
      netns.links().setUp(link.index(), up);
    }
    return link.isUp() != up;
  }

  private static boolean mac(NetnsHandle netns, Link link, String mac) {
    if (!link.mac().equals(mac)) {
      netns.links().setMac(link.index(), mac);
    }
    return !link.mac().equals(mac);
  }

  private static boolean mtu(NetnsHandle netns, Link link, int mtu) {
    if (link.mtu() != mtu) {
      netns.links().setMtu(link.index(), mtu);
    }
    return link.mtu() != mtu;
  }

  private static boolean master(NetnsHandle netns, Link port, String bridge) {
    int wanted = netns.links().find(bridge).map(Link::index).orElse(0);
    if (port.masterIndex() != wanted) {
      netns.links().setMaster(port.index(), wanted);
    }
    return port.masterIndex() != wanted;
  }

  private static Cidr cidr(HostChange change) {
    return Cidr.parse(change.what().substring(change.what().indexOf(BLANK) + 1));
  }

  private static boolean address(NetnsHandle netns, Link link, Cidr cidr, boolean wanted) {
    boolean has =
        netns.addresses().list().stream()
            .anyMatch(given -> given.linkIndex() == link.index() && given.cidr().equals(cidr));
    if (wanted && !has) {
      netns.addresses().add(link.index(), cidr);
    } else if (has && !wanted) {
      netns.addresses().delete(link.index(), cidr);
    }
    return has != wanted;
  }

  private static boolean restore(NetnsHandle netns, String message) {
    SavedRoutes routes = netns.savedRoutes();
    if (routes.list().stream().anyMatch(saved -> saved.message().equals(message))) {
      return false;
    }
    try {
      routes.restore(message);
      return true;
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.ENODEV) || e.errno().equals(Errno.ENETUNREACH)) {
        return false; // gone with its device
      }
      throw e;
    }
  }

  private static boolean forgetRoute(NetnsHandle netns, String key) {
    boolean isDeviceKnown = !key.endsWith(" dev 0");
    Optional<Route> added =
        netns.routes().list().stream()
            .filter(route -> key(isDeviceKnown ? route : withoutDevice(route)).equals(key))
            .findFirst();
    added.ifPresent(route -> netns.routes().delete(route));
    return added.isPresent();
  }

  private static Route withoutDevice(Route route) {
    return new Route(
        route.type(), route.destination(), null, 0, null, route.table(), route.metric(), false);
  }

  private static boolean forgetRule(NetnsHandle netns, String text) {
    Optional<Rule> added =
        netns.rules().list().stream().filter(rule -> ruleText(rule).equals(text)).findFirst();
    added.ifPresent(rule -> netns.rules().delete(rule));
    return added.isPresent();
  }

  private static boolean sysctl(NetnsHandle netns, String key, String old) {
    String now;
    try {
      now = Sysctl.read(netns, key);
    } catch (SysctlException e) {
      return false; // gone with its device
    }
    if (!now.equals(old)) {
      Sysctl.write(netns, key, old);
    }
    return !now.equals(old);
  }

  private static boolean queue(NetnsHandle netns, String what, String old) {
    QueuePlace place = QueuePlace.parse(what);
    return netns.links().find(place.device()).isPresent() && place.putBack(netns, old);
  }

  private static boolean nat(NetnsHandle netns) {
    boolean isThere = Tables.read(netns).names().contains(OwnTable.FAMILY + BLANK + OwnTable.NAME);
    if (isThere) {
      LoadRules.clear(netns);
    }
    return isThere;
  }

  private static boolean nftTable(NetnsHandle netns, String name, String old) {
    Tables present = Tables.read(netns);
    Tables wanted = Tables.of(name, old);
    boolean differs = present.changedSince(wanted).contains(name);
    if (differs) {
      Nft.load(netns, present.scriptTo(wanted, List.of(name)), "restore table " + name);
    }
    return differs;
  }
}
