package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.time.Duration;
import java.util.Map;
import vethbook.lab.Netns;

/**
 * Words that run programs inside namespaces. The programs are this machine's own, also in the
 * namespace of a container; each argument is said by itself, and no shell looks at it.
 *
 * <ul>
 *   <li>{@code timeout}: the longest it may run, such as 30.seconds; default 10 minutes
 *   <li>{@code cpus}: the CPUs that it may use: 1, 0..3 or [0, 2]; default all
 *   <li>{@code nice}: priority from -20 (first) to 19 (last); default 0
 *   <li>{@code input}: text that the program reads
 *   <li>{@code env}: variables of its environment, such as [LANG: 'C']
 *   <li>{@code check}: false takes any exit status; default true: one that is not 0 is an error
 * </ul>
 */
public interface ProcessWords {
  /**
   * Runs a program inside a namespace and waits for its end, at most ten minutes if no {@code
   * timeout:} says otherwise: {@code run client, 'wget', '-O-', 'http://10.0.0.2', timeout:
   * 10.seconds}. {@code check: false} takes any exit status.
   *
   * @return what it printed
   * @throws vethbook.linux.ExperimentException when it is not installed or fails
   */
  default String run(
      @NamedParams({
            @NamedParam(value = "timeout", type = Duration.class),
            @NamedParam("cpus"),
            @NamedParam("nice"),
            @NamedParam("input"),
            @NamedParam("env"),
            @NamedParam(value = "check", type = Boolean.class)
          })
          Map<String, ?> options,
      Netns netns,
      Object... argv) {
    return new Program("run", options, netns, argv).run();
  }

  default String run(Netns netns, Object... argv) {
    return run(Map.of(), netns, argv);
  }

  /** What was probably meant when the namespace does not come first. */
  default String run(String program, Object... rest) {
    throw Program.withoutNetns(LabScript.session(this).lab(), "run", program, rest);
  }

  /** The same with options. */
  default String run(Map<String, ?> options, String program, Object... rest) {
    throw Program.withoutNetns(LabScript.session(this).lab(), "run", program, rest);
  }

  /**
   * Starts a program inside a namespace and lets it run: {@code server = start client, 'python3',
   * '-m', 'http.server', cpus: 0}. It ends with the lab, or by {@code server.stop()}.
   */
  default BackgroundProcess start(
      @NamedParams({
            @NamedParam("cpus"),
            @NamedParam("nice"),
            @NamedParam("input"),
            @NamedParam("env")
          })
          Map<String, ?> options,
      Netns netns,
      Object... argv) {
    return new Program("start", options, netns, argv).start();
  }

  default BackgroundProcess start(Netns netns, Object... argv) {
    return start(Map.of(), netns, argv);
  }

  /** What was probably meant when the namespace does not come first. */
  default BackgroundProcess start(String program, Object... rest) {
    throw Program.withoutNetns(LabScript.session(this).lab(), "start", program, rest);
  }

  /** The same with options. */
  default BackgroundProcess start(Map<String, ?> options, String program, Object... rest) {
    throw Program.withoutNetns(LabScript.session(this).lab(), "start", program, rest);
  }

  /**
   * Runs a program as {@code run} does and measures by what it prints: its block gets the output
   * and says the numbers that are in it, with their unit and direction. The first is the main one.
   *
   * <pre>
   * measure(client, 'curl', '-so', '/dev/null', '-w', '%{time_total}', 'http://10.0.0.2') { out -&gt;
   *     lowerIsBetter 'total time', 's', out
   * }
   * </pre>
   *
   * @param netnsArgvAndBlock a namespace, the program, its arguments, and the block
   */
  default Measured measure(
      @NamedParams({
            @NamedParam("timeout"),
            @NamedParam("cpus"),
            @NamedParam("nice"),
            @NamedParam("input"),
            @NamedParam("env"),
            @NamedParam("check")
          })
          Map<String, ?> options,
      Object... netnsArgvAndBlock) {
    return Measuring.run(options, netnsArgvAndBlock);
  }

  /** The same without options. */
  default Measured measure(Object... netnsArgvAndBlock) {
    return measure(Map.of(), netnsArgvAndBlock);
  }
}
