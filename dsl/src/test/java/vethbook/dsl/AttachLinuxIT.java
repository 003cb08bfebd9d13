package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;
import vethbook.lab.HostJournal;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;

class AttachLinuxIT {
  /** Changes of every kind, to what was there and to what the lab has made. */
  private static final String CHANGES =
      """
      client = netns 'client'
      box = netns 'box', pid: %d
      vethPair client.eth0, box.eth7, subnet: '192.168.7.0/24', mtu: 1400.bytes
      vethPair box.in0, box.in1
      bridge box.br0, ports: [box.in0, box.own1], address: '10.7.0.1/24'
      box.own0.mtu 1300.bytes
      box.own0.address '172.30.0.77/24'
      box.route 'default', via: client.eth0
      box.route '10.98.0.0/16', via: client.eth0
      box.forwarding true
      box.sysctl 'net.ipv4.ip_default_ttl', 33
      box.masquerade '10.7.0.0/24', out: box.eth7
      rps box.own0, cpus: 0
      rps box.eth7, cpus: 0
      """;

  private final Cells cells = new Cells();
  private final ForeignNetns foreign = new ForeignNetns();

  @AfterEach
  void closeLab() {
    cells.close();
    foreign.close();
  }

  @Test
  void aForeignNamespaceIsUsedLikeAnOwnOneAndIsAsItWasAfterwards() {
    String before = foreign.state();
    for (int time = 0; time < 2; time++) {
      cells.run(CHANGES.formatted(foreign.pid()));
    }

    assertThat(cells.run("run client, 'ping', '-c', 1, '-W', 3, '192.168.7.2'"))
        .asString()
        .contains("1 received");
    assertThat(foreign.state()).contains("eth7", "172.30.0.77/24", "br0", "masquerade");
    assertThat(cells.run("lab.commands()")).asString().contains("ip netns attach box");

    cells.close();
    assertThat(foreign.state()).isEqualTo(before);
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  @Test
  void aDeviceThatIsSetDownComesBackWithItsRoutes() {
    String before = foreign.state();
    cells.run("box = netns 'box', pid: %d\nbox.own0.down()".formatted(foreign.pid()));
    assertThat(foreign.ip("route")).isEmpty();

    cells.close();
    assertThat(foreign.state()).isEqualTo(before);
  }

  @Test
  void whatAKilledProcessHasChangedIsUndoneByTheNext() throws Exception {
    String before = foreign.state();
    CellProcess.kill(Map.of(), CHANGES.formatted(foreign.pid()));
    assertThat(foreign.state()).contains("172.30.0.77/24", "br0");

    assertThat(HostJournal.cleanUp()).contains("deleted device br0 in netns box");
    assertThat(foreign.state()).isEqualTo(before);
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  @Test
  void nothingIsUndoneInANamespaceThatIsGone() throws Exception {
    CellProcess.kill(Map.of(), CHANGES.formatted(foreign.pid()));
    foreign.close();

    try (ForeignNetns next = new ForeignNetns()) {
      String before = next.state();
      assertThat(HostJournal.cleanUp()).isEmpty();
      assertThat(next.state()).isEqualTo(before);
    }
  }

  @Test
  void whatTheLabHasMadeAndDeletedIsNotDeletedAgain() {
    cells.run(
        """
        client = netns 'client'
        box = netns 'box', pid: %d
        vethPair client.eth0, box.eth7
        box.eth7.delete()
        """
            .formatted(foreign.pid()));
    foreign.ip("link", "add", "eth7", "type", "veth", "peer", "eth8");

    cells.close();
    assertThat(foreign.ip("link")).contains("eth7@eth8");
  }

  @Test
  void aWordThatFailsLeavesNothingToUndo() {
    cells.run("box = netns 'box', pid: %d\nclient = netns 'client'".formatted(foreign.pid()));
    assertThatThrownBy(
            () -> cells.run("vethPair client.eth0, box.eth7, subnet: '10.0.0.0/24', mtu: 1.bytes"))
        .hasMessageContaining("Cannot make veth pair client.eth0 and box.eth7");
    foreign.ip("link", "add", "eth7", "type", "veth", "peer", "eth8");

    cells.close();
    assertThat(foreign.ip("link")).contains("eth7@eth8");
  }

  @Test
  void attachingTwiceGivesTheSameAndAnotherProcessIsAttachedAnew() {
    Object box = cells.run("box = netns 'box', pid: " + foreign.pid());
    assertThat(cells.run("netns 'box', pid: " + foreign.pid())).isSameAs(box);
    assertThat(cells.run("netns 'box', pid: " + foreign.pid() + "L")).isSameAs(box);
    assertThat(cells.run("netns 'box'")).isSameAs(box);
    String wire = "vethPair netns('client').eth0, box.eth7, subnet: '10.7.0.0/24'";
    cells.run(wire);

    try (ForeignNetns restarted = new ForeignNetns()) {
      assertThat(cells.run("box = netns 'box', pid: " + restarted.pid())).isNotSameAs(box);
      cells.run(wire);
      assertThat(cells.run("run box, 'ping', '-c', 1, '-W', 3, '10.7.0.1'"))
          .asString()
          .contains("1 received");
      assertThat(foreign.ip("link")).doesNotContain("eth7");
    }
  }

  @Test
  void aNamedNamespaceIsAttachedByItsNameOrPath() throws Exception {
    String named = "vb-attach-" + ProcessHandle.current().pid();
    ip("netns", "add", named);
    try {
      Object blue = cells.run("netns 'blue', name: '" + named + "'");
      assertThat(cells.run("netns 'blue', path: '/run/netns/" + named + "'")).isSameAs(blue);
      assertThat(cells.run("lab.commands()")).asString().contains("ln -sf " + named);
      assertThat(((Table) cells.run("namespaces()")).print())
          .contains("/run/netns/" + named + ", lab test: blue");
      cells.session().lab().reset();
      assertThat(cells.run("netns(name: '" + named + "').name")).isEqualTo(named);
      assertThat(cells.run("lab.commands()")).asString().isEqualTo("[]");
      assertThat(cells.run("lab.publish()")).asString().isEqualTo("[" + named + "]");
    } finally {
      cells.close();
      ip("netns", "delete", named);
    }
  }

  private static void ip(String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("ip"));
    argv.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void namespacesListsThoseOfTheMachine() {
    cells.run("netns 'client'");
    String table = ((Table) cells.run("namespaces()")).printAll();

    assertThat(table)
        .contains("host")
        .contains("lab test: client")
        .contains("sleep (" + foreign.pid());
    assertThat(table).contains("own0 172.30.0.2/24 fd30::2/64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          netns 'box', pid: 4194304            | Cannot attach process 4194304: there is no such process
          netns 'box', pid: 'web'              | pid: takes a whole number
          netns 'box', pid: 0                  | it is 1 or more
          netns 'box', pid: SELF               | it is in the host's network namespace
          netns 'box', pid: SELF               | say host
          netns 'other', pid: PID              | this lab has it as netns foreign
          netns 'own', pid: PID                | this lab has made one of that name
          netns 'box', path: '/proc/PID/ns/uts' | /proc/PID/ns/uts is no network namespace
          netns 'box', path: '/etc/hostname'   | is no network namespace
          netns 'box', path: '/no/such'        | Cannot attach /no/such: there is no such file
          netns 'box', name: 'no-such'         | 'ip netns list' lists those that have a name
          netns 'box', name: '/run/netns/x'    | for a file say path:
          netns 'box', pid: 1, name: 'x'       | say one of pid:, name: and path:
          netns 'box', pdi: 1                  | did you mean pid:?
          netns 'no blanks', pid: PID          | begins with a letter or digit
          netns([:])                           | say one of pid:, name: and path:
          foreign.own0.delete()                | is not this lab's, only attached
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    String pid = Long.toString(foreign.pid());
    String self = Long.toString(ProcessHandle.current().pid());
    cells.run("own = netns 'own'\nforeign = netns 'foreign', pid: " + pid);
    String before = foreign.state();

    assertThatThrownBy(() -> cells.run(cell.replace("PID", pid).replace("SELF", self)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected.replace("PID", pid));
    assertThat(foreign.state()).isEqualTo(before);
    assertThat(cells.session().lab().namespaces()).hasSize(2);
  }

  @Test
  void anAttachedNamespaceCannotTakeTheNameOfAnOwnOne() {
    cells.run("netns 'box'");
    assertThatThrownBy(() -> cells.run("netns 'box', pid: " + foreign.pid()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("this lab has made one of that name");
  }
}
