package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.lab.kind.Ipvlan;
import vethbook.lab.kind.LinkKind;
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
  List<Change> vethPair(
      Device a, Device b, @Nullable Cidr subnet, DeviceOptions atA, DeviceOptions atB) {
    if (a == b) {
      throw new PlanException(
          "Cannot make a veth pair of " + a + " with itself", "a pair has two ends");
    }
    List<Change> changes = new ArrayList<>();
    boolean hasFirst = exists(a, "veth", b);
    boolean hasSecond = exists(b, "veth", a);
    boolean isNew = !hasFirst && !hasSecond;
    if (isNew) {
      changes.add(newVethPair(a, b, atA, atB));
    }
    List<Cidr> taken = new ArrayList<>();
    for (Device end : List.of(a, b)) {
      DeviceOptions options = end == a ? atA : atB;
      List<Cidr> wanted = new ArrayList<>(options.addresses());
      if (subnet != null) {
        wanted.add(lab.addresses().in(subnet, end, isNew, taken));
        taken.addAll(wanted);
      }
      finish(end, isNew, options.with(wanted), changes);
    }
    return changes;
  }

  private static Change newVethPair(Device a, Device b, DeviceOptions atA, DeviceOptions atB) {
    DeviceOptions first = counted(atA);
    DeviceOptions second = counted(atB);
    return new AddLink(
        List.of(a, b),
        a.netns(),
        () -> NewLink.veth(plain(a, first), plain(b, second)),
        a.name(),
        List.of(Origin.pair("veth", b), Origin.pair("veth", a)),
        () ->
            "ip -n %s link add name %s%s type veth peer name %s netns %s"
                .formatted(
                    a.netns().name(),
                    a.name(),
                    birthText(first),
                    b.name(),
                    b.netns().name() + birthText(second)));
  }

  /**
   * With one queue unless the word says more. Not asked, Linux (since 5.15) makes a veth with as
   * many queues as the machine has CPUs and then takes all but one out of use, for which it waits
   * until no CPU looks at them: a third of the time that a container takes to build.
   */
  private static DeviceOptions counted(DeviceOptions options) {
    return options.queues() > 0 ? options : options.withQueues(1);
  }

  private static NewLink plain(Device device, DeviceOptions options) {
    return NewLink.of(device.name(), "veth", device.netns().handle().fd())
        .sized(options.mtu(), options.queues())
        .addressed(options.mac())
        .numbered(device.reserveIndex());
  }

  /** What a device is born with, in the words of {@code ip link add}. */
  private static String birthText(DeviceOptions options) {
    return (options.mac().isEmpty() ? "" : " address " + options.mac())
        + (options.mtu() == 0 ? "" : " mtu " + options.mtu())
        + (options.queues() == 0
            ? ""
            : " numrxqueues %1$d numtxqueues %1$d".formatted(options.queues()));
  }

  /** {@code ip link add ... type KIND}; what is there already gets what differs. */
  List<Change> device(Device device, LinkKind kind, DeviceOptions options) {
    List<Change> changes = new ArrayList<>();
    boolean isNew = !exists(device, kind);
    Device parent = kind.parent();
    if (parent != null && !parent.existing().isUp()) {
      changes.add(new SetUp(parent, true));
    }
    if (kind instanceof Ipvlan ipvlan) {
      requireOneMode(device, ipvlan);
    }
    LinkKind made = device.origin().made();
    if (isNew) {
      changes.add(newDevice(device, kind, options));
    } else if (made != null && !made.equals(kind)) {
      changes.add(changed(device, kind, made));
    }
    finish(device, isNew, options, changes);
    return changes;
  }

  private static Change newDevice(Device device, LinkKind kind, DeviceOptions options) {
    Device parent = kind.parent();
    Netns maker = parent == null ? device.netns() : parent.netns();
    String bornAs = birthName(device, maker);
    return new AddLink(
        List.of(device),
        maker,
        () -> {
          int parentIndex = parent == null ? 0 : parent.index();
          // Linux looks for an index in the maker's namespace, wherever the device is born
          int index = maker == device.netns() ? device.reserveIndex() : device.anyIndex();
          return NewLink.of(bornAs, kind.name(), device.netns().handle().fd())
              .numbered(index)
              .on(kind.isOnParent() ? parentIndex : 0)
              .sized(options.mtu(), options.queues())
              .addressed(options.mac())
              .with(data -> kind.write(data, parentIndex));
        },
        bornAs,
        List.of(Origin.of(kind)),
        () -> newCommand(device, bornAs, maker, kind, options));
  }

  private static String newCommand(
      Device device, String bornAs, Netns maker, LinkKind kind, DeviceOptions options) {
    Device parent = kind.parent();
    StringBuilder line = new StringBuilder("ip -n " + maker.name() + " link add ");
    if (parent != null && kind.isOnParent()) {
      line.append("link ").append(parent.name()).append(' ');
    }
    line.append("name ").append(bornAs).append(birthText(options));
    if (maker != device.netns()) {
      line.append(" netns ").append(device.netns().name());
    }
    line.append(" type ").append(kind.name());
    if (parent != null && !kind.isOnParent()) {
      line.append(" dev ").append(parent.name());
    }
    line.append(kind.options().isEmpty() ? "" : " " + kind.options());
    if (!bornAs.equals(device.name())) {
      line.append("\nip -n %s link set dev %s name ".formatted(device.netns().name(), bornAs))
          .append(device.name());
    }
    return line.toString();
  }

  private static Change changed(Device device, LinkKind wanted, LinkKind made) {
    if (!wanted.canChange()) {
      throw new PlanException(
          "Cannot change %s %s from %s to %s: Linux sets it when the device is made"
              .formatted(wanted.name(), device, made.options(), wanted.options()),
          "call " + device + ".delete() first");
    }
    return new ChangeKind(device, wanted, made);
  }

  /**
   * Before Linux 6.13 a device that is to be born in another namespace may not have a name that is
   * taken in the maker's (EEXIST): it is born under a name of its own then, and renamed.
   */
  private static String birthName(Device device, Netns maker) {
    boolean isTaken = device.netns() != maker && maker.device(device.name()).link().isPresent();
    return isTaken ? "vb" + Integer.toHexString(System.identityHashCode(device)) : device.name();
  }

  private void requireOneMode(Device device, Ipvlan kind) {
    lab.devicesOn(kind.parent(), "ipvlan").stream()
        .filter(other -> other != device && other.existing().mode() != kind.mode().number())
        .findFirst()
        .ifPresent(
            other -> {
              throw new PlanException(
                  "Cannot make ipvlan %s on %s with mode %s: %s is there with another mode"
                      .formatted(device, kind.parent(), kind.mode().word(), other),
                  "the mode belongs to the parent device, and Linux would switch all of them:"
                      + " give each mode a parent of its own");
            });
  }

  /** Makes devices of the bridge's own namespace its ports. */
  List<Change> ports(Device bridge, List<Device> ports) {
    List<Change> changes = new ArrayList<>();
    ports.forEach(port -> addPort(bridge, port, changes));
    return changes;
  }

  private static void addPort(Device bridge, Device port, List<Change> changes) {
    if (port.netns() != bridge.netns()) {
      throw new PlanException(
          "Cannot make %s a port of bridge %s: they are in different namespaces"
              .formatted(port, bridge),
          "a bridge's ports are devices of its own namespace; the other end of a veth pair may be"
              + " anywhere");
    }
    Link link = port.existing();
    Optional<Device> old =
        link.masterIndex() == 0
            ? Optional.empty()
            : port.netns().devices().stream()
                .filter(device -> device.index() == link.masterIndex())
                .findFirst();
    if (old.isEmpty() || old.get() != bridge) {
      changes.add(new SetMaster(port, bridge, old.orElse(null)));
    }
    if (!link.isUp()) {
      changes.add(new SetUp(port, true));
    }
  }

  /** True when the device is there as asked, false when it is not there at all. */
  private static boolean exists(Device device, LinkKind kind) {
    return exists(device, kind.name(), kind.parent());
  }

  static boolean exists(Device device, String kind, @Nullable Device other) {
    return !device.isUnheardOf() && isThere(device, kind, other);
  }

  /** The same, asked of Linux. */
  static boolean isThere(Device device, String kind, @Nullable Device other) {
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

  /**
   * Addresses, MTU, MAC address and up: what differs from what is there. Addresses that are said
   * take the place of those that the same word gave before; none said, those stay.
   */
  static void finish(Device device, boolean isNew, DeviceOptions options, List<Change> changes) {
    if (!isNew) {
      change(device, device.existing(), options, changes);
    }
    List<Cidr> present = isNew ? List.of() : device.addresses();
    boolean saysAddresses = !options.addresses().isEmpty();
    for (Cidr old : saysAddresses ? device.origin().addresses() : List.<Cidr>of()) {
      if (present.contains(old) && !options.addresses().contains(old)) {
        changes.add(new DeleteAddress(device, old));
      }
    }
    for (Cidr wanted : options.addresses()) {
      if (!present.contains(wanted)) {
        changes.add(new AddAddress(device, wanted));
      }
    }
    if (isNew || !device.existing().isUp()) {
      changes.add(new SetUp(device, true));
    }
    if (isNew || saysAddresses) {
      changes.add(new Remember(device, options.addresses()));
    }
  }

  private static void change(
      Device device, Link link, DeviceOptions options, List<Change> changes) {
    if (options.queues() > 0 && link.rxQueues() != options.queues()) {
      throw new PlanException(
          "Cannot give device %s %d queues: it was made with %d"
              .formatted(Text.place(device), options.queues(), link.rxQueues()),
          "call " + device + ".delete() first");
    }
    if (options.mtu() > 0 && link.mtu() != options.mtu()) {
      changes.add(new SetMtu(device, options.mtu(), link.mtu()));
    }
    if (!options.mac().isEmpty() && !link.mac().equals(options.mac())) {
      changes.add(new SetMac(device, options.mac(), link.mac()));
    }
  }
}
