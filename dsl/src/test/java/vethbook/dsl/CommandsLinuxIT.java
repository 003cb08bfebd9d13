package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.lab.Netns;
import vethbook.linux.process.Command;
import vethbook.vm.NeedsLinux;

/**
 * The commands that a lab says it equals, run in a world without namespaces, build the same lab.
 */
class CommandsLinuxIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Numbers that differ from world to world: indexes, chosen addresses, times, counts. */
  private static final Set<String> OWN =
      Set.of(
          "ifindex",
          "link_index",
          "address",
          "broadcast",
          "link_netnsid",
          "permaddr",
          "handle",
          "packets",
          "bytes",
          "used",
          "cache",
          "flags",
          "metainfo",
          "bridge_id",
          "root_id",
          "designated_bridge",
          "designated_root",
          "id",
          "no",
          "gc_timer",
          "hello_timer",
          "parentdev",
          "stp_state_name",
          "operstate",
          "confirmed",
          "probes",
          "updated",
          "altnames");

  private static final List<String> SHOWN =
      List.of(
          "ip -j -d link show",
          "ip -j -4 address show",
          "ip -j -6 address show scope global",
          "ip -j route show table all type unicast",
          "ip -j -6 route show table all proto boot",
          "ip -j rule show",
          "ip -j neighbour show nud permanent",
          "ip -j neighbour show proxy",
          "tc -j qdisc show",
          "nft -j list ruleset");

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aRoutedBridgedAndTranslatedLab() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        box = netns 'box'
        calico = netns 'calico'
        vethPair client.eth0, server.eth0, subnet: '192.168.0.0/24', mtu: 9000.bytes,
            mac: ['02:00:00:00:00:01', '02:00:00:00:00:02']
        vethPair client.veth1, box.eth0, queues: 2
        bridge client.br0, ports: [client.veth1], address: ['172.17.0.1/24', 'fd00::1/64'], stp: true
        box.eth0.address '172.17.0.2/24'
        box.eth0.address 'fd00::2/64'
        box.route 'default', via: client.br0
        box.route '::/0', via: 'fd00::1'
        client.forwarding true
        client.masquerade '172.17.0.0/24', out: client.eth0
        client.sysctl 'net.ipv4.tcp_rmem', '4096 65536 1048576'
        vethPair client.cali1, calico.eth0
        calico.eth0.address '10.3.0.7/32'
        client.cali1.proxyArp true
        client.route '10.3.0.7/32', dev: client.cali1
        calico.route '169.254.1.1/32', dev: calico.eth0
        calico.route 'default', via: '169.254.1.1', dev: calico.eth0
        server.rule from: '10.0.0.0/8', mark: 7, table: 100
        server.route '10.9.0.0/16', via: client.eth0, table: 100, metric: 5
        server.route '10.66.0.0/16', type: 'blackhole'
        server.eth0.neighbour '192.168.0.77', mac: '02:00:00:00:00:77'
        server.eth0.proxy '192.168.0.78'
        vxlan server.vx0, id: 42, local: '192.168.0.2', remote: '192.168.0.1', on: server.eth0,
            address: '10.42.0.2/24', mtu: 1400.bytes
        server.vx0.fdb '02:00:00:00:00:99', to: '192.168.0.9'
        macvlan server.m0, on: server.eth0, mode: 'private', address: '192.168.0.50/24'
        macvlan box.eth1, on: client.eth0, address: '192.168.0.51/24'
        box.eth1.rename 'wan'
        rps server.eth0, cpus: 0
        """);

    assertTheScriptBuildsTheSame();
  }

  @Test
  void aLabOfFiltersAndTranslations() {
    cells.run(
        PacketLab.CELL
            + """
            node.publish 8080, to: box.eth0, port: 80
            node.publish 53, to: '172.17.0.3', protocol: 'udp', address: '192.0.2.2'
            node.service '10.96.0.10:80', to: [box, box2], port: 8080, by: 'source'
            node.snat '172.17.0.3/32', to: node.eth0, out: node.eth0
            node.forwardPolicy 'drop', published: true
            node.allow from: [box, '10.0.0.0/8'], protocol: ['tcp', 'udp'], port: [53, 8000..8010]
            gone = node.drop in: node.eth0, protocol: 'icmp', name: 'no ping'
            node.reject to: box.eth0, with: 'admin_prohibited', probability: 0.5.percent
            gone.delete()
            box.nft 'table ip mine { chain c { type filter hook input priority 5; counter; }; }'
            """);

    assertTheScriptBuildsTheSame();
  }

  @Test
  void aLabWithShapedDevices() {
    cells.run(
        """
        a = netns 'a'
        b = netns 'b'
        a.sysctl 'net.ipv6.conf.default.disable_ipv6', 1
        b.sysctl 'net.ipv6.conf.default.disable_ipv6', 1
        vethPair a.eth0, b.eth0, subnet: '192.168.0.0/24'
        vethPair a.eth1, b.eth1
        tbf a.eth0, rate: 10.mbit, burst: 10.kib
        tbf a.eth0, rate: 20.mbit, latency: 10.milliseconds
        pfifo a.eth1, limit: 9
        a.eth1.qdisc none
        htb b.eth0, rate: 1.mbit
        htb b.eth0, rate: 1.mbit, ceil: 2.mbit
        pfifo b.eth1, limit: 9
        pfifo b.eth1, limit: 8
        """);

    assertTheScriptBuildsTheSame();
  }

  @Test
  @NeedsLinux({"ipvlan", "vlan", "ipip", "gre", "dummy"})
  void aLabOfEveryKindOfDevice() {
    cells.run(
        """
        a = netns 'a'
        b = netns 'b'
        vethPair a.eth0, b.eth0, subnet: '192.168.0.0/24'
        ipvlan b.ip0, on: a.eth0, mode: L3, between: 'private', address: '192.168.1.5/24'
        vlan b.v10, on: b.eth0, id: 10, address: '10.10.0.2/24'
        ipip b.t0, local: '192.168.0.2', remote: '192.168.0.1', address: '10.1.0.2/24'
        gre b.g0, local: '192.168.0.2', remote: '192.168.0.1', key: 7, address: '10.2.0.2/24'
        dummy a.d0, address: '10.3.0.1/32'
        ifb a.ifb0
        """);

    assertTheScriptBuildsTheSame();
  }

  private void assertTheScriptBuildsTheSame() {
    var lab = cells.session().lab();
    Map<String, List<JsonNode>> made = new LinkedHashMap<>();
    List<String> names = lab.namespaces().stream().map(Netns::name).toList();
    for (Netns netns : lab.namespaces()) {
      List<JsonNode> shown = new ArrayList<>();
      for (String command : SHOWN) {
        Command.Output output = Command.of("sh", "-c", command).in(netns.handle()).run(LIMIT);
        shown.add(normal(output.out()));
      }
      made.put(netns.name(), shown);
    }

    Map<String, List<JsonNode>> built = inAnEmptyWorld(lab.script(), names);

    for (String name : names) {
      for (int i = 0; i < SHOWN.size(); i++) {
        assertThat(built.get(name).get(i).toPrettyString())
            .as(SHOWN.get(i) + " in " + name + "\n" + lab.script())
            .isEqualTo(made.get(name).get(i).toPrettyString());
      }
    }
  }

  private static Map<String, List<JsonNode>> inAnEmptyWorld(String script, List<String> names) {
    StringBuilder world =
        new StringBuilder("mkdir -p /run/netns; mount -t tmpfs none /run/netns\n");
    world.append("cat > /run/netns/.script\nsh /run/netns/.script || exit 1\n");
    for (String name : names) {
      for (String command : SHOWN) {
        world.append("echo '=== '; ip netns exec %s %s\n".formatted(name, command));
      }
    }
    Command.Output output =
        Command.of("unshare", "-m", "--", "sh", "-c", world.toString()).input(script).run(LIMIT);
    assertThat(output.exit()).as(output.err() + output.out() + script).isZero();
    String[] parts = output.out().split("=== \n", -1);
    Map<String, List<JsonNode>> built = new LinkedHashMap<>();
    int part = 1;
    for (String name : names) {
      List<JsonNode> shown = new ArrayList<>();
      for (int i = 0; i < SHOWN.size(); i++) {
        shown.add(normal(parts[part++]));
      }
      built.put(name, shown);
    }
    return built;
  }

  /** Without what differs by itself, lists in an order of their own. */
  private static JsonNode normal(String json) {
    try {
      return normal(JSON.readTree(json.isBlank() ? "[]" : json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static JsonNode normal(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object
          .properties()
          .forEach(
              entry -> {
                if (!OWN.contains(entry.getKey()) && !entry.getKey().endsWith("_timer")) {
                  copy.set(entry.getKey(), normal(entry.getValue()));
                }
              });
      return copy;
    }
    if (node instanceof ArrayNode array) {
      TreeSet<String> sorted = new TreeSet<>();
      array.forEach(element -> sorted.add(normal(element).toString()));
      ArrayNode copy = JSON.createArrayNode();
      sorted.forEach(copy::add);
      return copy;
    }
    return node;
  }
}
