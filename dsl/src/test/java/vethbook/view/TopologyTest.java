package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vethbook.extension.MimeBundle;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Namespace;
import vethbook.view.Topology.Place;
import vethbook.view.TopologyLayout.Line;

class TopologyTest {
  static Stream<Topology> labs() {
    return Stream.of(
        Labs.one(), Labs.two(), Labs.containers(), Labs.star(40), Labs.ring(12), Labs.ring(40));
  }

  @ParameterizedTest
  @MethodSource("labs")
  void boxesNeverOverlap(Topology topology) {
    TopologyLayout layout = TopologyLayout.of(topology);
    List<Rectangle2D> boxes = boxes(layout);
    for (int i = 0; i < boxes.size(); i++) {
      for (Rectangle2D other : boxes.subList(i + 1, boxes.size())) {
        assertThat(boxes.get(i).intersects(other)).isFalse();
      }
    }
    Rectangle2D page = new Rectangle2D.Double(0, 0, layout.width(), layout.height());
    assertThat(boxes).hasSize(topology.namespaces().size()).allMatch(page::contains);
  }

  @ParameterizedTest
  @MethodSource("labs")
  void linesStayOutsideTheBoxes(Topology topology) {
    TopologyLayout layout = TopologyLayout.of(topology);
    for (Line line : layout.lines()) {
      for (int i = 1; i < line.points().size(); i++) {
        Line2D part =
            new Line2D.Double(
                line.points().get(i - 1).x(),
                line.points().get(i - 1).y(),
                line.points().get(i).x(),
                line.points().get(i).y());
        assertThat(boxes(layout)).noneMatch(box -> shrunk(box).intersectsLine(part));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("labs")
  void everyTextFitsIntoItsBoxAndLiesOnNoOther(Topology topology) throws Exception {
    Document svg = parse(TopologyPicture.of(topology).svg());
    List<Rectangle2D> texts = textsInBoxes(svg);
    assertThat(texts)
        .isNotEmpty()
        .allMatch(
            text -> boxes(TopologyLayout.of(topology)).stream().anyMatch(b -> b.contains(text)));
    for (int i = 0; i < texts.size(); i++) {
      for (Rectangle2D other : texts.subList(i + 1, texts.size())) {
        assertThat(texts.get(i).intersects(other)).isFalse();
      }
    }
    assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(1);
  }

  @Test
  void eachWireEndsAtTheRowOfItsDevice() {
    TopologyLayout layout = TopologyLayout.of(Labs.containers());
    assertThat(layout.lines()).hasSize(6);
    for (Line line : layout.lines()) {
      assertThat(line.points().get(0).y())
          .isBetween(top(layout, line.wire().from()), top(layout, line.wire().from()) + 16);
      int last = line.points().size() - 1;
      assertThat(line.points().get(last).y())
          .isBetween(top(layout, line.wire().to()), top(layout, line.wire().to()) + 16);
    }
  }

  @Test
  void bridgePortsStandBelowTheirBridge() {
    TopologyBox client = TopologyBox.of(Labs.containers().namespaces().get(0));
    assertThat(client.rows().stream().map(row -> row.depth() + " " + row.device().name()))
        .containsExactly("0 eth0", "0 veth0", "0 br0", "1 veth1", "1 veth2");
  }

  @Test
  void treeNamesPeersParentsAndMarks() {
    assertThat(TopologyText.tree(Labs.containers()).lines())
        .contains(
            "client  (forwards, NAT 172.17.1.0/24 → eth0, NAT 172.17.2.0/24 → eth0)",
            "├─ eth0  192.168.0.1/24  ⇄ server.eth0",
            "│  └─ veth2  ⇄ idle-box.eth0  down",
            "└─ eth0  192.168.0.30/24  ipvlan on client.eth0");
  }

  @Test
  void tunnelIsADottedLineAndNetkitAPlainOne() {
    Device one =
        new Device(
            "vx", Kind.VXLAN, List.of(), true, new Place("b", "vx"), null, null, List.of("id 1"));
    Device two =
        new Device(
            "vx", Kind.VXLAN, List.of(), true, new Place("a", "vx"), null, null, List.of("id 1"));
    Device nk =
        new Device("nk", Kind.NETKIT, List.of(), true, new Place("b", "nk"), null, null, List.of());
    Device other =
        new Device("nk", Kind.NETKIT, List.of(), true, new Place("a", "nk"), null, null, List.of());
    Topology topology =
        new Topology(
            "",
            List.of(
                new Namespace("a", List.of(one, nk), List.of()),
                new Namespace("b", List.of(two, other), List.of())));
    assertThat(TopologyLayout.of(topology).lines()).hasSize(2);
    assertThat(TopologyPicture.of(topology).svg().split("stroke-dasharray=\"1.5 4\"", -1))
        .hasSize(2);
    assertThat(TopologyText.tree(topology))
        .contains("vx  ⇄ b.vx  vxlan  id 1", "nk  ⇄ b.nk  netkit");
  }

  @Test
  void aDeviceThatRefersToItselfOrToNothingIsStillShown() {
    Device loop = Device.veth("a", new Place("n", "b")).portOf("b");
    Device back = Device.veth("b", new Place("n", "a")).portOf("a");
    Device lost = Device.veth("c", new Place("gone", "x")).portOf("nowhere");
    Topology topology =
        new Topology(
            "<odd> & ends", List.of(new Namespace("n", List.of(loop, back, lost), List.of())));
    assertThat(TopologyBox.of(topology.namespaces().get(0)).rows()).hasSize(3);
    assertThat(TopologyPicture.of(topology).svg()).contains("&lt;odd&gt; &amp; ends");
  }

  @Test
  void bundleHasPictureAndTree() {
    try (Pictures pictures = new Pictures(warning -> {})) {
      assertThat(TopologyPicture.bundle(pictures, Labs.two()).data())
          .containsOnlyKeys(MimeBundle.PLAIN, MimeBundle.SVG, MimeBundle.PNG);
      assertThat(TopologyPicture.bundle(pictures, new Topology("", List.of())).text())
          .isEqualTo("(no namespaces)");
    }
  }

  private static double top(TopologyLayout layout, Place place) {
    return layout.boxes().stream()
        .filter(box -> box.content().namespace().name().equals(place.netns()))
        .mapToDouble(box -> box.y() + box.content().top(place.device()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Rectangle2D> boxes(TopologyLayout layout) {
    return layout.boxes().stream()
        .<Rectangle2D>map(
            box ->
                new Rectangle2D.Double(
                    box.x(), box.y(), box.content().width(), box.content().height()))
        .toList();
  }

  private static Rectangle2D shrunk(Rectangle2D box) {
    return new Rectangle2D.Double(
        box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
  }

  /** Where texts are, but for the title, which stands above the boxes. */
  private static List<Rectangle2D> textsInBoxes(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(text -> text.getParentNode().getNodeName().equals("g"))
        .map(TopologyTest::text)
        .toList();
  }

  private static Rectangle2D text(Element text) {
    double size = Double.parseDouble(text.getAttribute("font-size").replace("px", ""));
    boolean bold = text.getAttribute("font-weight").equals("bold");
    return new Rectangle2D.Double(
        Double.parseDouble(text.getAttribute("x")),
        Double.parseDouble(text.getAttribute("y")) - size * 0.8,
        TextWidth.of(text.getTextContent(), size, bold),
        size);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
