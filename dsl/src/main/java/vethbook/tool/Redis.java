package vethbook.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.ListeningPorts;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/**
 * Runs redis-benchmark. Where nothing listens in the server's namespace, a redis-server that keeps
 * nothing on disk serves there for as long as the run lasts.
 */
public final class Redis {
  /** Redis' port. */
  public static final int PORT = 6379;

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration ASK_LIMIT = Duration.ofSeconds(10);

  /** The columns of {@code --csv} since Redis 6.2, and the latencies that they hold. */
  private static final Map<String, String> LATENCIES =
      Map.of(
          "avg_latency_ms", "mean",
          "min_latency_ms", "min",
          "p50_latency_ms", "p50",
          "p95_latency_ms", "p95",
          "p99_latency_ms", "p99",
          "max_latency_ms", "max");

  private Redis() {}

  /**
   * What redis-benchmark is to do.
   *
   * @param test one of its tests: {@code get}, {@code set}, {@code incr}, {@code ping_inline}, ...
   * @param clients connections
   * @param requests in all
   * @param sizeBytes of each value
   * @param pipeline requests sent at once on a connection
   */
  public record Plan(
      Ends ends, int port, String test, int clients, int requests, int sizeBytes, int pipeline) {
    /** {@code redis-benchmark get from netns client to 10.0.0.2}. */
    @Override
    public String toString() {
      return "redis-benchmark " + test + " " + ends;
    }
  }

  /**
   * What one run showed.
   *
   * @param latencies µs by statistic; empty before Redis 6.2, which does not tell
   */
  public record Result(
      String engine,
      String test,
      double requestsPerSecond,
      Map<String, Double> latencies,
      long requests,
      String placement,
      String raw)
      implements ToolResult {
    @Override
    public String what() {
      return "Redis " + test;
    }

    @Override
    public List<Figure> figures() {
      List<Figure> all = new ArrayList<>();
      all.add(Figure.higher("request rate", "requests/s", requestsPerSecond));
      latencies.forEach((statistic, micros) -> all.add(Figure.latency(statistic, micros)));
      return all;
    }

    @Override
    public long transactions() {
      return requests;
    }

    /** {@code Redis GET: 38911 requests/s, p50 63.0 µs, p99 247.0 µs (engine: ...)}. */
    @Override
    public String toString() {
      String times =
          latencies.containsKey("p50")
              ? ", p50 %.1f µs, p99 %.1f µs".formatted(latencies.get("p50"), latencies.get("p99"))
              : "";
      return "Redis %s: %.0f requests/s%s (engine: %s%s)"
          .formatted(test, requestsPerSecond, times, engine, placement);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws ExperimentException when it is not installed, or nobody answers: redis-benchmark itself
   *     would try for ever
   */
  public static Result run(Plan plan) {
    String engine = Tool.REDIS_BENCHMARK.require();
    NetnsHandle server = plan.ends().server();
    if (server == null || ListeningPorts.of(server).contains(plan.port())) {
      return measure(plan, engine);
    }
    RunningProcess process = serve(plan.ends(), server, plan.port());
    try {
      return measure(plan, engine);
    } finally {
      process.close();
    }
  }

  /** Starts a server that keeps nothing on disk and waits until it listens. */
  static RunningProcess serve(Ends ends, NetnsHandle server, int port) {
    Tool.REDIS_SERVER.require();
    Command command =
        Command.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            ends.host(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--protected-mode",
            "no");
    return ToolServer.listening(ends.onServer(command, server), server, port);
  }

  private static Result measure(Plan plan, String engine) {
    ToolServer.requireAnswer(plan.ends(), plan.port(), "measure " + plan);
    if (plan.test().equalsIgnoreCase("get")) {
      putValue(plan); // a value that is not there would be a shorter answer
    }
    Command.Output output = plan.ends().onClient(Command.of(arguments(plan))).run(LIMIT);
    return parse(plan, engine, output);
  }

  /** The key is the one that redis-benchmark asks for, letter by letter. */
  private static void putValue(Plan plan) {
    Command.Output output =
        Command.of(
                "redis-cli",
                "-h",
                plan.ends().host(),
                "-p",
                Integer.toString(plan.port()),
                "-x",
                "SET",
                "key:__rand_int__")
            .input("v".repeat(plan.sizeBytes()))
            .in(plan.ends().client())
            .run(ASK_LIMIT);
    if (!output.out().strip().equals("OK")) {
      throw failure(plan, output);
    }
  }

  static List<String> arguments(Plan plan) {
    List<String> argv = new ArrayList<>(List.of("redis-benchmark", "--csv"));
    argv.addAll(List.of("-h", plan.ends().host(), "-p", "" + plan.port()));
    argv.addAll(List.of("-t", plan.test(), "-c", "" + plan.clients(), "-n", "" + plan.requests()));
    argv.addAll(List.of("-d", "" + plan.sizeBytes(), "-P", "" + plan.pipeline()));
    return argv;
  }

  static Result parse(Plan plan, String engine, Command.Output output) {
    List<String> header = List.of();
    for (String line : output.out().split("\n")) {
      List<String> cells = cells(line);
      if (cells.get(0).equals("test")) {
        header = cells;
      } else if (cells.size() > 1 && isOf(plan.test(), cells.get(0)) && isNumber(cells.get(1))) {
        return new Result(
            engine,
            plan.test().toUpperCase(Locale.ROOT),
            Double.parseDouble(cells.get(1)),
            latencies(header, cells),
            plan.requests(),
            plan.ends().placement(),
            output.out());
      }
    }
    throw failure(plan, output);
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    // names have commas in them: "LRANGE_100 (first 100 elements)","1234.5"
    for (String cell : line.strip().split("\",\"", -1)) {
      cells.add(cell.replace("\"", ""));
    }
    return cells;
  }

  /** {@code lpush} is printed as "LPUSH", {@code mset} as "MSET (10 keys)". */
  private static boolean isOf(String test, String printed) {
    return printed.split(" ", 2)[0].equalsIgnoreCase(test);
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d+(\\.\\d+)?");
  }

  private static Map<String, Double> latencies(List<String> header, List<String> cells) {
    Map<String, Double> micros = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
      String statistic = LATENCIES.get(header.get(i));
      if (statistic != null && isNumber(cells.get(i))) {
        micros.put(statistic, Double.parseDouble(cells.get(i)) * 1000);
      }
    }
    return micros;
  }

  private static ExperimentException failure(Plan plan, Command.Output output) {
    String said = (output.err() + output.out()).strip();
    return new ExperimentException(
        "Cannot measure %s (exit status %d)".formatted(plan, output.exit()),
        "redis-benchmark",
        said.isEmpty() ? "printed nothing: it may not know the test '" + plan.test() + "'" : said,
        null,
        null);
  }
}
