package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;

/** What people who are new to the words get wrong: each time one error that says what to do. */
class MistakesLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void build() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24'
        """);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          vethPair client.x, server.x, mtu: 10.bytes               | an MTU is 68 to 65535 bytes
          vethPair client.x, server.x, mtu: 70000.bytes            | an MTU is 68 to 65535 bytes
          vethPair client.x, server.x, mtu: 99999999999.bytes      | it is less than 2 GiB
          vethPair client.x, server.x, mtu: 9.seconds              | takes a size such as 1500.bytes
          vethPair client.x, server.x, queues: 5000                | queues are 1 to 4096
          vethPair client.x, server.x, subnet: '10.7.0.0/32'       | a shorter prefix has room for more
          client.eth0.address '10.0.0.300/24'                      | write IPv4 or IPv6 with a prefix length
          client.eth0.address 'fd00::1/200'                        | it is 0 to 128
          bridge client.br0, ports: [server.eth0]                  | in different namespaces
          bridge client.br0, ports: client.eth9                    | Cannot find device eth9 in netns client
          client.sysctl 'net.ipv4.ip_forward', null                | say a value such as 1
          sysctl client, 'net.ipv4.ip_forward', null               | say a value such as 1
          client.route 'default', via: '10.99.0.1'                 | netns client has [10.0.0.1/24]: the gateway must be
          client.route 'fd00:9::/64', via: '10.0.0.2'              | one is IPv4, the other IPv6
          client.route '10.9.0.0/16', via: 'fd00::1'               | one is IPv4, the other IPv6
          client.route '10.9.0.1/16', via: '10.0.0.2'              | the network is 10.9.0.0/16
          client.unroute '10.44.0.0/16'                            | its routes: 10.0.0.0/24 dev eth0
          client.lo.delete()                                       | every namespace has a lo
          netns null                                               | a variable in this line may have no value yet
          x = netns 'x', pid: 999999999                            | there is no such process
          run 'client', 'ls'                                       | write its variable: client = netns 'client'
          """)
  void eachSaysWhatToDoAndChangesNothing(String cell, String expected) {
    List<String> before = cells.session().lab().commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(cells.session().lab().commands()).isEqualTo(before);
  }

  @Test
  void aNamespaceThatWasDroppedSaysHowToGetItBack() {
    assertThatThrownBy(() -> cells.run("lab.reset(); client.eth0.up()"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("the network namespace is closed")
        .hasMessageContaining("after lab.reset()");
  }

  @Test
  void oneQueueSaidAfterwardsIsWhatAPairHasAnyway() {
    int before = cells.session().lab().commands().size();

    cells.run("vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24', queues: 1");

    assertThat(cells.session().lab().commands()).hasSize(before);
  }

  @Test
  void aRouteSaidTwiceOrChangedIsOneRoute() {
    cells.run("client.route '10.9.0.0/16', via: '10.0.0.2'");
    int before = cells.session().lab().commands().size();
    cells.run("client.route '10.9.0.0/16', via: '10.0.0.2'");
    assertThat(cells.session().lab().commands()).hasSize(before);

    cells.run("client.route '10.9.0.0/16', via: '10.0.0.3'");

    assertThat(cells.run("run(client, 'ip', 'route', 'show', '10.9.0.0/16')"))
        .asString()
        .contains("via 10.0.0.3")
        .doesNotContain("10.0.0.2");
  }
}
