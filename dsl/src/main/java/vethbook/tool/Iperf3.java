package vethbook.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/**
 * Runs iperf3: its server in the server's namespace for as long as the run lasts, its client in the
 * client's, with output as JSON (man 1 iperf3).
 */
public final class Iperf3 {
  /** The port that iperf3 takes when none is said. */
  public static final int PORT = 5201;

  private static final Duration SLACK = Duration.ofSeconds(15);
  private static final int CONNECT_MILLIS = 3000;
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);

  private Iperf3() {}

  /**
   * What iperf3 is to do.
   *
   * @param time whole seconds, those of {@code omit} not counted
   * @param omit whole seconds at the beginning that do not count
   * @param interval of the series over time, 0.1 to 60 seconds
   * @param streams parallel connections, 1 to 128
   * @param isReverse true lets the server send
   * @param isUdp datagrams instead of TCP
   * @param bitsPerSecond what each stream sends at most; 0 for as much as goes
   * @param length bytes of each write or datagram; 0 for iperf3's own choice
   * @param congestion the congestion control algorithm; empty for the namespace's
   * @param window socket buffers in bytes; 0 lets Linux tune them
   * @param mss bytes of a TCP segment at most; 0 lets the MTU decide
   */
  public record Plan(
      Ends ends,
      int port,
      Duration time,
      Duration omit,
      Duration interval,
      int streams,
      boolean isReverse,
      boolean isUdp,
      long bitsPerSecond,
      int length,
      String congestion,
      int window,
      int mss) {
    /** One TCP stream. */
    public static Plan of(Ends ends, Duration time) {
      return new Plan(
          ends, PORT, time, Duration.ZERO, Duration.ofSeconds(1), 1, false, false, 0, 0, "", 0, 0);
    }

    /** {@code iperf3 UDP from netns client to 10.0.0.2}. */
    @Override
    public String toString() {
      return "iperf3 " + (isUdp ? "UDP " : "TCP ") + ends;
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws ExperimentException when it is not installed, when nobody answers within three seconds,
   *     or when iperf3 reports an error; the server is ended in any case
   */
  public static Iperf3Result run(Plan plan) {
    String engine = Tool.IPERF3.require();
    List<String> argv = arguments(plan);
    NetnsHandle server = plan.ends().server();
    if (server == null) {
      return measure(plan, argv, engine);
    }
    Command command = Command.of("iperf3", "-s", "-p", Integer.toString(plan.port()));
    RunningProcess process =
        ToolServer.listening(plan.ends().onServer(command, server), server, plan.port());
    try {
      return measure(plan, argv, engine);
    } finally {
      process.close();
    }
  }

  private static Iperf3Result measure(Plan plan, List<String> argv, String engine) {
    Duration limit = plan.time().plus(plan.omit()).plus(SLACK);
    Command.Output output = plan.ends().onClient(Command.of(argv)).run(limit);
    return Iperf3Json.read(plan, engine, output);
  }

  static List<String> arguments(Plan plan) {
    List<String> argv = new ArrayList<>(List.of("iperf3", "-c", plan.ends().host(), "-J"));
    argv.addAll(List.of("-p", "" + plan.port(), "-t", "" + seconds("time", plan.time())));
    argv.addAll(List.of("-i", interval(plan), "-P", "" + plan.streams()));
    argv.addAll(List.of("--connect-timeout", "" + CONNECT_MILLIS));
    if (!plan.omit().isZero()) {
      argv.addAll(List.of("-O", "" + seconds("omit", plan.omit())));
    }
    if (plan.isReverse()) {
      argv.add("-R");
    }
    if (plan.isUdp()) {
      argv.add("-u"); // without a rate iperf3 would send 1 Mbit/s, and 0 means as much as goes
    }
    if (plan.isUdp() || plan.bitsPerSecond() > 0) {
      argv.addAll(List.of("-b", "" + plan.bitsPerSecond()));
    }
    addSizes(plan, argv);
    return argv;
  }

  private static void addSizes(Plan plan, List<String> argv) {
    if (plan.length() > 0) {
      argv.addAll(List.of("-l", "" + plan.length()));
    }
    if (!plan.congestion().isEmpty()) {
      argv.addAll(List.of("-C", plan.congestion()));
    }
    if (plan.window() > 0) {
      argv.addAll(List.of("-w", "" + plan.window()));
    }
    if (plan.mss() > 0) {
      argv.addAll(List.of("-M", "" + plan.mss()));
    }
  }

  private static long seconds(String name, Duration time) {
    if (time.toMillis() < 1000 || time.toMillis() % 1000 != 0) {
      throw refusal(
          "%s: %d ms".formatted(name, time.toMillis()),
          "it takes whole seconds, 1 or more",
          "say %s: 1.seconds".formatted(name));
    }
    return time.toSeconds();
  }

  private static String interval(Plan plan) {
    Duration interval = plan.interval();
    if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw refusal(
          "interval: %d ms".formatted(interval.toMillis()), "it takes 0.1 to 60 seconds", null);
    }
    return String.format(Locale.ROOT, "%.3f", interval.toNanos() / 1e9);
  }

  private static ExperimentException refusal(String option, String answer, @Nullable String next) {
    return new ExperimentException(
        "Cannot run iperf3 with " + option, "iperf3", answer, next, null);
  }
}
