package vethbook.tool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;
import vethbook.linux.process.RunningProcess;

/**
 * Runs netperf: netserver in the server's namespace for as long as the run lasts, netperf in the
 * client's, with omni output (netperf manual, section 8).
 */
public final class Netperf {
  private static final int PORT = 12865;
  private static final Duration START_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final Duration SLACK = Duration.ofSeconds(15);
  private static final Duration COUNTED_LIMIT = Duration.ofMinutes(10);
  private static final String SELECTORS =
      "THROUGHPUT,THROUGHPUT_UNITS,ELAPSED_TIME,MIN_LATENCY,MEAN_LATENCY,P50_LATENCY,P90_LATENCY,"
          + "P99_LATENCY,MAX_LATENCY,STDDEV_LATENCY,LOCAL_CPU_UTIL,REMOTE_CPU_UTIL,"
          + "LOCAL_TRANSPORT_RETRANS,REMOTE_TRANSPORT_RETRANS,LOCAL_SEND_THROUGHPUT,COMMAND_LINE";

  private Netperf() {}

  /** The version, such as {@code 2.7.0}; empty when netperf or netserver is not installed. */
  public static Optional<String> version() {
    if (Command.find("netperf").isEmpty() || Command.find("netserver").isEmpty()) {
      return Optional.empty();
    }
    String text = Command.of("netperf", "-V").run(START_LIMIT).out();
    return Optional.of(text.replaceAll("(?s).*version\\s+(\\S+).*", "$1").strip());
  }

  /**
   * Runs one test to its end.
   *
   * @throws ExperimentException when nobody answers at the address within three seconds, or netperf
   *     fails; netserver is ended in any case
   */
  public static TrafficResult run(TrafficPlan plan) {
    if (plan.intendedRate() > 0) {
      throw new ExperimentException(
          "Cannot run " + plan + " at " + plan.intendedRate() + " round trips per second",
          "netperf",
          "it starts each round trip when the last one is back",
          "say engine: 'built-in'",
          null);
    }
    String version =
        version()
            .orElseThrow(
                () ->
                    new ExperimentException(
                        "Cannot run netperf: it is not installed",
                        null,
                        null,
                        "install netperf (Debian: component non-free, Ubuntu: multiverse), or say"
                            + " engine: 'built-in'",
                        null));
    NetnsHandle server = plan.server();
    if (server == null) {
      return measure(plan, version);
    }
    RunningProcess netserver = serve(plan, server);
    try {
      return measure(plan, version);
    } finally {
      netserver.close();
    }
  }

  private static RunningProcess serve(TrafficPlan plan, NetnsHandle server) {
    String family = plan.address().getAddress().length == 4 ? "-4" : "-6";
    RunningProcess netserver =
        Command.of("netserver", "-D", "-f", family, "-p", Integer.toString(PORT))
            .in(server)
            .onCpus(plan.serverCpus())
            .nice(plan.nice())
            .start();
    if (!netserver.awaitOutput("Starting netserver", START_LIMIT)) {
      String said = (netserver.err() + netserver.out()).strip();
      netserver.close();
      throw new ExperimentException(
          "Cannot start netserver in " + server,
          "netserver",
          said.isEmpty() ? "printed nothing" : said,
          said.contains("in use") ? "another netserver runs there" : null,
          null);
    }
    return netserver;
  }

  private static TrafficResult measure(TrafficPlan plan, String version) {
    requireAnswer(plan);
    List<String> argv = arguments(plan);
    Duration limit = plan.transactions() > 0 ? COUNTED_LIMIT : plan.duration().plus(SLACK);
    Command.Output output =
        Command.of(argv).in(plan.client()).onCpus(plan.clientCpus()).nice(plan.nice()).run(limit);
    if (output.exit() != 0) {
      throw failure(plan, output);
    }
    return parse(plan, version, output.out());
  }

  /** netperf itself would wait for minutes where packets are lost without a word. */
  private static void requireAnswer(TrafficPlan plan) {
    InetSocketAddress address = new InetSocketAddress(plan.address(), PORT);
    String answer =
        plan.client()
            .call(
                () -> {
                  try (Socket socket = new Socket()) {
                    socket.connect(address, Math.toIntExact(ANSWER_LIMIT.toMillis()));
                    return "";
                  } catch (IOException e) {
                    return String.valueOf(e.getMessage());
                  }
                });
    if (!answer.isEmpty()) {
      throw new ExperimentException(
          "Cannot measure %s: nobody answers at port %d".formatted(plan, PORT),
          "linux",
          answer,
          plan.server() == null
              ? "start netserver there, or name a netns: to: server"
              : "try 'ping from: ..., to: ...' and look at the routes: lab",
          null);
    }
  }

  static List<String> arguments(TrafficPlan plan) {
    List<String> argv = new ArrayList<>(List.of("netperf", "-H", plan.address().getHostAddress()));
    argv.addAll(List.of("-p", Integer.toString(PORT), "-t", plan.test().name()));
    argv.addAll(List.of("-l", Long.toString(length(plan)), "-P", "0", "-c", "-C", "--"));
    argv.addAll(List.of("-k", SELECTORS));
    if (plan.test().countsRoundTrips()) {
      argv.addAll(List.of("-r", plan.requestSize() + "," + plan.responseSize()));
    } else if (plan.requestSize() > 1) {
      argv.addAll(List.of("-m", Integer.toString(plan.requestSize())));
    }
    return argv;
  }

  /** Seconds, or round trips as a negative number. */
  private static long length(TrafficPlan plan) {
    if (plan.transactions() > 0) {
      if (!plan.test().countsRoundTrips()) {
        throw new ExperimentException(
            "Cannot run " + plan + " for " + plan.transactions() + " transactions",
            "netperf",
            plan.test() + " has no transactions",
            "say how long: time: 5.seconds",
            null);
      }
      return -plan.transactions();
    }
    long millis = plan.duration().toMillis();
    if (millis < 1000 || millis % 1000 != 0) {
      throw new ExperimentException(
          "Cannot run " + plan + " for " + millis + " ms",
          "netperf",
          "it runs for whole seconds, 1 or more",
          "say time: 1.seconds, or transactions: 3000",
          null);
    }
    return millis / 1000;
  }

  private static ExperimentException failure(TrafficPlan plan, Command.Output output) {
    String said = (output.err() + output.out()).strip();
    @Nullable String next =
        said.contains("getaddrinfo")
            ? "netperf resolves no address in a namespace that has loopback addresses only: give it"
                + " another"
            : null;
    return new ExperimentException(
        "Cannot measure %s: exit status %d".formatted(plan, output.exit()),
        "netperf",
        said.isEmpty() ? "printed nothing" : said,
        next,
        null);
  }

  /** Reads omni's KEY=value lines. */
  static TrafficResult parse(TrafficPlan plan, String version, String output) {
    Map<String, String> values = new LinkedHashMap<>();
    output
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line -> {
              int sign = line.indexOf('=');
              values.put(line.substring(0, sign), line.substring(sign + 1).strip());
            });
    double throughput = number(values, "THROUGHPUT", plan, output);
    double elapsed = number(values, "ELAPSED_TIME", plan, output);
    boolean roundTrips = plan.test().countsRoundTrips();
    return new TrafficResult(
        plan.test(),
        "netperf " + version,
        roundTrips ? throughput : throughput * scale(values, plan, output),
        roundTrips ? latencies(values) : Map.of(),
        others(values, plan),
        roundTrips ? transactions(plan, throughput * elapsed) : 0,
        Cpus.list(plan.clientCpus()),
        Cpus.list(plan.serverCpus()),
        plan.nice(),
        output);
  }

  /** netperf rounds the time to 10 ms, so a counted run knows better by itself. */
  private static long transactions(TrafficPlan plan, double product) {
    return plan.transactions() > 0 ? plan.transactions() : Math.round(product);
  }

  private static double scale(Map<String, String> values, TrafficPlan plan, String output) {
    String unit = values.getOrDefault("THROUGHPUT_UNITS", "");
    if (!unit.equals("10^6bits/s")) {
      throw unreadable("THROUGHPUT_UNITS", plan, output);
    }
    return 1e6;
  }

  private static Map<String, Double> latencies(Map<String, String> values) {
    Map<String, Double> latencies = new LinkedHashMap<>();
    for (String statistic : new String[] {"mean", "min", "p50", "p90", "p99", "max"}) {
      known(values, statistic.toUpperCase(java.util.Locale.ROOT) + "_LATENCY")
          .ifPresent(micros -> latencies.put(statistic, micros));
    }
    return latencies;
  }

  private static Map<String, Double> others(Map<String, String> values, TrafficPlan plan) {
    Map<String, Double> others = new LinkedHashMap<>();
    known(values, "LOCAL_CPU_UTIL").ifPresent(percent -> others.put("cpu use (%)", percent));
    known(values, "REMOTE_CPU_UTIL")
        .ifPresent(percent -> others.put("server cpu use (%)", percent));
    if (plan.test() == NetperfTest.TCP_STREAM) {
      known(values, "LOCAL_TRANSPORT_RETRANS").ifPresent(n -> others.put("retransmissions", n));
    }
    if (plan.test() == NetperfTest.TCP_MAERTS) {
      known(values, "REMOTE_TRANSPORT_RETRANS").ifPresent(n -> others.put("retransmissions", n));
    }
    if (plan.test() == NetperfTest.UDP_STREAM) {
      known(values, "LOCAL_SEND_THROUGHPUT").ifPresent(n -> others.put("sent (bit/s)", n * 1e6));
    }
    return others;
  }

  /** netperf writes -1 for what it could not find out. */
  private static Optional<Double> known(Map<String, String> values, String key) {
    String text = values.get(key);
    return text != null && text.matches("[0-9.]+")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  private static double number(
      Map<String, String> values, String key, TrafficPlan plan, String output) {
    return known(values, key).orElseThrow(() -> unreadable(key, plan, output));
  }

  private static ExperimentException unreadable(String key, TrafficPlan plan, String output) {
    return new ExperimentException(
        "Cannot find %s in what netperf said about %s".formatted(key, plan),
        "netperf",
        output.strip(),
        null,
        null);
  }
}
