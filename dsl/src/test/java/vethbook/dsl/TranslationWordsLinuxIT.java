package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;

/** Each word that changes addresses: what clients see, and that its commands do the same. */
class TranslationWordsLinuxIT {
  private static final String PUBLISH = "node.publish 8080, to: box.eth0, port: 80";

  private final PacketLab lab = new PacketLab();

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void aPublishedPortIsOpenFromEverywhere() {
    lab.serve("box", 80);
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("refused");

    lab.run(PUBLISH);
    lab.run(PUBLISH);

    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("box sees 192.0.2.1");
    assertThat(lab.ask("client", "fd02::2", 8080)).isEqualTo("box sees fd02::1");
    assertThat(lab.ask("node", "127.0.0.1", 8080)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.ask("node", "192.0.2.2", 8080)).isEqualTo("box sees 192.0.2.2");
    assertThat(lab.ask("node", "fd02::2", 8080)).startsWith("box sees fd");
    assertThat(lab.ask("node", "::1", 8080)).isEqualTo("refused");
    assertThat(lab.ask("box2", "192.0.2.2", 8080)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.shown()).isEmpty();
    assertThat(lab.ruleset("node").split("dnat ip to", -1)).hasSize(3);
    assertThat(lab.run("(%s).packets".formatted(PUBLISH))).isEqualTo(6L);
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
    assertThat(lab.commands())
        .contains("ip netns exec node sysctl -w net/ipv4/conf/br0/route_localnet=1");
  }

  @Test
  void aPublishedPortThatIsSaidAgainLeadsElsewhereAndIsClosedByDelete() {
    lab.serve("box2", 81);
    lab.run(PUBLISH);
    lab.run("port = node.publish 8080, to: box2.eth0, port: 81");

    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("box2 sees 192.0.2.1");
    assertThat(lab.ask("client", "fd02::2", 8080)).isEqualTo("refused");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
    assertThat(lab.run("node.sysctl 'net.ipv4.conf.br0.route_localnet'")).isEqualTo("1");

    lab.run("port.delete(); port.delete()");
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("refused");
    assertThat(lab.ruleset("node")).isEmpty();
    assertThat(lab.rulesetByCommands("node")).isEmpty();
    assertThat(lab.run("node.sysctl 'net.ipv4.conf.br0.route_localnet'")).isEqualTo("0");
    assertThatThrownBy(() -> lab.run("port.packets")).hasMessageContaining("it was deleted");
  }

  @Test
  void aPortIsPublishedOnOneAddressOnly() {
    lab.serve("box", 80);
    lab.run("node.publish 8080, to: box.eth0, port: 80, address: '127.0.0.1'");

    assertThat(lab.ask("node", "127.0.0.1", 8080)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("refused");
    assertThat(lab.ruleset("node")).doesNotContain("ip6");
  }

  @Test
  void aPublishedPortOfAHostThatDoesNotForwardIsExplained() {
    lab.serve("box", 80);
    lab.run("node.forwarding false");
    lab.run(PUBLISH);

    assertThat(lab.shown())
        .contains("note: netns node does not forward (net.ipv4.ip_forward is 0)")
        .contains("only its own programs reach them by port 8080")
        .contains("say forwarding true");
    assertThat(lab.ask("node", "127.0.0.1", 8080)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isNotEqualTo("box sees 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({"random, 12", "round_robin, 4", "source, 4"})
  void aServiceLeadsToItsTargets(String by, int times) {
    lab.serve("box", 8080);
    lab.serve("box2", 8080);
    String service =
        "node.service '10.96.0.10:80', to: [box, box2], port: 8080, by: '%s'".formatted(by);
    lab.run(service);
    lab.run(service);

    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < times; i++) {
      answers.add(lab.ask("client", "10.96.0.10", 80));
    }

    assertThat(answers).isSubsetOf("box sees 192.0.2.1", "box2 sees 192.0.2.1");
    assertThat(answers).hasSize(by.equals("source") ? 1 : 2);
    assertThat(lab.run("(%s).packets".formatted(service))).isEqualTo((long) times);
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void aServiceOfIpv6LeadsToItsTargets() {
    lab.serve("box", 80);
    lab.run("client.route 'fd96::/64', via: 'fd02::2'");
    lab.run("node.service '[fd96::10]:80', to: ['fd17::2', 'fd17::2'], by: 'round_robin'");

    assertThat(lab.ask("client", "fd96::10", 80)).isEqualTo("box sees fd02::1");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void anAddressIsTranslatedWholly() {
    lab.serve("box", 80);
    lab.serve("box", 81);
    lab.run("node.dnat '10.96.0.5', to: box.eth0");
    lab.run("node.service '10.96.0.6:8081', to: box.eth0, port: 81");

    assertThat(lab.ask("client", "10.96.0.5", 80)).isEqualTo("box sees 192.0.2.1");
    assertThat(lab.ask("client", "10.96.0.5", 81)).isEqualTo("box sees 192.0.2.1");
    assertThat(lab.ask("box2", "10.96.0.5", 81)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.ask("box2", "10.96.0.6", 8081)).isEqualTo("box sees 172.17.0.1");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void sourcesAreTranslated() {
    lab.serve("client", 80);
    assertThat(lab.ask("box", "192.0.2.1", 80)).isEqualTo("no answer");

    lab.run("node.masquerade '172.17.0.2/32', out: node.eth0");
    assertThat(lab.ask("box", "192.0.2.1", 80)).isEqualTo("client sees 192.0.2.2");

    lab.run("address node.eth0, '192.0.2.77/24'");
    lab.run("node.snat '172.17.0.3/32', to: '192.0.2.77', out: node.eth0");
    assertThat(lab.ask("box2", "192.0.2.1", 80)).isEqualTo("client sees 192.0.2.77");

    lab.run("node.masquerade 'fd17::/64', out: node.eth0");
    assertThat(lab.ask("box", "fd02::1", 80)).isEqualTo("client sees fd02::2");
    assertThat(lab.shown()).isEmpty();
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void aSourceThatNobodyHasIsExplained() {
    lab.run("node.snat '172.17.0.0/16', to: '192.0.2.99', out: node.eth0");

    assertThat(lab.shown()).contains("note: no device of netns node has the address 192.0.2.99");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          node.publish 8080                                    | Cannot do publish without to:
          node.publish 0, to: box.eth0                         | a port is a number from 1 to 65535
          node.publish 8080, to: box.eth0, port: 65536         | Cannot take port 65536 in publish
          node.publish 8080, to: box.eth0, port: '80'          | a port is a number from 1 to 65535
          node.publish 8080, to: box.eth9                      | did you mean eth0?
          node.publish 8080, to: '172.17.0.300'                | Cannot read '172.17.0.300' as an IP address
          node.publish 8080, to: '203.0.113.1'                 | Cannot find a way to 203.0.113.1 in netns node
          node.publish 8080, to: node.veth1                    | it has no address
          node.publish 8080, to: box.eth0, protocol: 'icmp'    | it has no ports
          node.publish 8080, to: box.eth0, potr: 80            | did you mean port:?
          node.publish 8080, to: [box.eth0, box2.eth0]         | service '10.96.0.10:80', to: [...] chooses
          node.publish 8080, to: '172.17.0.2', address: 'fd02::2' | both are IPv4 or both IPv6
          node.service '10.96.0.10', to: box.eth0              | write '10.96.0.10:80' or '[fd00::10]:80'
          node.service '10.96.0.10:80', to: []                 | Cannot take an empty list as to: in service
          node.service '10.96.0.10:80', to: box, by: 'turns'   | it is one of random, round_robin, source
          node.service '10.96.0.10:80', to: 'fd17::2'          | both are IPv4 or both IPv6
          node.dnat '10.96.0.5', to: 'fd17::2'                 | both are IPv4 or both IPv6
          node.snat '172.17.0.0/16', to: 'fd02::2', out: node.eth0 | both are IPv4 or both IPv6
          node.snat '172.17.0.0/16', to: '192.0.2.2'           | Cannot do snat without out:
          node.masquerade '172.17.0.0/16', out: client.eth0    | name a device of netns node
          node.masquerade '172.17.0.0/16', out: 'eth0'         | out: takes a device
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    lab.run(PUBLISH);
    var before = lab.commands();

    assertThatThrownBy(() -> lab.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(lab.commands()).isEqualTo(before);
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }
}
