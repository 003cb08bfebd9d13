package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.measure.Calibration;
import vethbook.tool.NetperfTest;
import vethbook.tool.Ping;
import vethbook.tool.TrafficResult;

/**
 * Words that make traffic and measure it.
 *
 * <ul>
 *   <li>{@code from}: the namespace that sends, such as client
 *   <li>{@code to}: the other end: a namespace, a device or an address such as '10.0.0.2'
 *   <li>{@code time}: how long it measures, such as 10.seconds; default 5 seconds
 *   <li>{@code transactions}: so many round trips instead of a time, 1 or more
 *   <li>{@code request, response}: size of a message in bytes, a plain number, 1 or more; default 1
 *   <li>{@code cpus}: the CPUs of both ends: 1, 0..3 or [0, 2]; default one that is chosen by the
 *       kind of test
 *   <li>{@code clientCpus, serverCpus}: the CPUs of one end, as cpus
 *   <li>{@code nice}: priority from -20 (first) to 19 (last); default the best that is permitted
 *   <li>{@code netperf engine}: 'netperf' or 'built-in'; default netperf where it is installed
 *   <li>{@code count}: so many packets, 1 or more; default 3
 *   <li>{@code interval}: time from one packet to the next; default 200 milliseconds
 *   <li>{@code timeout}: how long an answer is waited for; default 1 second
 *   <li>{@code size}: payload of each packet, such as 56.bytes; default 56 bytes
 *   <li>{@code dontFragment}: true forbids routers to split the packets; default false
 *   <li>{@code baseline}: the setting that others are compared with, by its name; default the first
 *       one
 *   <li>{@code rounds}: how often each setting is measured, 1 or more; default 10
 *   <li>{@code seed}: a number from which the order of the runs is drawn; default a random one
 *   <li>{@code warmUp}: false leaves out the first round, which is not kept; default true
 *   <li>{@code timeLimit}: a run that takes longer, such as 30.seconds, ends the experiment;
 *       default none
 *   <li>{@code roundLimit}: the same for a round; default none
 *   <li>{@code resume}: true goes on with an interrupted experiment of this title; default false
 *   <li>{@code counters}: which counters of Linux are kept with each run
 *   <li>{@code clock}: 'counted' measures in a guest whose clock counts instructions; 'real'
 *       refuses in 'vethbook run --counted'; default the clock that is there
 *   <li>{@code linux}: the series of Debian's Linux in such a guest, such as '6.1', or the folder
 *       of an unpacked linux-image package; default 6.12
 * </ul>
 */
public interface MeasureWords {
  /**
   * Runs one test of netperf's between two namespaces and waits for its result: TCP_RR, TCP_CRR,
   * TCP_STREAM, TCP_MAERTS, UDP_RR, UDP_STREAM. The server is started and stopped with it. Where
   * netperf is not installed the built-in engine serves the test; the result says which it was.
   *
   * <p>Options: {@code from}, {@code to} (a netns, a device or an address), {@code time} (default 5
   * seconds) or {@code transactions}, {@code request} and {@code response} sizes (of a stream,
   * {@code request} is the size of each write or datagram), {@code rate} (round trips per second
   * that are to start, also while others are late: their times count from then; built-in engine
   * only), {@code cpus} of both ends or {@code clientCpus} and {@code serverCpus}, {@code nice},
   * {@code engine} ('netperf' or 'built-in').
   */
  default TrafficResult netperf(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("time"),
            @NamedParam("transactions"),
            @NamedParam("request"),
            @NamedParam("response"),
            @NamedParam("rate"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice"),
            @NamedParam("engine")
          })
          Map<String, ?> options,
      NetperfTest test) {
    return LabScript.session(this)
        .traffic()
        .run(test, new Options(MeasureWords.class, "netperf", options));
  }

  default TrafficResult netperf(NetperfTest test) {
    return netperf(Map.of(), test);
  }

  /**
   * Sends ICMP echo requests and waits for the answers (man 8 ping). That none comes back is a
   * result, not an error.
   *
   * <p>Options: {@code from}, {@code to} (a netns, a device or an address), {@code count} (default
   * 3), {@code interval}, {@code timeout} (default 1 second), {@code size} (default 56 bytes),
   * {@code dontFragment}.
   */
  default Ping.Result ping(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("count"),
            @NamedParam("interval"),
            @NamedParam("timeout"),
            @NamedParam("size"),
            @NamedParam("dontFragment")
          })
          Map<String, ?> options) {
    return LabScript.session(this).traffic().ping(new Options(MeasureWords.class, "ping", options));
  }

  /**
   * Compares settings: each is run once in every round, in random order, and compared with the
   * baseline by the pairs of the rounds.
   *
   * <p>Options: {@code baseline} (default: the first setting), {@code rounds} (default 10), {@code
   * seed} of the order, {@code warmUp} (default true: one round that is not kept), {@code
   * timeLimit} of a run and {@code roundLimit} of a round (default: none), {@code resume} (default
   * false; true keeps the runs that an experiment of this title in this notebook has made, and goes
   * on where it was stopped), {@code counters} (which of a namespace's counters are kept of each
   * run besides the usual ones: {@code ['TcpExt.TCPKeepAlive', 'Ip6.*']}), {@code clock: 'counted'}
   * (measured in a guest that counts instructions: the cells that ran well so far run again there,
   * then this experiment) with {@code linux} (which of Debian's, default '6.12').
   *
   * <p>Each run is written down when it ends, in {@code ~/.local/state/vethbook}. One experiment at
   * a time measures on a machine; others wait.
   */
  default ExperimentResult experiment(
      @NamedParams({
            @NamedParam("baseline"),
            @NamedParam("rounds"),
            @NamedParam("seed"),
            @NamedParam("warmUp"),
            @NamedParam("timeLimit"),
            @NamedParam("roundLimit"),
            @NamedParam("resume"),
            @NamedParam("counters"),
            @NamedParam("clock"),
            @NamedParam("linux")
          })
          Map<String, ?> options,
      String title,
      @DelegatesTo(value = ExperimentSpec.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> block) {
    return LabScript.session(this)
        .experiments()
        .run(title, new Options(MeasureWords.class, "experiment", options), block);
  }

  default ExperimentResult experiment(
      String title,
      @DelegatesTo(value = ExperimentSpec.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> block) {
    return experiment(Map.of(), title, block);
  }

  /** The result of the experiment that ran last; what it has, when it was stopped. */
  default ExperimentResult getLastExperiment() {
    return LabScript.session(this).experiments().last();
  }

  /**
   * Measures one setting against itself and says in a line what an experiment of as many rounds
   * could see here: the noise floor and the smallest change. To be done before a long experiment.
   *
   * <p>Options: {@code rounds} (default 10), {@code warmUp}, {@code seed}, {@code timeLimit}.
   */
  default Calibration calibrate(
      @NamedParams({
            @NamedParam("rounds"),
            @NamedParam("warmUp"),
            @NamedParam("seed"),
            @NamedParam("timeLimit")
          })
          Map<String, ?> options,
      Closure<?> block) {
    return LabScript.session(this)
        .experiments()
        .calibrate(new Options(MeasureWords.class, "calibrate", options), block);
  }

  default Calibration calibrate(Closure<?> block) {
    return calibrate(Map.of(), block);
  }

  /**
   * The result that {@code result.save 'latency.json'} has written, of this version or an older, or
   * that a report has attached: {@code 'latency-1.json.gz'}.
   */
  default ExperimentResult loadResults(String file) {
    return LabScript.session(this).experiments().load(file);
  }
}
