package vethbook.tool;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/** Runs fping (man 8 fping): echo requests to many addresses at a time. */
public final class Fping {
  private static final Duration SLACK = Duration.ofSeconds(10);

  /** An address, a colon, and the time of each request in ms or a dash. */
  private static final Pattern LINE =
      Pattern.compile("(\\S+)\\s+: ((?:[0-9.]+|-)(?: (?:[0-9.]+|-))*)");

  private Fping() {}

  /**
   * What fping is to do.
   *
   * @param interval between requests to one address; below 10 ms needs root
   * @param timeout how long to wait for each answer
   * @param size payload bytes
   */
  public record Plan(
      NetnsHandle from,
      List<InetAddress> to,
      int count,
      Duration interval,
      Duration timeout,
      int size) {
    public Plan {
      to = List.copyOf(to);
    }
  }

  /**
   * What came back from one address.
   *
   * @param times each answered round trip in µs
   */
  public record Target(String address, int sent, List<Double> times) {
    public Target {
      times = List.copyOf(times);
    }

    public boolean isAnswered() {
      return !times.isEmpty();
    }

    private double statistic(java.util.function.ToDoubleFunction<List<Double>> of) {
      return isAnswered() ? of.applyAsDouble(times) : Double.NaN;
    }
  }

  /** What came back from all. */
  public record Result(String engine, List<Target> targets, String raw)
      implements ToolResult, Tabular {
    public Result {
      targets = List.copyOf(targets);
    }

    @Override
    public String what() {
      return "fping";
    }

    @Override
    public List<Figure> figures() {
      double mean =
          targets.stream()
              .flatMap(target -> target.times().stream())
              .mapToDouble(Double::doubleValue)
              .average()
              .orElse(Double.NaN);
      int sent = targets.stream().mapToInt(Target::sent).sum();
      int received = targets.stream().mapToInt(target -> target.times().size()).sum();
      return List.of(
          Figure.latency("mean", mean),
          Figure.lower("lost", "%", 100.0 * (sent - received) / Math.max(1, sent)));
    }

    @Override
    public String title() {
      return "fping";
    }

    @Override
    public List<Map<String, Object>> rows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Target target : targets) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("address", target.address());
        row.put("sent", target.sent());
        row.put("answered", target.times().size());
        row.put(
            "min (µs)",
            target.statistic(times -> times.stream().min(Double::compare).orElseThrow()));
        row.put(
            "mean (µs)",
            target.statistic(
                times -> times.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        row.put(
            "max (µs)",
            target.statistic(times -> times.stream().max(Double::compare).orElseThrow()));
        rows.add(row);
      }
      return rows;
    }

    /** {@code 1 of 2 addresses answer; 10.77.0.99 does not (engine: fping 5.1)}. */
    @Override
    public String toString() {
      List<String> silent =
          targets.stream().filter(target -> !target.isAnswered()).map(Target::address).toList();
      return "%d of %d addresses answer%s (engine: %s)"
          .formatted(
              targets.size() - silent.size(),
              targets.size(),
              silent.isEmpty()
                  ? ""
                  : "; "
                      + String.join(", ", silent)
                      + (silent.size() == 1 ? " does not" : " do not"),
              engine);
    }
  }

  /**
   * Sends the requests and waits for the answers. That nobody answers is a result, not an error.
   *
   * @throws ExperimentException when fping is not installed or cannot run at all
   */
  public static Result run(Plan plan) {
    String engine = Tool.FPING.require();
    Duration limit = plan.interval().multipliedBy(plan.count()).plus(plan.timeout()).plus(SLACK);
    Command.Output output = Command.of(arguments(plan)).in(plan.from()).run(limit);
    return parse(plan, engine, output);
  }

  static List<String> arguments(Plan plan) {
    List<String> argv = new ArrayList<>(List.of("fping", "-q", "-C", "" + plan.count()));
    argv.addAll(List.of("-p", millis(plan.interval()), "-t", millis(plan.timeout())));
    argv.addAll(List.of("-i", "1", "-b", "" + plan.size()));
    plan.to().forEach(address -> argv.add(address.getHostAddress()));
    return argv;
  }

  private static String millis(Duration time) {
    return Long.toString(Math.max(1, time.toMillis()));
  }

  static Result parse(Plan plan, String engine, Command.Output output) {
    List<Target> targets = new ArrayList<>();
    for (String line : output.err().split("\n")) {
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        String[] words = matcher.group(2).split(" ");
        List<Double> times = new ArrayList<>();
        for (String word : words) {
          if (!word.equals("-")) {
            times.add(Double.parseDouble(word) * 1000);
          }
        }
        targets.add(new Target(matcher.group(1), words.length, times));
      }
    }
    if (targets.isEmpty()) {
      String said = (output.err() + output.out()).strip();
      throw new ExperimentException(
          "Cannot ping from %s: exit status %d".formatted(plan.from(), output.exit()),
          "fping",
          said.isEmpty() ? "printed nothing" : said,
          null,
          null);
    }
    return new Result(engine, targets, output.err());
  }
}
