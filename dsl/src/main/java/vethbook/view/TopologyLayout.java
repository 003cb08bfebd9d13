package vethbook.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import vethbook.view.Topology.Namespace;
import vethbook.view.Topology.Place;
import vethbook.view.TopologyWires.Wire;

/**
 * Where everything of a topology picture goes, in pixels.
 *
 * <p>The layered algorithm runs twice: first with wires that may leave a box anywhere, to learn
 * from which side and in which order they want to; then with the rows in that order and each wire
 * fixed to its row.
 */
record TopologyLayout(double width, double height, List<Box> boxes, List<Line> lines) {
  private static final double MARGIN = 20;

  /** A namespace's box and where its upper left corner is. */
  record Box(TopologyBox content, double x, double y) {}

  /** A wire and the points it goes through. */
  record Line(Wire wire, List<Point> points) {}

  /** A point of the picture. */
  record Point(double x, double y) {}

  static TopologyLayout of(Topology topology) {
    List<Wire> wires = TopologyWires.of(topology);
    Pass free = new Pass(topology.namespaces().stream().map(TopologyBox::of).toList(), wires, null);
    List<TopologyBox> sorted =
        topology.namespaces().stream().map(namespace -> sorted(namespace, free)).toList();
    return new Pass(sorted, wires, free).result();
  }

  private static TopologyBox sorted(Namespace namespace, Pass free) {
    return TopologyBox.of(
        namespace, device -> free.height(new Place(namespace.name(), device.name())));
  }

  /** One run of the algorithm. */
  private static final class Pass {
    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final List<TopologyBox> boxes;
    private final List<ElkNode> nodes = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Wire> wires;
    private final List<ElkEdge> edges = new ArrayList<>();

    /**
     * @param free the run before, which tells at which side each wire leaves; null in the first
     */
    Pass(List<TopologyBox> boxes, List<Wire> wires, @org.jspecify.annotations.Nullable Pass free) {
      this.boxes = boxes;
      this.wires = wires;
      LayoutMetaDataService.getInstance()
          .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
      options();
      for (TopologyBox box : boxes) {
        index.put(box.namespace().name(), nodes.size());
        nodes.add(node(box, free == null));
      }
      for (int i = 0; i < wires.size(); i++) {
        Wire wire = wires.get(i);
        ElkPort from = port(wire.from(), free == null ? null : free.port(i, true));
        ElkPort to = port(wire.to(), free == null ? null : free.port(i, false));
        edges.add(ElkGraphUtil.createSimpleEdge(from, to));
      }
      new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
    }

    private void options() {
      graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
      graph.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
      graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
      graph.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
      graph.setProperty(CoreOptions.ASPECT_RATIO, 1.5);
      graph.setProperty(
          LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
      graph.setProperty(
          LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
      graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 22.0);
      graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 70.0);
      graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 22.0);
      graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
      graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 10.0);
      graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, 26.0);
    }

    private ElkNode node(TopologyBox box, boolean free) {
      ElkNode node = ElkGraphUtil.createNode(graph);
      node.setDimensions(box.width(), box.height());
      node.setProperty(
          CoreOptions.PORT_CONSTRAINTS, free ? PortConstraints.FREE : PortConstraints.FIXED_POS);
      return node;
    }

    private ElkPort port(Place place, @org.jspecify.annotations.Nullable ElkPort before) {
      int at = index.getOrDefault(place.netns(), 0);
      ElkPort port = ElkGraphUtil.createPort(nodes.get(at));
      if (before != null) {
        TopologyBox box = boxes.get(at);
        boolean right = before.getX() > before.getParent().getWidth() / 2;
        port.setLocation(
            right ? box.width() : 0, box.top(place.device()) + 3 + TopologyBox.LINE / 2);
        port.setProperty(CoreOptions.PORT_SIDE, right ? PortSide.EAST : PortSide.WEST);
      }
      return port;
    }

    private ElkPort port(int wire, boolean start) {
      ElkEdge edge = edges.get(wire);
      return (ElkPort) (start ? edge.getSources().get(0) : edge.getTargets().get(0));
    }

    /** How far down a device's first wire leaves its box; devices without one come last. */
    double height(Place place) {
      for (int i = 0; i < wires.size(); i++) {
        if (wires.get(i).from().equals(place)) {
          return port(i, true).getY();
        }
        if (wires.get(i).to().equals(place)) {
          return port(i, false).getY();
        }
      }
      return Double.MAX_VALUE;
    }

    TopologyLayout result() {
      List<Box> placed = new ArrayList<>();
      for (int i = 0; i < boxes.size(); i++) {
        placed.add(new Box(boxes.get(i), nodes.get(i).getX(), nodes.get(i).getY()));
      }
      List<Line> lines = new ArrayList<>();
      for (int i = 0; i < wires.size(); i++) {
        lines.add(new Line(wires.get(i), points(edges.get(i))));
      }
      return new TopologyLayout(graph.getWidth(), graph.getHeight(), placed, lines);
    }

    private static List<Point> points(ElkEdge edge) {
      List<Point> points = new ArrayList<>();
      for (ElkEdgeSection section : edge.getSections()) {
        points.add(new Point(section.getStartX(), section.getStartY()));
        for (ElkBendPoint bend : section.getBendPoints()) {
          points.add(new Point(bend.getX(), bend.getY()));
        }
        points.add(new Point(section.getEndX(), section.getEndY()));
      }
      return points;
    }
  }
}
