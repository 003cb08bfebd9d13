package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vethbook.lab.Netns;
import vethbook.linux.process.Command;

/** A client, a host and two boxes on a bridge of it, as a container engine makes them. */
final class PacketLab implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static final String CELL =
      """
      client = netns 'client'
      node = netns 'node'
      box = netns 'box'
      box2 = netns 'box2'
      vethPair client.eth0, node.eth0, subnet: '192.0.2.0/24'
      vethPair node.veth1, box.eth0
      vethPair node.veth2, box2.eth0
      bridge node.br0, ports: [node.veth1, node.veth2], address: '172.17.0.1/16'
      address node.br0, 'fd17::1/64'
      address box.eth0, '172.17.0.2/16'
      address box.eth0, 'fd17::2/64'
      address box2.eth0, '172.17.0.3/16'
      address client.eth0, 'fd02::1/64'
      address node.eth0, 'fd02::2/64'
      [box, box2].each { it.route 'default', via: node.br0 }
      box.route '::/0', via: 'fd17::1'
      client.route '10.96.0.0/16', via: '192.0.2.2'
      node.forwarding true
      """;

  private final Cells cells = new Cells();
  private final List<Greeter> greeters = new ArrayList<>();

  PacketLab() {
    cells.run(CELL);
  }

  Object run(String cell) {
    return cells.run(cell);
  }

  String shown() {
    return cells.shown();
  }

  Netns netns(String name) {
    return cells.session().lab().netns(name);
  }

  List<String> commands() {
    return cells.session().lab().commands();
  }

  /** Serves in a namespace until the lab is closed. */
  void serve(String netns, int port) {
    greeters.add(new Greeter(netns(netns), port));
  }

  String ask(String from, String address, int port) {
    return Greeter.ask(netns(from), address, port);
  }

  /** Its rules as nft prints them, without what they have counted. */
  String ruleset(String netns) {
    return uncounted(in(netns, "nft", "list", "ruleset"));
  }

  String in(String netns, String... argv) {
    Command.Output output = Command.of(argv).in(netns(netns).handle()).run(LIMIT);
    assertThat(output.exit()).as(output.err()).isZero();
    return output.out();
  }

  /**
   * The ruleset of a namespace after the lab's commands were run by a shell, among namespaces of
   * their own that go when the shell ends.
   */
  String rulesetByCommands(String netns) {
    return rulesetByCommands(commands(), netns);
  }

  static String rulesetByCommands(List<String> commands, String netns) {
    String script =
        "set -e\nmount -t tmpfs none /run\nmkdir /run/netns\n{\n"
            + String.join("\n", commands)
            + "\n} > /dev/null\nip netns exec "
            + netns
            + " nft list ruleset\n";
    Command.Output output =
        Command.of("unshare", "-n", "-m", "--propagation", "private", "sh", "-s")
            .input(script)
            .run(LIMIT);
    assertThat(output.exit()).as(output.err() + script).isZero();
    return uncounted(output.out());
  }

  private static String uncounted(String ruleset) {
    return ruleset.replaceAll("packets \\d+ bytes \\d+", "packets 0 bytes 0");
  }

  @Override
  public void close() {
    greeters.forEach(Greeter::close);
    cells.close();
  }
}
