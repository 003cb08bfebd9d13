package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Netkit;
import vethbook.linux.rtnetlink.NewLink;

/** The word that makes a netkit pair: the changes between what is there and what is asked. */
final class NetkitWiring {
  private static final String KIND = "netkit";

  private final Lab lab;

  NetkitWiring(Lab lab) {
    this.lab = lab;
  }

  /** {@code ip link add ... type netkit}, both ends born in their namespaces. */
  List<Change> pair(
      Device primary,
      Device peer,
      @Nullable Cidr subnet,
      NetkitOptions netkit,
      DeviceOptions options) {
    if (primary == peer) {
      throw new PlanException(
          "Cannot make a netkit pair of " + primary + " with itself", "a pair has two ends");
    }
    boolean hasFirst = Wiring.exists(primary, KIND, peer);
    boolean hasSecond = Wiring.exists(peer, KIND, primary);
    boolean isNew = !hasFirst && !hasSecond;
    List<Change> changes = new ArrayList<>();
    if (isNew) {
      changes.add(add(primary, peer, netkit, options));
    } else {
      changes.addAll(policies(primary, peer, netkit));
    }
    List<Cidr> taken = new ArrayList<>();
    for (Device end : List.of(primary, peer)) {
      List<Cidr> wanted = new ArrayList<>();
      if (subnet != null) {
        wanted.add(lab.addresses().in(subnet, end, isNew, taken));
        taken.addAll(wanted);
      }
      Wiring.finish(end, isNew, options.with(wanted), changes);
    }
    return changes;
  }

  private static Change add(
      Device primary, Device peer, NetkitOptions netkit, DeviceOptions options) {
    return new AddLink(
        List.of(primary, peer),
        primary.netns(),
        () -> netkit.netkit().link(plain(primary, options), plain(peer, options)),
        primary.name(),
        List.of(Origin.pair(KIND, peer), Origin.pair(KIND, primary)),
        () ->
            "ip -n %s link add name %s%s type netkit %s name %s netns %s%s"
                .formatted(
                    primary.netns().name(),
                    primary.name(),
                    mtu(options),
                    netkit.text(),
                    peer.name(),
                    peer.netns().name(),
                    mtu(options)));
  }

  private static NewLink plain(Device device, DeviceOptions options) {
    return NewLink.of(device.name(), KIND, device.netns().handle().fd())
        .numbered(device.anyIndex())
        .sized(options.mtu(), 0);
  }

  private static String mtu(DeviceOptions options) {
    return options.mtu() == 0 ? "" : " mtu " + options.mtu();
  }

  private static List<Change> policies(Device primary, Device peer, NetkitOptions wanted) {
    Netkit there = primary.netns().handle().links().netkit(primary.name()).orElseThrow();
    if (!there.isPrimary()) {
      throw new PlanException(
          "Cannot make netkit pair %s and %s: it is there with %s as its primary device"
              .formatted(primary, peer, peer),
          "name %s first, or call %s.delete() before".formatted(peer, primary));
    }
    if (there.mode() != wanted.mode().number()) {
      throw new PlanException(
          "Cannot change the mode of netkit " + primary + ": Linux sets it when the pair is made",
          "call " + primary + ".delete() first");
    }
    return there.equals(wanted.netkit())
        ? List.of()
        : List.of(new SetNetkitPolicies(primary, wanted, there));
  }
}
