package vethbook.tool;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;

/**
 * The two ends of a run.
 *
 * @param client where the tool is run
 * @param server where its server is started; null when it is not ours to start
 * @param address the server's
 * @param clientCpus the client runs on these only; empty leaves the choice to Linux
 * @param serverCpus the server likewise
 * @param nice priority of both, -20 to 19
 */
public record Ends(
    NetnsHandle client,
    @Nullable NetnsHandle server,
    InetAddress address,
    Set<Integer> clientCpus,
    Set<Integer> serverCpus,
    int nice) {
  public Ends {
    clientCpus = Set.copyOf(clientCpus);
    serverCpus = Set.copyOf(serverCpus);
  }

  /** Ends at normal priority: pinned like a stream, each to a CPU of its own. */
  public static Ends of(NetnsHandle client, NetnsHandle server, InetAddress address) {
    return new Ends(
        client,
        server,
        address,
        TrafficPlan.defaultCpus(NetperfTest.TCP_STREAM, 0),
        TrafficPlan.defaultCpus(NetperfTest.TCP_STREAM, 1),
        0);
  }

  Command onClient(Command command) {
    return command.in(client).onCpus(clientCpus).nice(nice);
  }

  Command onServer(Command command, NetnsHandle netns) {
    return command.in(netns).onCpus(serverCpus).nice(nice);
  }

  String host() {
    return address.getHostAddress();
  }

  boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  /** As URLs have it: {@code [fd00::2]}. */
  String hostInUrl() {
    return isIpv6() ? "[" + host() + "]" : host();
  }

  /** {@code cpus 0 and 1, nice -20}; empty when nothing is pinned. */
  String placement() {
    String cpus =
        clientCpus.isEmpty() && serverCpus.isEmpty()
            ? ""
            : ", cpus " + list(clientCpus) + " and " + list(serverCpus);
    return cpus + (nice == 0 ? "" : ", nice " + nice);
  }

  private static String list(Set<Integer> cpus) {
    return cpus.isEmpty() ? "any" : Cpus.list(cpus);
  }

  /** {@code from netns client to 10.0.0.2}. */
  @Override
  public String toString() {
    return "from " + client + " to " + host();
  }
}
