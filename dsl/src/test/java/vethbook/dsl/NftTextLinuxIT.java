package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.lab.HostJournal;
import vethbook.linux.ExperimentException;

/** Rulesets in nft's own language. */
class NftTextLinuxIT {
  private static final String LOAD =
      """
      mine = box.nft '''
      table inet mine {
        set blocked { type ipv4_addr; elements = { 10.0.0.1, 10.0.0.2 }; }
        chain input {
          type filter hook input priority 0; policy accept;
          ip saddr @blocked counter drop comment "it's mine"
          tcp dport %d counter
        }
      }
      '''
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aTextIsLoadedOnceReplacedWhenChangedAndTakenBack() {
    cells.run("box = netns 'box'");
    String cell = LOAD.formatted(80);
    cells.run(cell);
    String loaded = ruleset();
    cells.run(cell);
    assertThat(ruleset()).isEqualTo(loaded).contains("tcp dport 80", "it's mine");

    cells.run("first = mine\n" + LOAD.formatted(81));
    assertThat(ruleset()).isEqualTo(loaded.replace("dport 80", "dport 81"));
    cells.run("first.delete()");
    assertThat(ruleset()).contains("dport 81");
    assertThat(byCommands()).isEqualTo(ruleset());

    cells.run("mine.delete(); mine.delete()");
    assertThat(ruleset()).isEmpty();
    assertThat(byCommands()).isEmpty();
  }

  @Test
  void commandsOfNftAreLoadedOnceAndTakenBack() {
    cells.run("box = netns 'box'; box.nft 'table ip t { chain c { }; }'");
    String before = ruleset();
    String cell = "more = box.nft 'add rule ip t c tcp dport 80 counter'";
    cells.run(cell);
    cells.run(cell);
    assertThat(ruleset().split("dport 80", -1)).hasSize(2);

    cells.run("more.delete()");
    assertThat(ruleset()).isEqualTo(before);
    assertThat(byCommands()).isEqualTo(before);
  }

  @Test
  void anErrorIsNftsOwnWithTheLineOfTheText() {
    cells.run("box = netns 'box'");
    cells.run(LOAD.formatted(80));
    String before = ruleset();

    assertThatThrownBy(() -> cells.run(LOAD.formatted(80).replace("tcp dport", "tcp dprt")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot load nft rules in netns box.")
        .hasMessageContaining(":7:9-12: Error: syntax error")
        .hasMessageContaining("tcp dprt 80 counter");
    assertThat(ruleset()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          box.nft ''                                        | Cannot load an empty text
          box.nft 'flush ruleset'                           | it may have rules of others
          box.nft 'add chain inet vethbook mine'            | table inet vethbook is the lab's own
          box.nft 'add rule nat POSTROUTING drop'           | table ip nat belongs to iptables
          box.nft 'delete table ip nat'                     | table ip nat belongs to iptables
          box.nft 'add rule inet nowhere c drop'            | No such file or directory
          box.nft 'include "/no/such/file"'                 | File not found: /no/such/file
          """)
  void whatIsNotTheTextsOwnStaysUntouched(String cell, String expected) {
    cells.run("box = netns 'box'; box.drop port: 80, chain: 'input'");
    cells.run("run box, 'iptables-nft', '-t', 'nat', '-A', 'POSTROUTING', '-j', 'MASQUERADE'");
    String before = ruleset();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(ruleset()).isEqualTo(before);
  }

  @Test
  void anAttachedNamespaceIsAsItWasAfterwards() {
    try (ForeignNetns foreign = new ForeignNetns()) {
      foreign.inside("nft", "table ip theirs { chain c { tcp dport 1 counter; }; }");
      String before = foreign.state();
      cells.run("box = netns 'box', pid: " + foreign.pid());
      cells.run(LOAD.formatted(80));
      cells.run("box.nft 'add rule ip theirs c drop'");
      cells.run("box.drop port: 80, chain: 'input'; box.forwardPolicy 'drop'");
      cells.run("box.publish 8080, to: '172.30.0.9'");
      assertThat(foreign.state()).contains("table inet mine", "table inet vethbook", "drop");

      cells.close();
      assertThat(foreign.state()).isEqualTo(before);
      assertThat(foreign.inside("sysctl", "net.ipv4.conf.own0.route_localnet")).endsWith("= 0\n");
      assertThat(HostJournal.cleanUp()).isEmpty();
    }
  }

  private String byCommands() {
    return PacketLab.rulesetByCommands(cells.session().lab().commands(), "box").stripTrailing();
  }

  private String ruleset() {
    return String.valueOf(cells.run("run box, 'nft', 'list', 'ruleset'"));
  }
}
