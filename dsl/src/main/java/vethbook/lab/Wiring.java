package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.NewLink;

/**
 * The words that make devices: each returns the changes between what is there and what is asked.
 */
final class Wiring {
  private final Lab lab;

  Wiring(Lab lab) {
    this.lab = lab;
  }

  /** {@code ip link add ... type veth}, both ends born in their namespaces. */
  List<Change> vethPair(Device a, Device b, @Nullable Cidr subnet, DeviceOptions options) {
    if (a == b) {
      throw new PlanException(
          "Cannot make a veth pair of " + a + " with itself", "a pair has two ends");
    }
    List<Change> changes = new ArrayList<>();
    boolean hasFirst = exists(a, "veth", b);
    boolean hasSecond = exists(b, "veth", a);
    boolean isNew = !hasFirst && !hasSecond;
    if (isNew) {
      changes.add(newVethPair(a, b, options));
    }
    List<Cidr> taken = new ArrayList<>();
    for (Device end : List.of(a, b)) {
      List<Cidr> wanted = new ArrayList<>();
      if (subnet != null) {
        wanted.add(lab.addressIn(subnet, end, taken));
        taken.addAll(wanted);
      }
      finish(end, isNew, options.with(wanted), changes);
    }
    return changes;
  }

  private static Change newVethPair(Device a, Device b, DeviceOptions options) {
    String command =
        "ip -n %s link add name %s%s type veth peer name %s netns %s"
            .formatted(
                a.netns().name(),
                a.name(),
                queueText(options),
                b.name(),
                b.netns().name() + queueText(options));
    return new AddLink(
        List.of(a, b),
        a.netns(),
        () -> NewLink.veth(plain(a, options), plain(b, options)),
        a.name(),
        List.of(new Origin("veth", b, List.of()), new Origin("veth", a, List.of())),
        command);
  }

  private static NewLink plain(Device device, DeviceOptions options) {
    return NewLink.of(device.name(), "veth", device.netns().handle().fd())
        .sized(options.mtu(), options.queues());
  }

  private static String queueText(DeviceOptions options) {
    return options.queues() == 0
        ? ""
        : " numrxqueues %1$d numtxqueues %1$d".formatted(options.queues());
  }

  /** {@code ip link add ... type bridge}, without spanning tree, and its ports. */
  List<Change> bridge(Device bridge, List<Device> ports, DeviceOptions options) {
    List<Change> changes = new ArrayList<>();
    boolean isNew = !exists(bridge, "bridge", null);
    if (isNew) {
      changes.add(
          new AddLink(
              List.of(bridge),
              bridge.netns(),
              () -> NewLink.bridge(bridge.name()).sized(options.mtu(), 0),
              bridge.name(),
              List.of(new Origin("bridge", null, List.of())),
              "ip -n %s link add name %s type bridge forward_delay 0 stp_state 0"
                  .formatted(bridge.netns().name(), bridge.name())));
    }
    finish(bridge, isNew, options, changes);
    ports.forEach(port -> addPort(bridge, isNew, port, changes));
    return changes;
  }

  private static void addPort(Device bridge, boolean isNew, Device port, List<Change> changes) {
    if (port.netns() != bridge.netns()) {
      throw new PlanException(
          "Cannot make %s a port of bridge %s: they are in different namespaces"
              .formatted(port, bridge),
          "a bridge's ports are devices of its own namespace; the other end of a veth pair may be"
              + " anywhere");
    }
    Link link = port.existing();
    Optional<Device> old =
        port.netns().devices().stream()
            .filter(device -> link.masterIndex() > 0 && device.index() == link.masterIndex())
            .findFirst();
    if (isNew || old.isEmpty() || old.get() != bridge) {
      changes.add(new SetMaster(port, bridge, old.orElse(null)));
    }
    if (!link.isUp()) {
      changes.add(new SetUp(port, true));
    }
  }

  /** {@code ip link add ... link PARENT type macvlan mode MODE}. */
  List<Change> macvlan(Device device, Device parent, MacvlanMode mode, DeviceOptions options) {
    boolean exists = exists(device, "macvlan", parent);
    if (exists && device.existing().mode() != mode.number()) {
      throw anotherMode(device, "macvlan");
    }
    return onParent(
        device,
        "macvlan",
        parent,
        (name, index) -> NewLink.macvlan(name, device.netns().handle().fd(), index, mode.number()),
        "mode " + mode.word(),
        options);
  }

  /** {@code ip link add ... link PARENT type ipvlan mode MODE}. */
  List<Change> ipvlan(Device device, Device parent, IpvlanMode mode, DeviceOptions options) {
    boolean exists = exists(device, "ipvlan", parent);
    if (exists && device.existing().mode() != mode.number()) {
      throw anotherMode(device, "ipvlan");
    }
    lab.devicesOn(parent, "ipvlan").stream()
        .filter(other -> other.existing().mode() != mode.number())
        .findFirst()
        .ifPresent(
            other -> {
              throw new PlanException(
                  "Cannot make ipvlan %s on %s with mode %s: %s is there with another mode"
                      .formatted(device, parent, mode.word(), other),
                  "the mode belongs to the parent device, and Linux would switch all of them:"
                      + " give each mode a parent of its own");
            });
    return onParent(
        device,
        "ipvlan",
        parent,
        (name, index) ->
            NewLink.ipvlan(name, device.netns().handle().fd(), index, mode.number(), 0),
        "mode " + mode.word(),
        options);
  }

  private List<Change> onParent(
      Device device,
      String kind,
      Device parent,
      BiFunction<String, Integer, NewLink> link,
      String kindOptions,
      DeviceOptions options) {
    List<Change> changes = new ArrayList<>();
    boolean isNew = device.link().isEmpty();
    parent.existing();
    if (isNew) {
      String bornAs = birthName(device, parent);
      changes.add(
          new AddLink(
              List.of(device),
              parent.netns(),
              () -> link.apply(bornAs, parent.index()).sized(options.mtu(), 0),
              bornAs,
              List.of(new Origin(kind, parent, List.of())),
              onParentCommand(device, bornAs, parent, kind + " " + kindOptions)));
    }
    if (!parent.existing().isUp()) {
      changes.add(new SetUp(parent, true));
    }
    finish(device, isNew, options, changes);
    return changes;
  }

  /**
   * Before Linux 6.13 a device that is to be born in another namespace may not have a name that is
   * taken in the parent's (EEXIST): it is born under a name of its own then, and renamed.
   */
  private static String birthName(Device device, Device parent) {
    boolean isTaken =
        device.netns() != parent.netns() && parent.netns().device(device.name()).link().isPresent();
    return isTaken ? "vb" + Integer.toHexString(System.identityHashCode(device)) : device.name();
  }

  private static String onParentCommand(
      Device device, String bornAs, Device parent, String kindAndOptions) {
    String add =
        "ip -n %s link add link %s name %s netns %s type %s"
            .formatted(
                parent.netns().name(),
                parent.name(),
                bornAs,
                device.netns().name(),
                kindAndOptions);
    return bornAs.equals(device.name())
        ? add
        : add
            + "\nip -n %s link set dev %s name %s"
                .formatted(device.netns().name(), bornAs, device.name());
  }

  private static PlanException anotherMode(Device device, String kind) {
    return new PlanException(
        "Cannot change the mode of %s %s: Linux sets it when the device is made"
            .formatted(kind, device),
        "call " + device + ".delete() first");
  }

  /** True when the device is there as asked, false when it is not there at all. */
  private static boolean exists(Device device, String kind, @Nullable Device other) {
    Optional<Link> link = device.link();
    if (link.isEmpty()) {
      return false;
    }
    Origin origin = device.origin();
    if (link.get().kind().equals(kind) && origin.kind().equals(kind) && origin.other() == other) {
      return true;
    }
    String there = link.get().kind().isEmpty() ? "another device" : "a " + link.get().kind();
    Device with = origin.other();
    throw new PlanException(
        "Cannot make %s %s: there is %s of that name%s"
            .formatted(kind, device, there, with == null ? "" : " (with " + with + ")"),
        "take another name, or call " + device + ".delete() first");
  }

  /** Addresses, MTU and up: what differs from what is there. */
  private static void finish(
      Device device, boolean isNew, DeviceOptions options, List<Change> changes) {
    List<Cidr> present = isNew ? List.of() : device.addresses();
    for (Cidr old : device.origin().addresses()) {
      if (present.contains(old) && !options.addresses().contains(old)) {
        changes.add(new DeleteAddress(device, old));
      }
    }
    for (Cidr wanted : options.addresses()) {
      if (!present.contains(wanted)) {
        changes.add(new AddAddress(device, wanted));
      }
    }
    if (options.mtu() > 0 && !(isNew || device.existing().mtu() == options.mtu())) {
      changes.add(new SetMtu(device, options.mtu(), device.existing().mtu()));
    }
    if (isNew || !device.existing().isUp()) {
      changes.add(new SetUp(device, true));
    }
    changes.add(new Remember(device, options.addresses()));
  }
}
