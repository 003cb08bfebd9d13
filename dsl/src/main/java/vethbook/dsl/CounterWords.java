package vethbook.dsl;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.lab.Netns;

/**
 * Words that read Linux's own counters.
 *
 * <ul>
 *   <li>{@code only}: names, or beginnings of names, of the counters to look at; default all that
 *       changed
 *   <li>{@code interval}: also counts anew after each such time; default only at the end
 * </ul>
 */
public interface CounterWords {
  /**
   * By how much the counters of namespaces, and of the machine, grow while a block runs: {@code
   * counters(client, server) { netperf TCP_RR, from: client, to: server }}. Namespaces count apart;
   * what the place {@code machine} shows (softirqs, backlogs, interrupts, CPU times) includes all
   * other traffic on the machine.
   *
   * <p>Options: {@code only} (names, in which {@code *} stands for any letters: {@code only:
   * ['TcpExt.*', 'dev.*']}), {@code interval} (reads them over time as well, every millisecond or
   * less often; then {@code series} is a table).
   */
  default Counted counters(
      @NamedParams({@NamedParam("only"), @NamedParam("interval")}) Map<String, ?> options,
      Object... namespacesAndBlock) {
    return LabScript.session(this)
        .counting()
        .run(new Options(CounterWords.class, "counters", options), namespacesAndBlock);
  }

  default Counted counters(Object... namespacesAndBlock) {
    return counters(Map.of(), namespacesAndBlock);
  }

  /** The same of the machine alone. */
  default Counted counters(Closure<?> block) {
    return counters(Map.of(), block);
  }

  /**
   * What Linux says of a namespace's TCP connections while a block runs (tcp_info, as {@code ss
   * -ti}): congestion window, round-trip time, retransmissions, reordering, as a table over time:
   * {@code tcpInfo(client, interval: 10.milliseconds) { iperf3 from: client, to: server }.table}.
   *
   * <p>Options: {@code interval} (default 10 ms, at least 1), {@code port} (only connections from
   * or to this port).
   */
  default TcpSeries tcpInfo(
      @NamedParams({@NamedParam("interval"), @NamedParam("port")}) Map<String, ?> options,
      Netns netns,
      Closure<?> block) {
    return TcpWatch.during(netns, new Options(CounterWords.class, "tcpInfo", options), block);
  }

  default TcpSeries tcpInfo(Netns netns, Closure<?> block) {
    return tcpInfo(Map.of(), netns, block);
  }

  /** What Linux says of them now. */
  default TcpSeries tcpInfo(
      @NamedParams({@NamedParam("interval"), @NamedParam("port")}) Map<String, ?> options,
      Netns netns) {
    return TcpWatch.now(netns, new Options(CounterWords.class, "tcpInfo", options));
  }

  default TcpSeries tcpInfo(Netns netns) {
    return tcpInfo(Map.of(), netns);
  }
}
