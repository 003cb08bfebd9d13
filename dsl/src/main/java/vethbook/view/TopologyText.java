package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Namespace;

/** A topology as a tree, for a terminal and for those who hear the picture. */
final class TopologyText {
  private TopologyText() {}

  static String tree(Topology topology) {
    if (topology.namespaces().isEmpty()) {
      return (topology.title() + "\n(no namespaces)").strip();
    }
    StringBuilder text = new StringBuilder();
    if (!topology.title().isEmpty()) {
      text.append(topology.title()).append('\n');
    }
    topology.namespaces().forEach(namespace -> append(namespace, text));
    return text.toString().stripTrailing();
  }

  private static void append(Namespace namespace, StringBuilder text) {
    text.append(namespace.name());
    if (!namespace.marks().isEmpty()) {
      text.append("  (").append(String.join(", ", namespace.marks())).append(')');
    }
    text.append('\n');
    List<TopologyBox.Row> rows = TopologyBox.of(namespace).rows();
    for (int i = 0; i < rows.size(); i++) {
      TopologyBox.Row row = rows.get(i);
      boolean last = i == rows.size() - 1 || rows.get(i + 1).depth() < row.depth();
      text.append(row.depth() == 0 ? "" : "│  ".repeat(row.depth()))
          .append(last ? "└─ " : "├─ ")
          .append(line(row.device()))
          .append('\n');
    }
  }

  private static String line(Device device) {
    List<String> parts = new ArrayList<>();
    parts.add(device.name());
    parts.addAll(device.addresses());
    if (device.peer() != null) {
      parts.add("⇄ " + device.peer());
    }
    if (device.parent() != null) {
      parts.add(device.kind() + " on " + device.parent());
    } else if (device.kind() != Topology.Kind.VETH && device.kind() != Topology.Kind.OTHER) {
      parts.add(device.kind().toString());
    }
    if (!device.up()) {
      parts.add("down");
    }
    parts.addAll(device.marks());
    return String.join("  ", parts);
  }
}
