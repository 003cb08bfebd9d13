package vethbook.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Namespace;
import vethbook.view.Topology.Place;

/** What connects the devices of a topology, each connection once. */
final class TopologyWires {
  private static final int MANY = 6;

  private TopologyWires() {}

  /**
   * A connection, drawn from left to right where the layout can.
   *
   * @param kind VETH for the two ends of a pair, else that of the device on its parent
   */
  record Wire(Place from, Place to, Kind kind) {
    Wire turned() {
      return new Wire(to, from, kind);
    }
  }

  /** The connections; of many that end at one namespace half are turned, to use both its sides. */
  static List<Wire> of(Topology topology) {
    List<Wire> wires = new ArrayList<>();
    Set<Set<Place>> seen = new HashSet<>();
    for (Namespace namespace : topology.namespaces()) {
      for (Device device : namespace.devices()) {
        Place here = new Place(namespace.name(), device.name());
        Place peer = device.peer();
        Place parent = device.parent();
        if (peer != null && topology.device(peer).isPresent() && seen.add(Set.of(here, peer))) {
          wires.add(new Wire(here, peer, device.kind()));
        }
        if (parent != null
            && !parent.netns().equals(namespace.name())
            && topology.device(parent).isPresent()) {
          wires.add(new Wire(parent, here, device.kind()));
        }
      }
    }
    return balanced(wires);
  }

  private static List<Wire> balanced(List<Wire> wires) {
    Map<String, Integer> degree = new HashMap<>();
    for (Wire wire : wires) {
      degree.merge(wire.from().netns(), 1, Integer::sum);
      degree.merge(wire.to().netns(), 1, Integer::sum);
    }
    Map<String, Integer> leaves = new HashMap<>();
    List<Wire> balanced = new ArrayList<>();
    for (Wire wire : wires) {
      boolean fromLeaf = degree.getOrDefault(wire.from().netns(), 0) == 1;
      boolean toLeaf = degree.getOrDefault(wire.to().netns(), 0) == 1;
      String hub = fromLeaf ? wire.to().netns() : wire.from().netns();
      if (fromLeaf == toLeaf || degree.getOrDefault(hub, 0) < MANY) {
        balanced.add(wire);
        continue;
      }
      Wire outwards = fromLeaf ? wire.turned() : wire;
      boolean even = leaves.merge(hub, 1, Integer::sum) % 2 == 0;
      balanced.add(even ? outwards.turned() : outwards);
    }
    return balanced;
  }
}
