package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;

class WordsLinuxIT {
  private static final String TWO_HOSTS =
      """
      client = netns 'client'
      server = netns 'server'
      vethPair client.eth0, server.eth0, subnet: '192.168.0.0/24'
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void theFirstCellOfTheReadmeBuildsARoutedContainer() {
    for (int time = 0; time < 2; time++) {
      cells.run(
          TWO_HOSTS
              + """
              box = netns 'veth-box'
              vethPair client.veth0, box.eth0, subnet: '172.17.1.0/24'
              box.route 'default', via: client.veth0
              client.forwarding true
              client.masquerade '172.17.1.0/24', out: client.eth0
              """);
    }

    assertThat(cells.run("run box, 'ping', '-c', 1, '-W', 1, '192.168.0.2'"))
        .asString()
        .contains("1 received");
    assertThat(cells.run("client.eth0.addresses().toString()")).isEqualTo("[192.168.0.1/24]");
  }

  @Test
  void everyTopologyWordWorksAsAFunctionToo() {
    cells.run(
        TWO_HOSTS
            + """
            address client.eth0, '10.3.0.1/24'
            route client, '10.8.0.0/16', via: server.eth0
            forwarding client, true
            sysctl client, 'net.ipv4.ip_default_ttl', 33
            rps server.eth0, cpus: 0
            bridge server.br0, address: '10.9.0.1/24'
            macvlan server.m0, on: server.eth0, mode: 'private'
            """);

    assertThat(cells.run("sysctl client, 'net.ipv4.ip_default_ttl'")).isEqualTo("33");
    assertThat(cells.run("server.eth0.rps().toString()")).isEqualTo("[[0]]");
    cells.run("rps server.eth0, cpus: none");
    assertThat(cells.run("server.eth0.rps().toString()")).isEqualTo("[[]]");
    assertThat(cells.run("server.m0")).isInstanceOf(Device.class);
    assertThat(cells.run("netns 'server'")).isInstanceOf(Netns.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          vethPair client.a, server.b, subent: '10.0.0.0/24' | did you mean subnet:?
          vethPair client.a, server.b, mtu: 9000             | write mtu: 9000.bytes
          vethPair client.a, server.b, subnet: '10.0.0/24'   | Cannot read '10.0.0/24' as an IP address
          vethPair client.a, server.b, subnet: '10.0.0.0/40' | it is 0 to 32
          vethPair client.a, client.a                        | a pair has two ends
          vethPair client.device('name-of-16-chars'), server.b | 1 to 15 characters
          macvlan client.m0, mode: 'bridge'                  | Cannot do macvlan without on:
          macvlan client.m0, on: 'eth0'                      | on: takes a device such as client.eth0
          macvlan client.m0, on: client.eth9                 | did you mean eth0?
          macvlan client.m0, on: client.eth0, mode: 'bride'  | private, vepa, bridge, passthru
          client.route 'default', via: server                | name the device that is the gateway
          client.route '10.0.0.1/8', dev: client.eth0        | the network is 10.0.0.0/8
          client.route '10.0.0.0/8'                          | say via: an address or a device
          client.route '10.0.0.0/8', via: '1.2.3.4'          | Nexthop has invalid gateway
          client.masquerade '10.0.0.0/8', out: server.eth0   | name a device of netns client
          address client.eth0, '192.168.0.2/24'              | server.eth0 has it
          rps client.eth0, cpus: 4000                        | this machine has CPUs 0-
          rps client.eth0, cpu: 1                            | did you mean cpus:?
          rps client.eth0, cpus: '1'                         | takes CPU numbers
          netns 'no blanks please'                           | begins with a letter or digit
          sysctl client, 'net.ipv4.ip_forwrad'               | did you mean net.ipv4.ip_forward?
          run client, 'no-such-tool'                         | it is not installed
          linux.has 'ipvaln'                                 | did you mean ipvlan
          """)
  void aMistakeIsOneClearErrorAndLeavesTheLabUsable(String cell, String expected) {
    cells.run(TWO_HOSTS);
    var before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(vethbook.linux.ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
    assertThat(cells.run("run client, 'ping', '-c', 1, '-W', 1, '192.168.0.2'"))
        .asString()
        .contains("1 received");
  }

  @Test
  void aFeatureThatLinuxLacksIsSkippedVisibly() {
    String missing =
        cells.session().features().names().stream()
            .filter(name -> !cells.session().features().has(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("this Linux has everything: test elsewhere"));

    assertThat(cells.run("needs('%s') { throw new Error('ran') }".formatted(missing))).isNull();
    assertThat(cells.shown())
        .contains("skipped: this Linux has no " + missing)
        .contains("EOPNOTSUPP");
    assertThat(cells.run("needs('veth') { 42 }")).isEqualTo(42);
  }

  @Test
  void ipvlanWhereLinuxHasNoneSaysSo() {
    cells.run(TWO_HOSTS);
    org.junit.jupiter.api.Assumptions.assumeFalse(
        cells.session().features().has("ipvlan"), "skipped: this Linux has ipvlan");

    assertThatThrownBy(() -> cells.run("ipvlan client.i0, on: client.eth0, mode: L2"))
        .hasMessageContaining("Cannot make ipvlan client.i0 on client.eth0")
        .hasMessageContaining("EOPNOTSUPP")
        .hasMessageContaining("needs('ipvlan')");
  }

  @Test
  void unitsReadAsWords() {
    assertThat(cells.run("5.seconds")).isEqualTo(java.time.Duration.ofSeconds(5));
    assertThat(cells.run("0.5.seconds")).isEqualTo(java.time.Duration.ofMillis(500));
    assertThat(cells.run("64.kib.bytes()")).isEqualTo(65536L);
    assertThatThrownBy(() -> cells.run("netns('x').device('')")).isInstanceOf(PlanException.class);
  }
}
