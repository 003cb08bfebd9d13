package vethbook.tool;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;

/**
 * One run of traffic, for netperf or the built-in engine.
 *
 * @param client where the requests come from
 * @param server where the server is started; null when it is not ours to start
 * @param address the server's
 * @param duration how long; ignored when {@code transactions} is not 0
 * @param transactions how many round trips; 0 to run by time
 * @param requestSize bytes of a request, 1 or more; of a stream, bytes of each write or datagram,
 *     where 1 leaves the choice to the engine
 * @param responseSize bytes of a response, 1 or more
 * @param clientCpus the client runs on these only; empty leaves the choice to Linux
 * @param serverCpus the server likewise
 * @param nice priority of both, -20 to 19
 * @param intendedRate round trips per second that are to start, whether or not the last one is
 *     back; their times count from when they were to start. 0 starts each when the last one is
 *     back.
 */
public record TrafficPlan(
    NetperfTest test,
    NetnsHandle client,
    @Nullable NetnsHandle server,
    InetAddress address,
    Duration duration,
    long transactions,
    int requestSize,
    int responseSize,
    Set<Integer> clientCpus,
    Set<Integer> serverCpus,
    int nice,
    int intendedRate) {
  public TrafficPlan {
    clientCpus = Set.copyOf(clientCpus);
    serverCpus = Set.copyOf(serverCpus);
  }

  /** Round trips one after the other. */
  public TrafficPlan(
      NetperfTest test,
      NetnsHandle client,
      @Nullable NetnsHandle server,
      InetAddress address,
      Duration duration,
      long transactions,
      int requestSize,
      int responseSize,
      Set<Integer> clientCpus,
      Set<Integer> serverCpus,
      int nice) {
    this(
        test,
        client,
        server,
        address,
        duration,
        transactions,
        requestSize,
        responseSize,
        clientCpus,
        serverCpus,
        nice,
        0);
  }

  /** A run with netperf's one-byte messages, pinned as the test needs it, at normal priority. */
  public static TrafficPlan of(
      NetperfTest test,
      NetnsHandle client,
      NetnsHandle server,
      InetAddress address,
      Duration time) {
    return new TrafficPlan(
        test,
        client,
        server,
        address,
        time,
        0,
        1,
        1,
        defaultCpus(test, 0),
        defaultCpus(test, 1),
        0);
  }

  /**
   * Round trips: both ends on the last CPU. Streams: each end on one of its own.
   *
   * @param end 0 for the client, 1 for the server
   */
  public static Set<Integer> defaultCpus(NetperfTest test, int end) {
    List<Integer> allowed = Cpus.allowed();
    return Set.of(
        test.countsRoundTrips() || allowed.size() == 1
            ? allowed.get(allowed.size() - 1)
            : allowed.get(end));
  }

  /** {@code TCP_RR from netns client to 10.0.0.2}. */
  @Override
  public String toString() {
    return test + " from " + client + " to " + address.getHostAddress();
  }
}
