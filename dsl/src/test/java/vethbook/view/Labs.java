package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Namespace;
import vethbook.view.Topology.Place;

/** Topologies made up for tests. */
final class Labs {
  private Labs() {}

  static Topology one() {
    return new Topology("", List.of(new Namespace("client", List.of(), List.of())));
  }

  static Topology two() {
    return new Topology(
        "Two machines on one wire",
        List.of(
            new Namespace(
                "client",
                List.of(
                    Device.veth(
                        "eth0", new Place("server", "eth0"), "192.168.0.1/24", "fd00::1/64")),
                List.of()),
            new Namespace(
                "server",
                List.of(
                    Device.veth("eth0", new Place("client", "eth0"), "192.168.0.2/24")
                        .marked("rps 1-3", "mtu 9000")),
                List.of())));
  }

  static Topology containers() {
    Namespace client =
        new Namespace(
            "client",
            List.of(
                Device.veth("eth0", new Place("server", "eth0"), "192.168.0.1/24"),
                Device.veth("veth0", new Place("veth-box", "eth0"), "172.17.1.1/24"),
                Device.bridge("br0", "172.17.2.1/24"),
                Device.veth("veth1", new Place("nat-box", "eth0")).portOf("br0"),
                Device.veth("veth2", new Place("idle-box", "eth0")).portOf("br0").down()),
            List.of("forwards", "NAT 172.17.1.0/24 → eth0", "NAT 172.17.2.0/24 → eth0"));
    Place parent = new Place("client", "eth0");
    return new Topology(
        "",
        List.of(
            client,
            box("server", Device.veth("eth0", parent, "192.168.0.2/24").marked("rps 1")),
            box("veth-box", Device.veth("eth0", new Place("client", "veth0"), "172.17.1.2/24")),
            box("nat-box", Device.veth("eth0", new Place("client", "veth1"), "172.17.2.2/24")),
            box("idle-box", Device.veth("eth0", new Place("client", "veth2")).down()),
            box("macvlan-box", Device.on(parent, Kind.MACVLAN, "eth0", "192.168.0.20/24")),
            box("ipvlan-box", Device.on(parent, Kind.IPVLAN, "eth0", "192.168.0.30/24"))));
  }

  /** A switch with many containers. */
  static Topology star(int count) {
    List<Device> ports = new ArrayList<>();
    ports.add(Device.bridge("br0", "10.0.0.1/16"));
    List<Namespace> namespaces = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      String name = "container-" + i;
      ports.add(Device.veth("veth" + i, new Place(name, "eth0")).portOf("br0"));
      namespaces.add(
          box(
              name,
              Device.veth("eth0", new Place("switch", "veth" + i), "10.0.0." + (i + 1) + "/16")));
    }
    namespaces.add(0, new Namespace("switch", ports, List.of("forwards")));
    return new Topology("A switch", namespaces);
  }

  /** Namespaces in a ring, each with a neighbour at both sides. */
  static Topology ring(int count) {
    List<Namespace> namespaces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String next = "router-" + (i + 1) % count;
      String before = "router-" + (i + count - 1) % count;
      namespaces.add(
          new Namespace(
              "router-" + i,
              List.of(
                  Device.veth("next", new Place(next, "before"), "10.0." + i + ".1/24"),
                  Device.veth("before", new Place(before, "next"), "10.0." + i + ".2/24")),
              List.of("forwards")));
    }
    return new Topology("", namespaces);
  }

  private static Namespace box(String name, Device... devices) {
    return new Namespace(name, List.of(devices), List.of());
  }
}
