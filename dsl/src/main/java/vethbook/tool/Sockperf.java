package vethbook.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/**
 * Runs sockperf: small messages, as many as go, or one at a time with the time that each takes
 * there and back. Its own report of a throughput run counts what was sent; here the servers say
 * what they received.
 */
public final class Sockperf {
  /** The port that sockperf takes when none is said. */
  public static final int PORT = 11_111;

  /** sockperf's own header needs as much. */
  public static final int SMALLEST_MESSAGE = 14;

  private static final Duration SLACK = Duration.ofSeconds(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern SENT =
      Pattern.compile("Total of (\\d+) messages sent in ([0-9.]+) sec");
  private static final Pattern VALID =
      Pattern.compile(
          "\\[Valid Duration] RunTime=([0-9.]+) sec; SentMessages=(\\d+); ReceivedMessages=(\\d+)");
  private static final Pattern MEAN = Pattern.compile("avg-(?:latency|rtt)=([0-9.]+)");
  private static final Pattern DROPPED = Pattern.compile("dropped messages = (\\d+)");
  private static final Pattern PERCENTILE = Pattern.compile("percentile ([0-9.]+) =\\s*([0-9.]+)");
  private static final Pattern MAXIMUM = Pattern.compile("<MAX> observation =\\s*([0-9.]+)");
  private static final Pattern RECEIVED =
      Pattern.compile("Total (\\d+) messages received and handled");

  /** A percentile needs some observations beyond it. */
  private static final double LEAST_BEYOND = 10;

  private Sockperf() {}

  /** What sockperf does. */
  public enum Mode {
    /** One message at a time, there and back. */
    PING_PONG("pp"),
    /** As many messages as go, one way. */
    THROUGHPUT("tp"),
    /** Messages at a rate; one of a hundred is answered. */
    UNDER_LOAD("ul");

    private final String command;

    Mode(String command) {
      this.command = command;
    }
  }

  /**
   * What sockperf is to do.
   *
   * @param messageBytes 14 or more
   * @param messagesPerSecond of each process; 0 for as many as go
   * @param processes clients at a time, each with a server on a port of its own
   */
  public record Plan(
      Ends ends,
      int port,
      Mode mode,
      boolean isTcp,
      Duration time,
      int messageBytes,
      int messagesPerSecond,
      int processes) {
    /** {@code sockperf throughput from netns client to 10.0.0.2}. */
    @Override
    public String toString() {
      return "sockperf "
          + mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
          + " "
          + ends;
    }
  }

  /**
   * What one run showed, all processes together.
   *
   * @param sentPerSecond messages
   * @param receivedPerSecond messages that the servers received; those there and back in the other
   *     modes; NaN when the server is not ours to ask
   * @param latencies µs there and back, by statistic; percentiles only of a single process, and
   *     only with ten observations beyond them
   * @param observations times measured
   * @param dropped messages that were not answered
   */
  public record Result(
      String engine,
      Mode mode,
      double sentPerSecond,
      double receivedPerSecond,
      Map<String, Double> latencies,
      long observations,
      long dropped,
      String placement,
      String raw)
      implements ToolResult {
    @Override
    public String what() {
      return "sockperf " + mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public List<Figure> figures() {
      List<Figure> all = new ArrayList<>();
      Figure received = Figure.higher("received", "messages/s", receivedPerSecond);
      Figure sent = Figure.higher("sent", "messages/s", sentPerSecond);
      if (mode == Mode.THROUGHPUT) {
        all.add(received);
        all.add(sent);
        all.add(Figure.lower("not received", "%", 100 * (1 - receivedPerSecond / sentPerSecond)));
        return all;
      }
      all.add(Figure.latency("mean", latencies.getOrDefault("mean", Double.NaN)));
      latencies.forEach(
          (statistic, micros) -> {
            if (!statistic.equals("mean")) {
              all.add(Figure.latency(statistic, micros));
            }
          });
      all.add(received);
      all.add(sent);
      all.add(Figure.higher("observations", "", (double) observations));
      all.add(Figure.lower("dropped", "", (double) dropped));
      return all;
    }

    @Override
    public long transactions() {
      return mode == Mode.PING_PONG ? observations : 0;
    }

    /** {@code sockperf throughput: 123000 of 128000 messages/s received (engine: ...)}. */
    @Override
    public String toString() {
      String found =
          mode == Mode.THROUGHPUT
              ? "%.0f of %.0f messages/s received".formatted(receivedPerSecond, sentPerSecond)
              : "mean %.1f µs%s there and back, %d times, %d dropped"
                  .formatted(
                      latencies.getOrDefault("mean", Double.NaN),
                      latencies.containsKey("p50")
                          ? ", p50 %.1f µs".formatted(latencies.get("p50"))
                          : "",
                      observations,
                      dropped);
      return "%s: %s (engine: %s%s)".formatted(what(), found, engine, placement);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws ExperimentException when it is not installed, nobody answers, or sockperf reports an
   *     error
   */
  public static Result run(Plan plan) {
    String engine = Tool.SOCKPERF.require();
    List<List<String>> clients = clients(plan);
    List<RunningProcess> servers = serve(plan);
    try {
      List<String> outputs = drive(plan, clients);
      return result(plan, engine, outputs, received(servers));
    } finally {
      servers.forEach(RunningProcess::close);
    }
  }

  private static List<RunningProcess> serve(Plan plan) {
    List<RunningProcess> servers = new ArrayList<>();
    NetnsHandle netns = plan.ends().server();
    try {
      for (int i = 0; netns != null && i < plan.processes(); i++) {
        servers.add(serve(plan, netns, plan.port() + i));
      }
      return servers;
    } catch (ExperimentException e) {
      servers.forEach(RunningProcess::close);
      throw e;
    }
  }

  private static RunningProcess serve(Plan plan, NetnsHandle netns, int port) {
    List<String> argv = new ArrayList<>(List.of("sockperf", "server"));
    argv.addAll(List.of("-i", plan.ends().host(), "-p", Integer.toString(port)));
    if (plan.isTcp()) {
      argv.add("--tcp");
    }
    Command command = plan.ends().onServer(Command.of(argv), netns);
    return plan.isTcp()
        ? ToolServer.listening(command, netns, port)
        : ToolServer.bound(command, netns, port);
  }

  static List<List<String>> clients(Plan plan) {
    if (plan.messageBytes() < SMALLEST_MESSAGE) {
      throw new ExperimentException(
          "Cannot run sockperf with messages of " + plan.messageBytes() + " bytes",
          "sockperf",
          "its own header has " + SMALLEST_MESSAGE,
          "say size: %d.bytes".formatted(SMALLEST_MESSAGE),
          null);
    }
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < plan.processes(); i++) {
      List<String> argv = new ArrayList<>(List.of("sockperf", plan.mode().command));
      argv.addAll(List.of("-i", plan.ends().host(), "-p", "" + (plan.port() + i)));
      argv.addAll(List.of("-t", "" + ToolServer.wholeSeconds("sockperf", plan.time())));
      argv.addAll(List.of("-m", "" + plan.messageBytes()));
      if (plan.messagesPerSecond() > 0) {
        argv.addAll(List.of("--mps", "" + plan.messagesPerSecond()));
      }
      if (plan.mode() != Mode.THROUGHPUT) {
        argv.add("--full-rtt"); // else it halves every time and calls that the latency
      }
      if (plan.isTcp()) {
        argv.add("--tcp");
      }
      all.add(argv);
    }
    return all;
  }

  private static List<String> drive(Plan plan, List<List<String>> clients) {
    List<RunningProcess> running = new ArrayList<>();
    try {
      clients.forEach(argv -> running.add(plan.ends().onClient(Command.of(argv)).start()));
      List<String> outputs = new ArrayList<>();
      for (RunningProcess client : running) {
        Command.Output output = client.waitFor(plan.time().plus(SLACK));
        outputs.add(checked(plan, output));
      }
      return outputs;
    } finally {
      running.forEach(RunningProcess::close);
    }
  }

  /** sockperf's exit status is 0 after errors too. */
  private static String checked(Plan plan, Command.Output output) {
    String said = COLOUR.matcher(output.out() + output.err()).replaceAll("");
    boolean isDone = SENT.matcher(said).find() || VALID.matcher(said).find();
    if (!isDone || said.contains("ERROR")) {
      throw failure(plan, said);
    }
    return said;
  }

  private static ExperimentException failure(Plan plan, String said) {
    String trouble =
        said.lines()
            .filter(
                line ->
                    line.contains("ERROR: ")
                        || line.contains("No messages were received")
                        || line.contains("Invalid"))
            .findFirst()
            .orElse(said.isBlank() ? "printed nothing" : said.strip())
            .replaceFirst("^sockperf: ", "");
    @Nullable String next =
        trouble.contains("No messages") || trouble.contains("errno=1")
            ? "diagnose from: ..., to: ... finds out where packets get lost"
            : null;
    return new ExperimentException("Cannot measure " + plan, "sockperf", trouble, next, null);
  }

  /** What the servers received, which they say at their end; -1 without servers of ours. */
  private static long received(List<RunningProcess> servers) {
    long sum = 0;
    for (RunningProcess server : servers) {
      Command.Output output = server.interrupt(END_LIMIT);
      Matcher matcher = RECEIVED.matcher(output.out() + output.err());
      sum += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
    return servers.isEmpty() ? -1 : sum;
  }

  /**
   * @param received messages that the servers received; -1 when not known
   */
  static Result result(Plan plan, String engine, List<String> outputs, long received) {
    Sum sum = new Sum();
    outputs.forEach(output -> sum.add(COLOUR.matcher(output).replaceAll("")));
    boolean isThroughput = plan.mode() == Mode.THROUGHPUT;
    if (isThroughput ? sum.sentPerSecond == 0 : sum.observations == 0) {
      throw failure(plan, String.join("\n", outputs));
    }
    double share = received < 0 ? Double.NaN : Math.min(1, (double) received / sum.sent);
    return new Result(
        engine,
        plan.mode(),
        sum.sentPerSecond,
        isThroughput ? sum.sentPerSecond * share : sum.answeredPerSecond,
        sum.latencies(outputs.size()),
        sum.observations,
        sum.dropped,
        plan.ends().placement(),
        String.join("\n", outputs));
  }

  /** The reports of all processes. */
  private static final class Sum {
    private final Map<String, Double> percentiles = new LinkedHashMap<>();
    private double sentPerSecond;
    private double answeredPerSecond;
    private double weighted;
    private double largest;
    private long sent;
    private long observations;
    private long dropped;

    void add(String text) {
      Matcher matcher = SENT.matcher(text);
      if (matcher.find()) {
        sent += Long.parseLong(matcher.group(1));
        sentPerSecond +=
            Double.parseDouble(matcher.group(1)) / Double.parseDouble(matcher.group(2));
      }
      matcher = VALID.matcher(text);
      if (matcher.find()) {
        addLatencies(text, matcher);
      }
    }

    private void addLatencies(String text, Matcher valid) {
      double seconds = Double.parseDouble(valid.group(1));
      long answered = Long.parseLong(valid.group(3));
      sent += Long.parseLong(valid.group(2));
      sentPerSecond += Double.parseDouble(valid.group(2)) / seconds;
      answeredPerSecond += answered / seconds;
      observations += answered;
      weighted += answered * first(MEAN, text);
      dropped += Math.round(first(DROPPED, text));
      largest = Math.max(largest, first(MAXIMUM, text));
      Matcher matcher = PERCENTILE.matcher(text);
      while (matcher.find()) {
        double percent = Double.parseDouble(matcher.group(1));
        if ((100 - percent) / 100 * answered >= LEAST_BEYOND) {
          percentiles.put(name(percent), Double.parseDouble(matcher.group(2)));
        }
      }
    }

    private static String name(double percent) {
      return "p"
          + (percent == Math.rint(percent) ? "%.0f" : "%.3f")
              .formatted(percent)
              .replaceAll("(\\.\\d*?)0+$", "$1");
    }

    private static double first(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }

    Map<String, Double> latencies(int processes) {
      Map<String, Double> micros = new LinkedHashMap<>();
      if (observations > 0) {
        micros.put("mean", weighted / observations);
        if (processes == 1) { // percentiles of several cannot be put together
          List<String> names = new ArrayList<>(percentiles.keySet());
          java.util.Collections.reverse(names);
          names.forEach(name -> micros.put(name, percentiles.get(name)));
        }
        micros.put("max", largest);
      }
      return micros;
    }
  }
}
