package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.lab.Plan;
import vethbook.linux.process.Command;

/** {@code lab.plan { ... }}: the changes and the commands, and nothing is done. */
class PlanLinuxIT {
  private static final String DOCKER =
      """
      client = netns 'client'
      box = netns 'box'
      vethPair client.veth1, box.eth0
      bridge client.br0, ports: [client.veth1], address: '172.17.0.1/24'
      box.eth0.address '172.17.0.2/24'
      box.eth0.mtu 1400.bytes
      box.route 'default', via: client.br0
      box.eth0.rename 'wan'
      client.forwarding true
      client.br0.offload tso: false
      tbf box.wan, rate: 10.mbit
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aPlanSaysTheSameCommandsAsTheWordsAndDoesNothing() {
    Plan plan = (Plan) cells.run("lab.plan {\n" + DOCKER + "}");
    assertThat(cells.session().lab().namespaces()).isEmpty();
    assertThat(cells.session().lab().commands()).isEmpty();

    cells.run(DOCKER);
    assertThat(plan.commands()).isEqualTo(cells.session().lab().commands());
    assertThat(plan.steps())
        .contains("make netns box", "make veth pair client.veth1 and box.eth0")
        .contains("add route default via 172.17.0.1 in netns box");
  }

  @Test
  void wordsOfAPlanSeeTheLabAsItWouldBe() {
    cells.run(DOCKER);
    List<String> before = cells.session().lab().commands();

    Plan nothing = (Plan) cells.run("lab.plan {\n" + DOCKER + "}");
    Plan more =
        (Plan)
            cells.run(
                """
                lab.plan {
                  macvlan box.m0, on: box.wan, address: '10.5.0.1/24'
                  macvlan box.m0, on: box.wan, address: '10.5.0.1/24'
                  box.route '10.6.0.0/16', via: '10.5.0.2'
                }
                """);

    assertThat(nothing.toString()).isEqualTo("Nothing would change.");
    assertThat(more.commands())
        .containsExactly(
            "ip -n box link add link wan name m0 type macvlan mode bridge",
            "ip -n box address add 10.5.0.1/24 dev m0",
            "ip -n box link set dev m0 up",
            "ip -n box route replace 10.6.0.0/16 via 10.5.0.2");
    assertThat(cells.session().lab().commands()).isEqualTo(before);
    assertThat(cells.run("box.m0.link().isEmpty()")).isEqualTo(true);
    cells.run("macvlan box.m0, on: box.wan, address: '10.5.0.1/24'");
  }

  @Test
  void packetRulesArePlannedToo() {
    String rules =
        """
        node.publish 8080, to: box.eth0, port: 80
        node.publish 8080, to: box.eth0, port: 80
        node.drop from: client, port: 81
        node.drop from: client, port: 82
        node.forwardPolicy 'drop'
        box.drop(port: 83, chain: 'input').delete()
        box.nft 'table inet mine { chain c { }; }'
        """;
    Plan plan = (Plan) cells.run("lab.plan {\n" + PacketLab.CELL + rules + "}");
    assertThat(cells.session().lab().namespaces()).isEmpty();

    cells.run(PacketLab.CELL);
    Plan onlyRules = (Plan) cells.run("lab.plan {\n" + rules + "}");
    cells.run(rules);
    List<String> lines = cells.session().lab().commands().stream().flatMap(String::lines).toList();
    assertThat(plan.commands()).isEqualTo(lines);
    assertThat(lines).endsWith(onlyRules.commands().toArray(String[]::new));
    assertThat(cells.run("lab.plan {\n" + rules.replaceAll("(?m)^box.drop.*$", "") + "}"))
        .hasToString("Nothing would change.");
  }

  @Test
  void whatWouldActAtOnceIsRefusedAndTheLabStaysUsable() {
    cells.run("client = netns 'client'");
    assertThatThrownBy(() -> cells.run("lab.plan { run client, 'true' }"))
        .hasMessageContaining("Cannot run a program within lab.plan");
    assertThatThrownBy(() -> cells.run("lab.plan { vethPair client.a, client.a }"))
        .hasMessageContaining("a pair has two ends");
    assertThatThrownBy(() -> cells.run("lab.plan { x = netns 'x' }; x.handle()"))
        .hasMessageContaining("outside of lab.plan say netns 'x'");

    cells.run("box = netns 'box'; vethPair client.eth0, box.eth0, subnet: '10.0.0.0/24'");
    assertThat(cells.run("run client, 'ping', '-c', 1, '-W', 5, '10.0.0.2'"))
        .asString()
        .contains("1 received");
  }

  /** A main that plans; run by the next test without any capability. */
  public static final class Unprivileged {
    private Unprivileged() {}

    public static void main(String[] arguments) {
      try (Cells cells = new Cells()) {
        System.out.println(cells.run("lab.plan {\n" + DOCKER + "}"));
      }
    }
  }

  @Test
  void aPlanTakesNoPrivileges() {
    Command.Output output =
        Command.of(
                "setpriv",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs",
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Unprivileged.class.getName())
            .run(Duration.ofSeconds(60));

    assertThat(output.out())
        .as(output.err())
        .contains("make netns client")
        .contains(
            "ip -n client link add name veth1 numrxqueues 1 numtxqueues 1 type veth peer name eth0 netns box numrxqueues 1 numtxqueues 1");
  }
}
