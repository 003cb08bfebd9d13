package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import vethbook.lab.filter.OwnRule;
import vethbook.lab.filter.Translations;
import vethbook.lab.filter.Translations.Balance;
import vethbook.lab.filter.Translations.Target;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.RouteQuestion;

/**
 * A port that leads elsewhere, as a cell asks for it.
 *
 * @param address that the port is open on; null for all addresses of the namespace
 * @param port 1 to 65535
 * @param protocol one that has ports
 * @param targets where to, of either family
 * @param targetPort 1 to 65535
 */
public record Mapping(
    @Nullable InetAddress address,
    int port,
    String protocol,
    List<InetAddress> targets,
    int targetPort) {

  /** The rules of a port of the namespace itself. */
  OwnRule publish(Netns netns) {
    List<Target> reached = reached(netns);
    String device = "";
    for (Target target : reached) {
      if (target.address().getAddress().length == 4) {
        device = towards(netns, target.address());
      }
    }
    String local = device.equals("lo") ? "" : device;
    return Translations.publish(port, protocol, address, reached, local);
  }

  /** The rules of an address that the namespace need not have. */
  OwnRule service(Netns netns, InetAddress serviceAddress, Balance balance) {
    return Translations.service(serviceAddress, port, protocol, reached(netns), balance);
  }

  /** Those of the targets that the namespace has a way to, of the families that are meant. */
  private List<Target> reached(Netns netns) {
    List<Target> reached = new ArrayList<>();
    ExperimentException refusal = null;
    for (InetAddress target : targets) {
      if (address != null && address.getAddress().length != target.getAddress().length) {
        continue;
      }
      try {
        towards(netns, target);
        reached.add(target(netns, target, targetPort));
      } catch (NetlinkException | PlanException e) {
        refusal = e;
      }
    }
    if (reached.isEmpty()) {
      throw refusal == null ? otherFamily() : refusal;
    }
    return reached;
  }

  /** The device through which packets to an address leave. */
  private static String towards(Netns netns, InetAddress target) {
    return netns.lab().plan().isEmpty()
        ? netns.deviceName(netns.way(RouteQuestion.to(target)).linkIndex())
        : netns.deviceName(planned(netns, target));
  }

  /**
   * What can be said without asking Linux: by the longest prefix of its own networks and routes.
   */
  private static int planned(Netns netns, InetAddress target) {
    OptionalInt onLink = onLink(netns, target);
    Optional<Route> route =
        netns.view().routes().stream()
            .filter(way -> way.destination().contains(target))
            .max(Comparator.comparingInt(way -> way.destination().prefixLength()));
    if (onLink.isPresent() || route.isEmpty()) {
      return onLink.orElseThrow(() -> noWay(netns, target));
    }
    InetAddress via = route.get().via();
    int index = route.get().linkIndex();
    return index > 0 || via == null ? index : onLink(netns, via).orElse(0);
  }

  private static OptionalInt onLink(Netns netns, InetAddress target) {
    return netns.view().addresses().stream()
        .filter(given -> given.cidr().contains(target))
        .mapToInt(Addresses.Assigned::linkIndex)
        .findFirst();
  }

  private static PlanException noWay(Netns netns, InetAddress target) {
    return new PlanException(
        "Cannot find a way to %s in %s".formatted(Cidr.text(target), netns),
        "give it an address of that network, or a route");
  }

  private PlanException otherFamily() {
    return new PlanException(
        "Cannot lead %s to %s"
            .formatted(
                address == null ? port : Cidr.text(address),
                String.join(", ", targets.stream().map(Cidr::text).toList())),
        "both are IPv4 or both IPv6");
  }

  static Target target(Netns netns, InetAddress address, int port) {
    Optional<Cidr> shared =
        netns.addresses().stream().filter(own -> own.contains(address)).findFirst();
    return new Target(address, port, shared.map(Cidr::network).orElse(null));
  }
}
