package vethbook.linux.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.nft.Ruleset.Chain;
import vethbook.linux.nft.Ruleset.Rule;
import vethbook.linux.process.Command;

class RulesetLinuxIT {
  private final NetnsHandle netns = NetnsHandle.create("rules");

  @AfterEach
  void close() {
    netns.close();
  }

  @Test
  void readsChainsInTheOrderThatAPacketPassesThem() {
    Nft.load(
        netns,
        """
        table inet late { chain f { type filter hook forward priority 10; policy drop; }; }
        table ip early { chain f { type filter hook forward priority -5; }; }
        table ip6 six { chain f { type filter hook forward priority 0; }; }
        table ip early { chain unhooked { }; }
        """,
        "load");

    Ruleset ruleset = Ruleset.read(netns);

    assertThat(ruleset.at("forward", false))
        .extracting(Chain::table)
        .containsExactly("early", "late");
    assertThat(ruleset.at("forward", true)).extracting(Chain::table).containsExactly("six", "late");
    assertThat(ruleset.at("forward", true).get(1).policy()).isEqualTo("drop");
    assertThat(ruleset.chain("ip", "early", "unhooked").orElseThrow().isBase()).isFalse();
    assertThat(ruleset.table("ip", "early")).hasSize(2);
  }

  @Test
  void readsWordsCountersAndVerdicts() {
    Nft.load(
        netns,
        """
        table ip t {
          chain other { comment "jumped to"
            return
          }
          chain in { type filter hook input priority 0;
            ip saddr 127.0.0.1 counter comment "counted # handle 9"
            ip saddr { 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6, 10.0.0.7, 10.0.0.8 } drop
            tcp dport 81 reject with tcp reset
            tcp dport 82 jump other
            tcp dport vmap { 83 : drop, 84 : accept }
          }
        }
        """,
        "load");
    Command.of("ping", "-c", "1", "127.0.0.1").in(netns).run(Duration.ofSeconds(10));

    List<Rule> rules = Ruleset.read(netns).chain("ip", "t", "in").orElseThrow().rules();

    assertThat(rules)
        .extracting(Rule::verdict)
        .containsExactly("", "drop", "reject", "jump", "vmap");
    assertThat(rules).extracting(Rule::target).containsExactly("", "", "", "other", "");
    assertThat(rules.get(0).words()).isEqualTo("ip saddr 127.0.0.1");
    assertThat(rules.get(0).comment()).isEqualTo("counted # handle 9");
    assertThat(rules.get(0).packets()).isEqualTo(2);
    assertThat(rules.get(0).bytes()).isEqualTo(168);
    assertThat(rules.get(1).words())
        .startsWith("ip saddr { 10.0.0.1, ")
        .endsWith("10.0.0.8 } drop");
    assertThat(rules.get(1).counter()).isNull();
    assertThat(rules).extracting(Rule::drops).containsExactly(false, true, true, false, false);
    assertThat(rules.get(2).words()).contains("reject with tcp reset");
  }

  @Test
  void readsTheRulesOfIptablesInWords() {
    for (String rule :
        List.of(
            "-t nat -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE",
            "-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DNAT --to-destination 1.2.3.4",
            "-t filter -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT")) {
      iptables(rule);
    }

    Ruleset ruleset = Ruleset.read(netns);

    assertThat(ruleset.at("postrouting", false).get(0).rules().get(0))
        .extracting(Rule::words, Rule::verdict)
        .containsExactly("ip saddr 10.0.0.0/8 masquerade", "masquerade");
    assertThat(ruleset.at("prerouting", false).get(0).rules().get(0).verdict()).isEqualTo("dnat");
    assertThat(ruleset.at("forward", false).get(0).rules().get(0))
        .extracting(Rule::words, Rule::verdict)
        .containsExactly("ct state established accept", "accept");
  }

  @Test
  void whatNftRefusesIsSaidInItsOwnWords() {
    String script = "table ip t {\n  chain c { tcp dprt 80 drop; }\n}\n";

    assertThatThrownBy(() -> Nft.load(netns, script, "load it"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot load it.")
        .hasMessageContaining("nft:")
        .hasMessageContaining(":2:17-20: Error: syntax error, unexpected string")
        .hasMessageContaining("^^^^");
    assertThat(Ruleset.read(netns).chains()).isEmpty();
  }

  private void iptables(String arguments) {
    List<String> argv = new java.util.ArrayList<>(List.of("iptables-nft"));
    argv.addAll(List.of(arguments.split(" ")));
    assertThat(Command.of(argv).in(netns).run(Duration.ofSeconds(10)).err()).isEmpty();
  }
}
