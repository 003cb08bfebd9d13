package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vethbook.view.Topology;
import vethbook.view.Topology.Device;
import vethbook.view.Topology.Kind;
import vethbook.view.Topology.Place;

/** What a lab's picture tells of devices that Linux has. */
class LabPictureLinuxIT {
  @Test
  void tunnelKnowsItsOtherEndAndADeviceItsQueueingDiscipline() {
    try (Cells cells = new Cells()) {
      cells.run(
          """
          one = netns 'one'
          two = netns 'two'
          vethPair one.eth0, two.eth0, subnet: '10.0.0.0/24'
          vxlan one.vx0, id: 7, local: '10.0.0.1', remote: '10.0.0.2', on: one.eth0
          vxlan two.vx0, id: 7, local: '10.0.0.2', remote: '10.0.0.1', on: two.eth0
          vxlan two.vx1, id: 8, local: '10.0.0.2', remote: '10.0.0.1', on: two.eth0
          one.eth0.pfifo limit: 100
          """);
      Topology topology = LabTopology.of(cells.session().lab());
      Device tunnel = topology.device(new Place("one", "vx0")).orElseThrow();
      assertThat(tunnel.kind()).isEqualTo(Kind.VXLAN);
      assertThat(tunnel.peer()).isEqualTo(new Place("two", "vx0"));
      assertThat(tunnel.marks()).contains("id 7 to 10.0.0.2");
      assertThat(topology.device(new Place("two", "vx1")).orElseThrow().peer()).isNull();
      assertThat(topology.device(new Place("one", "eth0")).orElseThrow().marks())
          .contains("qdisc pfifo");
      assertThat(topology.device(new Place("two", "eth0")).orElseThrow().marks()).isEmpty();
    }
  }
}
