package vethbook.view;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a lab looks like at one moment: its namespaces and the devices in them. Pure data, in the
 * order in which it is to be shown.
 *
 * @param title such as the lab's name; may be empty
 */
public record Topology(String title, List<Namespace> namespaces) {
  public Topology {
    namespaces = List.copyOf(namespaces);
  }

  /** The device at a place; empty when it is not in this topology. */
  public Optional<Device> device(Place place) {
    return namespaces.stream()
        .filter(namespace -> namespace.name().equals(place.netns()))
        .flatMap(namespace -> namespace.devices().stream())
        .filter(device -> device.name().equals(place.device()))
        .findFirst();
  }

  /**
   * A network namespace.
   *
   * @param devices in it, usually without its loopback device
   * @param marks what else is worth knowing, a few words each: {@code forwards}, {@code NAT
   *     172.17.1.0/24 → eth0}
   */
  public record Namespace(String name, List<Device> devices, List<String> marks) {
    public Namespace {
      devices = List.copyOf(devices);
      marks = List.copyOf(marks);
    }
  }

  /**
   * A network device.
   *
   * @param kind what it is
   * @param addresses with their prefix length: {@code 192.168.0.1/24}
   * @param up whether it is set up
   * @param peer the other end of a pair or of a tunnel; null for other kinds
   * @param parent the device that a macvlan or ipvlan device stands on, in any namespace; else null
   * @param master the bridge that it is a port of, a device of the same namespace; else null
   * @param marks what differs from the usual, a few words each: {@code mtu 9000}, {@code rps 1-3}
   */
  public record Device(
      String name,
      Kind kind,
      List<String> addresses,
      boolean up,
      @Nullable Place peer,
      @Nullable Place parent,
      @Nullable String master,
      List<String> marks) {
    public Device {
      addresses = List.copyOf(addresses);
      marks = List.copyOf(marks);
    }

    /** One end of a veth pair that is up. */
    public static Device veth(String name, Place peer, String... addresses) {
      return new Device(name, Kind.VETH, List.of(addresses), true, peer, null, null, List.of());
    }

    /** A bridge that is up. */
    public static Device bridge(String name, String... addresses) {
      return new Device(name, Kind.BRIDGE, List.of(addresses), true, null, null, null, List.of());
    }

    /** A macvlan or ipvlan device that is up. */
    public static Device on(Place parent, Kind kind, String name, String... addresses) {
      return new Device(name, kind, List.of(addresses), true, null, parent, null, List.of());
    }

    /** This device as a port of a bridge. */
    public Device portOf(String bridge) {
      return new Device(name, kind, addresses, up, peer, parent, bridge, marks);
    }

    /** This device with other marks. */
    public Device marked(String... words) {
      return new Device(name, kind, addresses, up, peer, parent, master, List.of(words));
    }

    /** This device, set down. */
    public Device down() {
      return new Device(name, kind, addresses, false, peer, parent, master, marks);
    }
  }

  /** A device by its namespace and name. */
  public record Place(String netns, String device) {
    @Override
    public String toString() {
      return netns + "." + device;
    }
  }

  /** The kinds of devices that look different. */
  public enum Kind {
    VETH,
    NETKIT,
    BRIDGE,
    MACVLAN,
    IPVLAN,
    VLAN,
    VXLAN,
    /** ipip, gre, gretap. */
    TUNNEL,
    /** A tun or tap device, whose packets a program carries. */
    TUN,
    /** A device of the machine or of a kind that has no look of its own. */
    OTHER;

    /** Whether both ends are one wire, as with veth. */
    boolean isPair() {
      return this == VETH || this == NETKIT || this == TUN || this == OTHER;
    }

    /** Whether its packets travel inside others. */
    boolean isTunnel() {
      return this == VXLAN || this == TUNNEL;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
