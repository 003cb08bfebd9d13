package vethbook.dsl;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;

/** Words that read Linux's own counters. */
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
}
