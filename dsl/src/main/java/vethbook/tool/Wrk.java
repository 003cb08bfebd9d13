package vethbook.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.ListeningPorts;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/**
 * Runs wrk: as many HTTP requests as go over some connections. Where nothing listens in the
 * server's namespace, nginx serves there for as long as the run lasts.
 */
public final class Wrk {
  /** The port of HTTP. */
  public static final int PORT = 80;

  private static final Duration SLACK = Duration.ofSeconds(15);
  private static final Pattern QUANTILE = Pattern.compile("\\s+(\\d+)%\\s+([0-9.]+)([a-z]+)\\s*");
  private static final Pattern THREADS = Pattern.compile("\\s+Latency\\s+([0-9.]+)([a-z]+)\\s.*");
  private static final Pattern TOTAL = Pattern.compile("\\s+(\\d+) requests in .*");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern SOCKET_ERRORS =
      Pattern.compile(
          "\\s+Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
  private static final Pattern REFUSALS = Pattern.compile("\\s+Non-2xx or 3xx responses: (\\d+)");
  private static final Map<String, Double> MICROS =
      Map.of("us", 1.0, "ms", 1e3, "s", 1e6, "m", 60e6, "h", 3600e6);

  private Wrk() {}

  /**
   * What wrk is to do.
   *
   * @param path what is asked for, beginning with a slash
   * @param threads of wrk, at most as many as connections
   * @param connections kept open all the time
   * @param time whole seconds
   * @param bodyBytes of each answer when nginx is started for the run
   */
  public record Plan(
      Ends ends,
      int port,
      String path,
      int threads,
      int connections,
      Duration time,
      int bodyBytes) {
    String url() {
      return "http://%s:%d%s".formatted(ends.hostInUrl(), port, path);
    }

    /** {@code wrk from netns client to http://10.0.0.2:80/}. */
    @Override
    public String toString() {
      return "wrk from " + ends.client() + " to " + url();
    }
  }

  /**
   * What one run showed.
   *
   * @param requestsPerSecond answered
   * @param latencies µs by statistic: {@code mean}, {@code p50}, {@code p75}, {@code p90}, {@code
   *     p99}
   * @param requests answered in all
   * @param refusals answers that were neither 2xx nor 3xx; they count as answered
   * @param socketErrors connections, reads and writes that failed, and requests without an answer
   *     for two seconds
   */
  public record Result(
      String engine,
      double requestsPerSecond,
      Map<String, Double> latencies,
      long requests,
      long refusals,
      long socketErrors,
      String placement,
      String raw)
      implements ToolResult {
    @Override
    public String what() {
      return "HTTP";
    }

    @Override
    public List<Figure> figures() {
      List<Figure> all = new ArrayList<>();
      all.add(Figure.higher("request rate", "requests/s", requestsPerSecond));
      latencies.forEach((statistic, micros) -> all.add(Figure.latency(statistic, micros)));
      all.add(Figure.lower("refusals", "", (double) refusals));
      all.add(Figure.lower("socket errors", "", (double) socketErrors));
      return all;
    }

    @Override
    public long transactions() {
      return requests;
    }

    /** {@code HTTP: 33279 requests/s, p50 185.0 µs, p99 13410.0 µs (engine: wrk 4.1.0 ...)}. */
    @Override
    public String toString() {
      return "HTTP: %.0f requests/s, p50 %.1f µs, p99 %.1f µs%s%s (engine: %s%s)"
          .formatted(
              requestsPerSecond,
              latencies.getOrDefault("p50", Double.NaN),
              latencies.getOrDefault("p99", Double.NaN),
              refusals == 0 ? "" : ", " + refusals + " refused",
              socketErrors == 0 ? "" : ", " + socketErrors + " socket errors",
              engine,
              placement);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws ExperimentException when it is not installed, nobody answers, or wrk reports an error
   */
  public static Result run(Plan plan) {
    String engine = Tool.WRK.require();
    List<String> argv = arguments(plan);
    NetnsHandle server = plan.ends().server();
    if (server == null || ListeningPorts.of(server).contains(plan.port())) {
      return measure(plan, argv, engine);
    }
    Ends ends = plan.ends();
    try (WebServer web =
        WebServer.start(
            new WebServer.Plan(
                server, plan.port(), 1, plan.bodyBytes(), ends.serverCpus(), ends.nice()))) {
      assert web.isAlive();
      return measure(plan, argv, engine);
    }
  }

  private static Result measure(Plan plan, List<String> argv, String engine) {
    ToolServer.requireAnswer(plan.ends(), plan.port(), "measure " + plan);
    Command.Output output = plan.ends().onClient(Command.of(argv)).run(plan.time().plus(SLACK));
    return parse(plan, engine, output);
  }

  static List<String> arguments(Plan plan) {
    if (plan.threads() > plan.connections()) {
      throw new ExperimentException(
          "Cannot run wrk with %d threads and %d connections"
              .formatted(plan.threads(), plan.connections()),
          "wrk",
          "each thread has at least one connection",
          "say connections: " + plan.threads(),
          null);
    }
    return List.of(
        "wrk",
        "--latency",
        "-t",
        "" + plan.threads(),
        "-c",
        "" + plan.connections(),
        "-d",
        ToolServer.wholeSeconds("wrk", plan.time()) + "s",
        plan.url());
  }

  static Result parse(Plan plan, String engine, Command.Output output) {
    Map<String, Double> latencies = new LinkedHashMap<>();
    double rate = Double.NaN;
    long requests = 0;
    long refusals = 0;
    long errors = 0;
    for (String line : output.out().split("\n")) {
      Matcher matcher = THREADS.matcher(line);
      if (matcher.matches()) {
        latencies.put("mean", micros(matcher.group(1), matcher.group(2)));
      }
      matcher = QUANTILE.matcher(line);
      if (matcher.matches()) {
        latencies.put("p" + matcher.group(1), micros(matcher.group(2), matcher.group(3)));
      }
      matcher = TOTAL.matcher(line);
      requests = matcher.matches() ? Long.parseLong(matcher.group(1)) : requests;
      matcher = RATE.matcher(line);
      rate = matcher.matches() ? Double.parseDouble(matcher.group(1)) : rate;
      matcher = REFUSALS.matcher(line);
      refusals = matcher.matches() ? Long.parseLong(matcher.group(1)) : refusals;
      matcher = SOCKET_ERRORS.matcher(line);
      errors = matcher.matches() ? sum(matcher) : errors;
    }
    if (output.exit() != 0 || !Double.isFinite(rate) || requests == 0) {
      throw failure(plan, output);
    }
    return new Result(
        engine, rate, latencies, requests, refusals, errors, plan.ends().placement(), output.out());
  }

  private static long sum(Matcher matcher) {
    long sum = 0;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      sum += Long.parseLong(matcher.group(group));
    }
    return sum;
  }

  private static double micros(String value, String unit) {
    return Double.parseDouble(value) * MICROS.getOrDefault(unit, Double.NaN);
  }

  private static ExperimentException failure(Plan plan, Command.Output output) {
    String said = (output.err() + output.out()).strip();
    return new ExperimentException(
        "Cannot measure %s (exit status %d)".formatted(plan, output.exit()),
        "wrk",
        said.isEmpty() ? "printed nothing" : said,
        said.contains("0 requests in")
            ? "what listens there does not answer HTTP requests: look with 'run client, 'curl', ...'"
            : null,
        null);
  }
}
