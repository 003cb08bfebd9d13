package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.RootQdisc;
import vethbook.lab.Tuns;
import vethbook.linux.Cidr;
import vethbook.linux.process.Cpus;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.tc.Qdiscs;
import vethbook.view.TableView;
import vethbook.view.Topology;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Place;

/** A lab as it is now, as the picture and the tables show it. */
final class LabTopology {
  private static final int USUAL_MTU = 1500;

  private LabTopology() {}

  static Topology of(Lab lab) {
    TunnelEnds ends = TunnelEnds.of(lab);
    return new Topology(
        "", lab.namespaces().stream().map(netns -> namespace(netns, ends)).toList());
  }

  private static Topology.Namespace namespace(Netns netns, TunnelEnds ends) {
    List<Topology.Device> devices = new ArrayList<>();
    List<Link> links = netns.handle().links().list();
    for (Link link : links) {
      if (!link.name().equals("lo")) {
        devices.add(device(netns.device(link.name()), link, links, ends));
      }
    }
    List<String> marks = new ArrayList<>();
    if (netns.sysctl("net.ipv4.ip_forward").equals("1")) {
      marks.add("forwards");
    }
    netns.translations().forEach(text -> marks.add("NAT " + text));
    if (netns.packetRules().table().dropsForwarded()) {
      marks.add("forwards only what is allowed");
    }
    return new Topology.Namespace(netns.name(), devices, marks);
  }

  private static Topology.Device device(
      Device device, Link link, List<Link> links, TunnelEnds ends) {
    Kind kind = kind(link.kind());
    Place other = device.other().map(LabTopology::place).orElse(null);
    boolean isPair = kind == Kind.VETH || kind == Kind.NETKIT;
    return new Topology.Device(
        device.name(),
        kind,
        device.addresses().stream().map(Cidr::toString).toList(),
        link.isUp(),
        isPair
            ? other
            : ends.other(device)
                .or(() -> tuns(device).relayed(device))
                .map(LabTopology::place)
                .orElse(null),
        isPair ? null : other,
        master(link, links),
        marks(device, link));
  }

  private static Place place(Device device) {
    return new Place(device.netns().name(), device.name());
  }

  private static @Nullable String master(Link link, List<Link> links) {
    return links.stream()
        .filter(bridge -> link.masterIndex() > 0 && bridge.index() == link.masterIndex())
        .map(Link::name)
        .findFirst()
        .orElse(null);
  }

  private static Tuns tuns(Device device) {
    return device.netns().lab().tuns();
  }

  private static List<String> marks(Device device, Link link) {
    List<String> marks = new ArrayList<>();
    boolean isNamed = kind(link.kind()) != Kind.OTHER && kind(link.kind()) != Kind.TUNNEL;
    if (!link.kind().isEmpty() && (!isNamed || link.kind().equals("tap"))) {
      marks.add(link.kind());
    }
    TunnelEnds.mark(device).ifPresent(marks::add);
    if (tuns(device).hasProgram(device)) {
      marks.add("program");
    }
    if (link.mtu() != USUAL_MTU) {
      marks.add("mtu " + link.mtu());
    }
    List<Set<Integer>> rps = device.rps();
    for (int queue = 0; queue < rps.size(); queue++) {
      if (!rps.get(queue).isEmpty()) {
        String where = rps.size() == 1 ? "" : " rx-" + queue;
        marks.add("rps" + where + " " + Cpus.list(rps.get(queue)));
      }
    }
    new RootQdisc(device)
        .list().stream()
            .filter(qdisc -> qdisc.parent() == Qdiscs.ROOT && !qdisc.isDefault())
            .map(qdisc -> "qdisc " + qdisc.kind())
            .forEach(marks::add);
    device.netns().lab().bpfRedirects(device).stream()
        .map(redirect -> "bpf → " + redirect.to())
        .forEach(marks::add);
    return marks;
  }

  private static Kind kind(String kind) {
    return switch (kind) {
      case "veth" -> Kind.VETH;
      case "netkit" -> Kind.NETKIT;
      case "bridge" -> Kind.BRIDGE;
      case "macvlan" -> Kind.MACVLAN;
      case "ipvlan" -> Kind.IPVLAN;
      case "vlan" -> Kind.VLAN;
      case "vxlan" -> Kind.VXLAN;
      case "ipip", "gre", "gretap" -> Kind.TUNNEL;
      case "tun", "tap" -> Kind.TUN;
      default -> Kind.OTHER;
    };
  }

  /** {@code client.eth0 veth up mtu 1500 192.168.0.1/24}. */
  static String line(Device device) {
    return device
        .link()
        .map(
            link ->
                "%s  %s  %s  mtu %d  %s"
                    .formatted(
                        device,
                        kindText(link),
                        link.isUp() ? "up" : "down",
                        link.mtu(),
                        addresses(device)))
        .map(String::strip)
        .orElse(device + "  (does not exist yet)");
  }

  private static String kindText(Link link) {
    return link.kind().isEmpty() ? "loopback" : link.kind();
  }

  private static String addresses(Device device) {
    return String.join(", ", device.addresses().stream().map(Cidr::toString).toList());
  }

  /** The devices of a namespace: name, kind, state, MTU, addresses. */
  static Table devices(Netns netns) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Link link : netns.handle().links().list()) {
      rows.add(row(netns.device(link.name()), link));
    }
    return TableView.table("netns " + netns.name(), rows);
  }

  /** What there is to know of a device at a glance. */
  static Map<String, Object> row(Device device) {
    return row(device, device.existing());
  }

  private static Map<String, Object> row(Device device, Link link) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("device", link.name());
    row.put("kind", kindText(link));
    row.put("state", link.isUp() ? "up" : "down");
    row.put("MTU (bytes)", link.mtu());
    row.put("addresses", addresses(device));
    row.put(
        "other end or parent",
        device.other().or(() -> tuns(device).relayed(device)).map(Device::toString).orElse(""));
    return row;
  }
}
