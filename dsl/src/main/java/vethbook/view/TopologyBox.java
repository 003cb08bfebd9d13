package vethbook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Namespace;
import vethbook.view.Topology.Place;

/**
 * A namespace as a box: its name, and a row for each device. Ports of a bridge, and devices on a
 * parent in the same namespace, stand indented below it.
 *
 * @param width in pixels, wide enough for all its texts
 */
record TopologyBox(Namespace namespace, List<Row> rows, double width) {
  static final double TEXT = 12;
  static final double SMALL = 11;
  static final double LINE = 16;
  static final double PAD = 14;
  static final double INDENT = 14;
  private static final double GAP = 8;
  private static final double HEAD = 30;

  /**
   * A device.
   *
   * @param depth how far it is indented: 0 for most, 1 for the port of a bridge
   */
  record Row(Device device, int depth) {
    /** The first line after the name: what it is and its first address. */
    String facts() {
      List<String> facts = new ArrayList<>();
      if (device.kind() != Kind.VETH && device.kind() != Kind.OTHER) {
        facts.add(device.kind().toString());
      }
      if (!device.up()) {
        facts.add("down");
      }
      device.addresses().stream().limit(1).forEach(facts::add);
      return String.join("  ", facts);
    }

    /** Lines below the first: further addresses, then marks. */
    List<String> more() {
      List<String> lines = new ArrayList<>(device.addresses().stream().skip(1).toList());
      if (!device.marks().isEmpty()) {
        lines.add(String.join(" · ", device.marks()));
      }
      return lines;
    }

    /** Where lines below the name begin, from the left of the box. */
    double indent() {
      return PAD + depth * INDENT;
    }

    /** Where the facts begin. */
    double factsAt() {
      return indent() + TextWidth.of(device.name(), TEXT, true) * ROOM + GAP;
    }

    double height() {
      return LINE * (1 + more().size()) + 6;
    }

    private double width() {
      double first = factsAt() + TextWidth.of(facts(), SMALL, false) * ROOM;
      double rest =
          more().stream()
              .mapToDouble(line -> TextWidth.of(line, SMALL, false) * ROOM)
              .max()
              .orElse(0);
      return Math.max(first, indent() + rest);
    }
  }

  /** Room kept for a reader's font that is wider than ours. */
  private static final double ROOM = 1.06;

  static TopologyBox of(Namespace namespace) {
    return of(namespace, row -> 0);
  }

  /**
   * A box with its rows in an order, those that belong below another kept there.
   *
   * @param place by which devices are sorted; those with the same stay in the lab's order
   */
  static TopologyBox of(Namespace namespace, ToDoubleFunction<Device> place) {
    List<Device> sorted =
        namespace.devices().stream().sorted(Comparator.comparingDouble(place)).toList();
    Set<Row> rows = new LinkedHashSet<>();
    for (Device device : sorted) {
      if (below(namespace, device) == null) {
        add(namespace, sorted, device, 0, rows);
      }
    }
    sorted.stream()
        .map(device -> new Row(device, 0))
        .filter(row -> !holds(rows, row))
        .forEach(rows::add);
    double widest = rows.stream().mapToDouble(Row::width).max().orElse(0);
    double name = TextWidth.of(namespace.name(), TEXT + 1, true) * ROOM + PAD;
    double marks =
        namespace.marks().stream()
            .mapToDouble(mark -> TextWidth.of(mark, SMALL, false) * ROOM + PAD)
            .max()
            .orElse(0);
    double width = Math.max(Math.max(widest, 110), Math.max(name, marks)) + PAD;
    return new TopologyBox(namespace, List.copyOf(rows), Math.ceil(width));
  }

  double height() {
    return head() + rows.stream().mapToDouble(Row::height).sum() + 8;
  }

  /** Height of the part with the name and the marks. */
  double head() {
    return HEAD + namespace.marks().size() * LINE + (rows.isEmpty() ? 0 : 6);
  }

  /** The top of a device's row, from the top of the box. */
  double top(String device) {
    double y = head();
    for (Row row : rows) {
      if (row.device().name().equals(device)) {
        return y;
      }
      y += row.height();
    }
    throw new IllegalArgumentException("no " + device + " in " + namespace.name());
  }

  /** The device of the same namespace that a device is shown below; null for none. */
  static @org.jspecify.annotations.Nullable String below(Namespace namespace, Device device) {
    Place parent = device.parent();
    String above =
        device.master() != null
            ? device.master()
            : parent != null && parent.netns().equals(namespace.name()) ? parent.device() : null;
    boolean isHere =
        namespace.devices().stream()
            .anyMatch(other -> other.name().equals(above) && !other.equals(device));
    return isHere ? above : null;
  }

  private static void add(
      Namespace namespace, List<Device> sorted, Device device, int depth, Set<Row> rows) {
    if (rows.add(new Row(device, depth)) && depth < 4) {
      for (Device other : sorted) {
        if (device.name().equals(below(namespace, other))) {
          add(namespace, sorted, other, depth + 1, rows);
        }
      }
    }
  }

  private static boolean holds(Set<Row> rows, Row row) {
    return rows.stream().anyMatch(other -> other.device().equals(row.device()));
  }
}
