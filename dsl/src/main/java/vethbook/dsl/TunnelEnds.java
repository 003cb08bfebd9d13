package vethbook.dsl;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.kind.LinkKind;
import vethbook.lab.kind.Tunnel;
import vethbook.lab.kind.Vxlan;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Link;

/** Which tunnel devices of a lab are the two ends of one tunnel, by the addresses they send to. */
final class TunnelEnds {
  private final List<Device> tunnels = new ArrayList<>();
  private final Map<InetAddress, Netns> owners = new HashMap<>();

  private TunnelEnds() {}

  static TunnelEnds of(Lab lab) {
    TunnelEnds ends = new TunnelEnds();
    for (Netns netns : lab.namespaces()) {
      for (Link link : netns.handle().links().list()) {
        Device device = netns.device(link.name());
        device
            .madeAs()
            .filter(made -> remote(made) != null)
            .ifPresent(m -> ends.tunnels.add(device));
      }
    }
    if (!ends.tunnels.isEmpty()) {
      for (Netns netns : lab.namespaces()) {
        netns.handle().addresses().list().stream()
            .map(assigned -> assigned.cidr().address())
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .forEach(address -> ends.owners.putIfAbsent(address, netns));
      }
    }
    return ends;
  }

  /** The device at the other end; empty when it is not in this lab or is no single one. */
  Optional<Device> other(Device device) {
    return device
        .madeAs()
        .flatMap(made -> Optional.ofNullable(remote(made)).map(owners::get))
        .flatMap(netns -> in(netns, device));
  }

  private Optional<Device> in(Netns netns, Device device) {
    List<Device> same =
        tunnels.stream()
            .filter(other -> other.netns() == netns && other.netns() != device.netns())
            .filter(other -> matches(device, other))
            .toList();
    return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
  }

  /** Whether they are of the same kind and number, and the other sends to the namespace of one. */
  private boolean matches(Device one, Device other) {
    LinkKind first = one.madeAs().orElseThrow();
    LinkKind second = other.madeAs().orElseThrow();
    InetAddress back = remote(second);
    boolean sendsBack = back != null && owners.get(back) == one.netns();
    return sendsBack && first.name().equals(second.name()) && number(first) == number(second);
  }

  /** What a tunnel is called in a picture: {@code id 42 to 192.168.0.1}. */
  static Optional<String> mark(Device device) {
    return device
        .madeAs()
        .filter(made -> made instanceof Vxlan || made instanceof Tunnel)
        .map(
            made -> {
              InetAddress remote = remote(made);
              String id = made instanceof Vxlan vxlan ? "id " + vxlan.id() : "";
              return (id + (remote == null ? "" : " to " + Cidr.text(remote))).strip();
            })
        .filter(text -> !text.isEmpty());
  }

  private static long number(LinkKind made) {
    if (made instanceof Vxlan vxlan) {
      return vxlan.id();
    }
    return made instanceof Tunnel tunnel && tunnel.key() != null ? tunnel.key() : -1;
  }

  private static @Nullable InetAddress remote(LinkKind made) {
    if (made instanceof Vxlan vxlan) {
      return vxlan.remote();
    }
    return made instanceof Tunnel tunnel ? tunnel.remote() : null;
  }
}
