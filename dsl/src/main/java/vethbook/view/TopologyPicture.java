package vethbook.view;

import java.util.List;
import java.util.Locale;
import vethbook.extension.MimeBundle;
import vethbook.view.Topology.Kind;
import vethbook.view.TopologyLayout.Box;
import vethbook.view.TopologyLayout.Line;
import vethbook.view.TopologyLayout.Point;

/**
 * A topology as a picture: namespaces are boxes, devices are rows in them, veth and netkit pairs
 * are lines, a dashed line leads from a macvlan or ipvlan device to its parent, and a dotted one is
 * a tunnel.
 */
public final class TopologyPicture {
  private static final double ROUND = 7;
  private static final double TITLE = 34;

  private final Topology topology;
  private final TopologyLayout layout;
  private final StringBuilder svg = new StringBuilder();

  private TopologyPicture(Topology topology, TopologyLayout layout) {
    this.topology = topology;
    this.layout = layout;
  }

  /** SVG, PNG and text; without the PNG where Java cannot draw. */
  public static MimeBundle bundle(Pictures pictures, Topology topology) {
    String tree = TopologyText.tree(topology);
    MimeBundle text = MimeBundle.plain(tree);
    if (topology.namespaces().isEmpty()) {
      return text;
    }
    return Plot.withPictures(text, of(topology), pictures);
  }

  static SvgPicture of(Topology topology) {
    String drawn = new TopologyPicture(topology, TopologyLayout.of(topology)).draw();
    String title = topology.title().isEmpty() ? "Network topology" : topology.title();
    return new SvgPicture(title, TopologyText.tree(topology), drawn);
  }

  private String draw() {
    double top = topology.title().isEmpty() ? 0 : TITLE;
    double titleWidth = TextWidth.of(topology.title(), 15, true) * 1.1 + 40;
    double width = Math.ceil(Math.max(layout.width(), titleWidth));
    double height = Math.ceil(layout.height() + top);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0"
            + " %1$.0f %2$.0f\">",
        width, height);
    add("<rect width=\"%.0f\" height=\"%.0f\" fill=\"%s\"/>", width, height, Theme.CARD);
    if (top > 0) {
      text(20, 30, 15, true, Theme.INK, topology.title());
    }
    add("<g transform=\"translate(0,%.0f)\">", top);
    layout.lines().forEach(this::line);
    layout.boxes().forEach(this::box);
    layout.lines().forEach(this::ends);
    return svg.append("</g></svg>").toString();
  }

  private void box(Box box) {
    TopologyBox content = box.content();
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"7\" fill=\"%s\""
            + " stroke=\"%s\"/>",
        box.x(), box.y(), content.width(), content.height(), Theme.PANEL, Theme.AXIS);
    double left = box.x() + TopologyBox.PAD;
    double y = box.y() + 20;
    text(left, y, TopologyBox.TEXT + 1, true, Theme.INK, content.namespace().name());
    for (String mark : content.namespace().marks()) {
      y += TopologyBox.LINE;
      text(left, y, TopologyBox.SMALL, false, Theme.MUTED, mark);
    }
    if (!content.rows().isEmpty()) {
      add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%3$.1f\" stroke=\"%s\"/>",
          box.x(), box.x() + content.width(), box.y() + content.head() - 4, Theme.GRID);
    }
    content.rows().forEach(row -> row(box, row));
  }

  private void row(Box box, TopologyBox.Row row) {
    double y = box.y() + box.content().top(row.device().name()) + 15;
    double left = box.x() + row.indent();
    if (row.depth() > 0) {
      add(
          "<path d=\"M%.1f %.1fv%.1fh5\" fill=\"none\" stroke=\"%s\"/>",
          left - 8, y - 17, 13.0, Theme.AXIS);
    }
    String ink = row.device().up() ? Theme.INK : Theme.MUTED;
    text(left, y, TopologyBox.TEXT, true, ink, row.device().name());
    text(box.x() + row.factsAt(), y, TopologyBox.SMALL, false, Theme.MUTED, row.facts());
    for (String line : row.more()) {
      y += TopologyBox.LINE;
      text(left, y, TopologyBox.SMALL, false, Theme.MUTED, line);
    }
  }

  private void line(Line line) {
    Kind kind = line.wire().kind();
    String dashes = kind.isPair() ? "" : kind.isTunnel() ? "1.5 4" : "5 3";
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"%s/>",
        path(line.points()),
        colour(kind),
        dashes.isEmpty() ? "" : " stroke-linecap=\"round\" stroke-dasharray=\"" + dashes + "\"");
  }

  private void ends(Line line) {
    List<Point> points = line.points();
    end(points.get(0), line.wire().kind());
    end(points.get(points.size() - 1), line.wire().kind());
  }

  private void end(Point point, Kind kind) {
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.6\" fill=\"%s\" stroke=\"%s\""
            + " stroke-width=\"1.5\"/>",
        point.x(), point.y(), colour(kind), Theme.CARD);
  }

  /** A path with rounded corners. */
  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder(at("M", points.get(0)));
    for (int i = 1; i < points.size() - 1; i++) {
      Point corner = points.get(i);
      path.append(at("L", towards(corner, points.get(i - 1))));
      path.append(at("Q", corner)).append(at(" ", towards(corner, points.get(i + 1))));
    }
    return path.append(at("L", points.get(points.size() - 1))).toString();
  }

  private static Point towards(Point corner, Point other) {
    double distance = Math.hypot(other.x() - corner.x(), other.y() - corner.y());
    double share = distance == 0 ? 0 : Math.min(ROUND, distance / 2) / distance;
    return new Point(
        corner.x() + (other.x() - corner.x()) * share,
        corner.y() + (other.y() - corner.y()) * share);
  }

  private static String at(String command, Point point) {
    return String.format(Locale.ROOT, "%s%.1f %.1f", command, point.x(), point.y());
  }

  private static String colour(Kind kind) {
    return switch (kind) {
      case MACVLAN -> Theme.SERIES.get(2);
      case IPVLAN -> Theme.SERIES.get(1);
      case VXLAN, TUNNEL -> Theme.SERIES.get(7);
      case NETKIT -> Theme.SERIES.get(6);
      case TUN -> Theme.SERIES.get(8);
      default -> Theme.SERIES.get(0);
    };
  }

  private void text(double x, double y, double size, boolean bold, String colour, String text) {
    if (!text.isEmpty()) {
      add(
          "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0fpx\"%s fill=\"%s\""
              + " xml:space=\"preserve\">%s</text>",
          x, y, size, bold ? " font-weight=\"bold\"" : "", colour, SvgPicture.escape(text));
    }
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
