package vethbook.diagnose;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.RouteQuestion;

/** Why a namespace finds no way for a packet: asked of Linux, explained by its settings. */
final class Ways {
  private Ways() {}

  /**
   * A packet that the namespace itself would send.
   *
   * @param source its address; null for Linux's choice
   */
  static Optional<Cause> ofOwn(Netns netns, InetAddress to, @Nullable InetAddress source) {
    try {
      netns.way(new RouteQuestion(to, source, 0, 0));
      return Optional.empty();
    } catch (NetlinkException e) {
      return Optional.of(explained(netns, to, "", e));
    }
  }

  /** A packet that has come in through a device. */
  static Optional<Cause> ofComing(Netns netns, Sighting packet) {
    Device in = netns.device(packet.device());
    int index = in.link().map(Link::index).orElse(0);
    try {
      netns.way(new RouteQuestion(packet.destination(), packet.source(), index, 0));
      return Optional.empty();
    } catch (NetlinkException e) {
      return Optional.of(explained(netns, packet.destination(), packet.device(), e));
    }
  }

  private static Cause explained(Netns netns, InetAddress to, String in, NetlinkException answer) {
    Errno errno = answer.errno();
    boolean comesIn = !in.isEmpty();
    String asked =
        "ip route get %s%s in %s: %s"
            .formatted(Cidr.text(to), comesIn ? " iif " + in : "", netns, errno);
    if (comesIn && !forwards(netns, in, to)) {
      return Cause.of(
          "%s does not forward packets".formatted(netns),
          netns.name() + ".forwarding true",
          asked,
          forwardingKey(in, to) + " = 0");
    }
    if (errno.equals(Errno.ENETUNREACH)) {
      return noRoute(netns, to, asked);
    }
    Optional<Cause> dropping = droppingRoute(netns, to, asked);
    if (dropping.isPresent()) {
      return dropping.get();
    }
    boolean isSourceCheck = errno.equals(Errno.EXDEV) || errno.equals(Errno.EINVAL);
    if (comesIn && isSourceCheck) {
      return sourceCheck(netns, in, asked);
    }
    return Cause.of("%s finds no way to %s".formatted(netns, Cidr.text(to)), answer.next(), asked);
  }

  private static Cause noRoute(Netns netns, InetAddress to, String asked) {
    for (Device device : netns.devices()) {
      boolean isDown = device.link().map(link -> !link.isUp()).orElse(false);
      if (isDown && device.addresses().stream().anyMatch(cidr -> cidr.contains(to))) {
        return Cause.of(
            "%s is down; it is on the network of %s".formatted(device, Cidr.text(to)),
            device + ".up()",
            asked);
      }
    }
    List<Device> down =
        netns.devices().stream()
            .filter(device -> device.link().map(link -> !link.isUp()).orElse(false))
            .toList();
    return down.isEmpty()
        ? Cause.of(
            "%s has no route to %s".formatted(netns, Cidr.text(to)),
            netns.name() + ".route 'default', via: the device of its gateway",
            asked)
        : Cause.of(
            "%s has no route to %s, and %s is down (Linux drops the routes of a device that goes down)"
                .formatted(netns, Cidr.text(to), down.get(0)),
            down.get(0) + ".up(), and say its routes again",
            asked);
  }

  private static Optional<Cause> droppingRoute(Netns netns, InetAddress to, String asked) {
    return netns.handle().routes().list().stream()
        .filter(route -> route.type().drops() && route.destination().contains(to))
        .findFirst()
        .map(
            route ->
                Cause.of(
                    "route '%s' of %s drops the packet".formatted(route.text(""), netns),
                    "%s.unroute '%s'".formatted(netns.name(), route.destination()),
                    asked));
  }

  private static Cause sourceCheck(Netns netns, String in, String asked) {
    List<String> evidence = new ArrayList<>(List.of(asked));
    for (String scope : List.of("all", in)) {
      String key = "net/ipv4/conf/" + scope + "/rp_filter";
      evidence.add(key.replace('/', '.') + " = " + netns.sysctl(key));
    }
    return new Cause(
        "%s drops the packet because of its source address: the way back leads through another device than %s (rp_filter)"
            .formatted(netns, in),
        evidence,
        "add the route back through %1$s, or %2$s.sysctl 'net.ipv4.conf.%1$s.rp_filter', 0 (and the same for all)"
            .formatted(in, netns.name()));
  }

  private static boolean forwards(Netns netns, String in, InetAddress to) {
    boolean isOwn = netns.addresses().stream().anyMatch(cidr -> cidr.address().equals(to));
    return isOwn || netns.sysctl(forwardingKey(in, to)).equals("1");
  }

  private static String forwardingKey(String in, InetAddress to) {
    return to.getAddress().length == 16
        ? "net/ipv6/conf/all/forwarding"
        : "net/ipv4/conf/" + in + "/forwarding";
  }
}
