package vethbook.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class RtnetlinkLinuxIT {
  private NetnsHandle client;
  private NetnsHandle server;

  @BeforeEach
  void makeNamespaces() {
    client = NetnsHandle.create("client");
    server = NetnsHandle.create("server");
  }

  @AfterEach
  void dropNamespaces() {
    client.close();
    server.close();
  }

  @Test
  void bearsBothEndsOfAVethInTheirNamespaces() throws Exception {
    wire("c0", "s0");

    JsonNode shown = ip(server, "-d", "link", "show", "s0");
    assertThat(shown.get(0).get("linkinfo").get("info_kind").asText()).isEqualTo("veth");
    assertThat(shown.get(0).get("mtu").asInt()).isEqualTo(9000);
    Link here = client.links().find("c0").orElseThrow();
    Link there = server.links().find("s0").orElseThrow();
    assertThat(here.parentIndex()).isEqualTo(there.index());
    assertThat(here.kind()).isEqualTo("veth");
    assertThat(here.isUp()).isFalse();
  }

  @Test
  void addsAndDeletesAddressesAsIpShowsThem() throws Exception {
    wire("c0", "s0");
    int index = client.links().find("c0").orElseThrow().index();
    client.addresses().add(index, Cidr.parse("10.1.2.3/24"));
    client.addresses().add(index, Cidr.parse("fd00::3/64"));

    JsonNode shown = ip(client, "address", "show", "c0").get(0).get("addr_info");
    assertThat(shown.findValuesAsText("local")).contains("10.1.2.3", "fd00::3");
    assertThat(client.addresses().list())
        .contains(new Addresses.Assigned(index, Cidr.parse("10.1.2.3/24")));

    client.addresses().delete(index, Cidr.parse("10.1.2.3/24"));
    assertThat(client.addresses().list())
        .doesNotContain(new Addresses.Assigned(index, Cidr.parse("10.1.2.3/24")));
  }

  @Test
  void replacesARouteAndLooksItUp() throws Exception {
    wire("c0", "s0");
    int index = up("c0", "10.1.2.3/24");
    Cidr everywhere = Cidr.parse("0.0.0.0/0");
    Route first = Route.to(everywhere, Cidr.parseAddress("10.1.2.1"), 0);
    client.routes().replace(first);
    client.routes().replace(Route.to(everywhere, Cidr.parseAddress("10.1.2.2"), 0));

    JsonNode shown = ip(client, "route", "show", "default");
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).get("gateway").asText()).isEqualTo("10.1.2.2");
    Route found = client.routes().lookup(RouteQuestion.to(Cidr.parseAddress("192.0.2.1")));
    assertThat(found.linkIndex()).isEqualTo(index);
    assertThat(found.via()).isEqualTo(Cidr.parseAddress("10.1.2.2"));
  }

  @Test
  void passesOnWhatLinuxSaysAboutAnMtu() {
    wire("c0", "s0");
    int index = client.links().find("c0").orElseThrow().index();
    NetlinkException refused =
        catchThrowableOfType(NetlinkException.class, () -> client.links().setMtu(index, 10));

    assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
    assertThat(refused.ackMessage()).isEqualTo("mtu less than device minimum");
  }

  @Test
  void namesTheAttributeOffsetOfALongName() {
    NetlinkException refused =
        catchThrowableOfType(
            NetlinkException.class,
            () -> client.links().create(NewLink.of("a-name-of-17-char", "bridge", -1)));

    assertThat(refused.errno()).isEqualTo(Errno.ERANGE);
    assertThat(refused.ackOffset()).isEqualTo(32);
  }

  @Test
  void makesBridgesAndMacvlansAndPutsPortsIntoABridge() throws Exception {
    wire("c0", "s0");
    Link parent = client.links().find("c0").orElseThrow();
    client.links().create(NewLink.of("br0", "bridge", -1));
    client
        .links()
        .create(
            NewLink.of("m0", "macvlan", server.fd())
                .on(parent.index())
                .with(data -> data.attribute(1, 4)));
    int bridge = client.links().find("br0").orElseThrow().index();

    assertThat(server.links().find("m0").orElseThrow().mode()).isEqualTo(4);
    assertThatThrownBy(() -> client.links().setMaster(parent.index(), bridge))
        .isInstanceOf(NetlinkException.class); // a macvlan's parent cannot be a bridge port
    client.links().delete(bridge);
    assertThat(client.links().find("br0")).isEmpty();
  }

  private void wire(String here, String there) {
    client
        .links()
        .create(
            NewLink.veth(
                NewLink.of(here, "veth", client.fd()).sized(9000, 0),
                NewLink.of(there, "veth", server.fd()).sized(9000, 0)));
  }

  private int up(String device, String address) {
    int index = client.links().find(device).orElseThrow().index();
    client.addresses().add(index, Cidr.parse(address));
    client.links().setUp(index, true);
    server.links().setUp(server.links().find("s0").orElseThrow().index(), true);
    return index;
  }

  private static JsonNode ip(NetnsHandle netns, String... arguments) throws Exception {
    var argv = new java.util.ArrayList<>(java.util.List.of("ip", "-json"));
    argv.addAll(java.util.List.of(arguments));
    Command.Output output = Command.of(argv).in(netns).run(Duration.ofSeconds(10));
    assertThat(output.err()).isEmpty();
    return new ObjectMapper().readTree(output.out());
  }
}
