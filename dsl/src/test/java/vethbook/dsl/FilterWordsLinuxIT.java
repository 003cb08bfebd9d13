package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;
import vethbook.linux.ExperimentException;

/** Each word that lets packets pass or not: what clients see, and that its commands do the same. */
class FilterWordsLinuxIT {
  private static final String SERVED = "box sees 192.0.2.1";

  private final PacketLab lab = new PacketLab();

  FilterWordsLinuxIT() {
    lab.run("client.route '172.17.0.0/16', via: '192.0.2.2'");
    lab.serve("box", 80);
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void whatIsDroppedIsCountedAndPassesAgainWhenTheRuleIsDeleted() {
    String cell = "http = node.drop from: client, to: box, port: 80";
    lab.run(cell);
    lab.run(cell);

    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo("no answer");
    assertThat((long) lab.run("http.packets")).isPositive();
    assertThat((long) lab.run("http.bytes")).isGreaterThanOrEqualTo(60);
    assertThat(lab.run("http.name")).isEqualTo("drop 1");
    assertThat(lab.ruleset("node"))
        .contains("ip saddr 192.0.2.1 ip daddr 172.17.0.2 tcp dport 80 counter")
        .contains("ip6 saddr fd02::1 ip6 daddr fd17::2 tcp dport 80 counter")
        .contains("comment \"drop 1 IPv6\"");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));

    lab.run("http.delete()");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);
    assertThat(lab.ruleset("node")).isEmpty();
  }

  @Test
  void whatIsRefusedIsToldToItsSender() {
    lab.run("node.reject to: '172.17.0.0/16', port: [80, 443, 8000..8010], with: 'tcp_reset'");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo("refused");

    lab.run("box.reject protocol: ['tcp', 'udp'], port: 81, chain: 'input', name: 'no 81'");
    lab.serve("box", 81);
    assertThat(lab.ask("node", "172.17.0.2", 81)).isEqualTo("refused");
    assertThat(lab.rulesetByCommands("box")).isEqualTo(lab.ruleset("box"));
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void aRuleOfANameIsReplacedInItsPlaceAndTheOthersKeepTheirCounts() {
    lab.run("first = node.drop to: box, port: 80, name: 'web'");
    lab.run("second = node.drop to: box, port: 80, protocol: 'udp'");
    lab.run("third = node.allow from: client");
    lab.run("first = node.drop to: box, port: 81, name: 'web'");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);
    Object passed = lab.run("third.packets");
    assertThat((long) passed).isPositive();

    lab.run("first = node.reject to: box2, port: 82, name: 'web'");
    lab.run("second.delete()");

    assertThat(lab.run("third.packets")).isEqualTo(passed);
    assertThat(lab.ruleset("node").indexOf("\"web\""))
        .isPositive()
        .isLessThan(lab.ruleset("node").indexOf("\"allow 2\""));
    assertThat(lab.ruleset("node")).doesNotContain("drop");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void aPolicyOfDropForwardsOnlyWhatIsAllowed() {
    lab.run("node.forwardPolicy 'drop'");
    lab.run("node.forwardPolicy 'drop'");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo("no answer");

    lab.run("node.allow from: client, to: box, port: 80");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));

    lab.run("node.forwardPolicy 'drop', established: false");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo("no answer");
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));

    lab.run("node.forwardPolicy 'accept'");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);
    assertThat(lab.rulesetByCommands("node")).isEqualTo(lab.ruleset("node"));
  }

  @Test
  void aPublishedPortBehindAPolicyOfDropIsExplained() {
    lab.run("node.forwardPolicy 'drop'");
    lab.run("node.publish 8080, to: box.eth0, port: 80");
    assertThat(lab.shown()).contains("netns node forwards nothing but what is allowed");
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo("no answer");

    lab.run("node.forwardPolicy 'drop', published: true");
    assertThat(lab.ask("client", "192.0.2.2", 8080)).isEqualTo(SERVED);
  }

  @Test
  void aShareOfThePacketsIsDroppedAtRandom() {
    lab.run("some = box.drop protocol: 'icmp', chain: 'input', probability: 50.percent");
    lab.in("client", "sh", "-c", "ping -q -i 0.005 -W 1 -c 200 172.17.0.2 || true");

    assertThat((long) lab.run("some.packets")).isBetween(50L, 150L);
    assertThat(String.valueOf(lab.run("some")))
        .isEqualTo("drop 1 in netns box: drop icmp, 50 % of them in chain input");
    assertThat(lab.ruleset("box")).contains("numgen random mod 1000000 < 500000");
    assertThat(lab.rulesetByCommands("box")).isEqualTo(lab.ruleset("box"));
  }

  @Test
  void rulesWhereNothingIsForwardedAreExplained() {
    lab.run("box2.drop port: 80");
    assertThat(lab.shown())
        .contains("note: netns box2 forwards nothing")
        .contains("chain: 'input'");
  }

  @Test
  void aRuleThatSomebodyElseHasRemovedIsMadeAgain() {
    String cell = "node.drop from: client, port: 80";
    lab.run(cell);
    String before = lab.ruleset("node");
    lab.in("node", "nft", "flush", "ruleset");
    lab.run(cell);
    assertThat(lab.ruleset("node")).isEqualTo(before);

    lab.in("node", "nft", "flush", "ruleset");
    lab.run("node.drop from: client, port: 81");
    assertThat(lab.ruleset("node")).contains("tcp dport 80").contains("tcp dport 81");
  }

  @Test
  void everyRuleOfTheNamespaceIsListedWithItsCounts() {
    lab.in(
        "node",
        "iptables-nft",
        "-t",
        "nat",
        "-A",
        "POSTROUTING",
        "-s",
        "10.0.0.0/8",
        "-j",
        "MASQUERADE");
    String ofIptables = lab.in("node", "iptables-nft-save", "-t", "nat");
    lab.run(
        "node.nft 'table ip mine { chain c { type filter hook forward priority 5; counter; }; }'");
    lab.run("node.allow to: box");
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);

    Table rules = (Table) lab.run("node.rules()");

    assertThat(rules.columnNames())
        .containsExactly("table", "chain", "rule", "name", "packets", "bytes");
    assertThat(rules.stringColumn("rule").asList())
        .contains("ip saddr 10.0.0.0/8 masquerade", "ip daddr 172.17.0.2 accept", "policy accept");
    int own = rules.stringColumn("name").asList().indexOf("allow 1");
    assertThat(rules.longColumn("packets").get(own)).isPositive();
    int mine = rules.stringColumn("table").asList().indexOf("ip mine");
    assertThat(rules.longColumn("packets").get(mine)).isPositive();
    assertThat(lab.in("node", "iptables-nft-save", "-t", "nat").replaceAll("#.*", ""))
        .isEqualTo(ofIptables.replaceAll("#.*", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          node.drop from: '10.0.0/24'                    | Cannot read '10.0.0/24' as an IP address
          node.drop form: '10.0.0.0/24'                  | did you mean from:?
          node.drop from: '10.0.0.1', to: 'fd00::1'      | both are IPv4 or both IPv6
          node.drop from: box2.eth9                      | Cannot find device eth9
          node.drop from: node.veth1                     | it has no address
          node.drop from: null                           | Cannot take null as from: in drop
          node.drop from: [], port: 80                   | Cannot take an empty list as from: in drop
          node.drop in: box.eth0                         | name a device of netns node
          node.drop in: node.eth0, chain: 'output'       | its packets come in nowhere
          node.drop out: node.eth0, chain: 'input'       | its packets leave nowhere
          node.drop chain: 'prerouting'                  | it is one of input, forward, output
          node.drop port: 0                              | a port is a number from 1 to 65535
          node.drop port: '80'                           | a port is a number from 1 to 65535
          node.drop protocol: 'http'                     | it is one of tcp, udp, icmp
          node.drop protocol: 'icmp', port: 80           | it has no ports
          node.drop probability: 0.5                     | write probability: 0.5.percent
          node.drop probability: 101.percent             | it is 0.0001.percent to 100.percent
          node.drop name: 'a "b"'                        | a name has 1 to 60 letters
          node.reject protocol: 'udp', with: 'tcp_reset' | say protocol: 'tcp'
          node.reject with: 'a smile'                    | it is one of port_unreachable
          node.forwardPolicy 'reject'                    | it is 'accept' or 'drop'
          node.forwardPolicy 'drop', established: 1      | true or false
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    lab.run("node.drop port: 81");
    var before = lab.commands();

    assertThatThrownBy(() -> lab.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(lab.commands()).isEqualTo(before);
    assertThat(lab.ask("client", "172.17.0.2", 80)).isEqualTo(SERVED);
  }
}
