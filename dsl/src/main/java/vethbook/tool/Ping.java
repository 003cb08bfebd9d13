package vethbook.tool;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/** Runs ping (man 8 ping) in a namespace. That nobody answers is a result, not an error. */
public final class Ping {
  private static final Pattern COUNTS =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
  private static final Pattern TIMES = Pattern.compile("= ([0-9.]+)/([0-9.]+)/([0-9.]+)/");
  private static final Pattern TIME = Pattern.compile(" time=([0-9.]+) ms");
  private static final int LEAST_FOR_MEDIAN = 6;
  private static final Pattern TROUBLE =
      Pattern.compile("^(?:From .*|\\S*ping: .*)$", Pattern.MULTILINE);

  private Ping() {}

  /**
   * What ping is to do.
   *
   * @param count requests, 1 or more
   * @param interval between requests; below 2 ms needs root
   * @param timeout how long to wait for each answer
   * @param size payload bytes; 56 is ping's default
   * @param dontFragment true sets DF, so that a too small MTU on the way is seen
   */
  public record Plan(
      NetnsHandle from,
      InetAddress to,
      int count,
      Duration interval,
      Duration timeout,
      int size,
      boolean dontFragment) {}

  /**
   * What came back.
   *
   * @param minMicros shortest round trip in µs; NaN when nothing came back
   * @param times each round trip in µs, in the order in which answers came
   * @param trouble the first line that tells of one, such as {@code From 10.0.0.1 icmp_seq=1
   *     Destination Host Unreachable}; empty when none did
   */
  public record Result(
      InetAddress to,
      int sent,
      int received,
      double minMicros,
      double meanMicros,
      double maxMicros,
      List<Double> times,
      String trouble,
      String raw)
      implements ToolResult {
    public Result {
      times = List.copyOf(times);
    }

    @Override
    public String what() {
      return "ping";
    }

    @Override
    public String engine() {
      return "ping";
    }

    /** A median of fewer than six times would be no better than the mean. */
    @Override
    public List<Figure> figures() {
      List<Figure> all = new ArrayList<>();
      all.add(Figure.latency("mean", meanMicros));
      all.add(Figure.latency("min", minMicros));
      all.add(Figure.latency("p50", times.size() < LEAST_FOR_MEDIAN ? Double.NaN : median()));
      all.add(Figure.latency("max", maxMicros));
      all.add(Figure.lower("lost", "%", sent == 0 ? 100 : 100.0 * (sent - received) / sent));
      return all;
    }

    private double median() {
      List<Double> sorted = times.stream().sorted().toList();
      int half = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(half)
          : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public boolean isAnswered() {
      return received > 0;
    }

    /** {@code 10.0.0.2: 3 of 3 answered, round trip 42 / 45 / 50 µs (min / mean / max)}. */
    @Override
    public String toString() {
      String counts = "%s: %d of %d answered".formatted(to.getHostAddress(), received, sent);
      String times =
          isAnswered()
              ? ", round trip %.0f / %.0f / %.0f µs (min / mean / max)"
                  .formatted(minMicros, meanMicros, maxMicros)
              : "";
      return counts + times + (trouble.isEmpty() ? "" : "; " + trouble);
    }
  }

  /**
   * Sends the requests and waits for the answers.
   *
   * @throws ExperimentException when ping is not installed or cannot run at all
   */
  public static Result run(Plan plan) {
    Duration limit = plan.interval().multipliedBy(plan.count()).plus(plan.timeout()).plusSeconds(5);
    Command.Output output = Command.of(arguments(plan)).in(plan.from()).run(limit);
    return parse(plan.to(), plan.from(), output);
  }

  private static List<String> arguments(Plan plan) {
    List<String> argv = new ArrayList<>(List.of("ping", "-n", "-c", "" + plan.count()));
    argv.addAll(List.of("-i", seconds(plan.interval()), "-W", seconds(plan.timeout())));
    argv.addAll(List.of("-s", "" + plan.size()));
    if (plan.dontFragment()) {
      argv.addAll(List.of("-M", "do"));
    }
    argv.add(plan.to().getHostAddress());
    return argv;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  static Result parse(InetAddress to, NetnsHandle from, Command.Output output) {
    Matcher counts = COUNTS.matcher(output.out());
    Matcher trouble = TROUBLE.matcher(output.out() + "\n" + output.err());
    String firstTrouble = trouble.find() ? trouble.group() : "";
    if (!counts.find()) {
      if (firstTrouble.contains("unreachable")) {
        return new Result(
            to, 0, 0, Double.NaN, Double.NaN, Double.NaN, List.of(), firstTrouble, output.err());
      }
      throw new ExperimentException(
          "Cannot ping %s from %s: exit status %d"
              .formatted(to.getHostAddress(), from, output.exit()),
          "ping",
          (output.err() + output.out()).strip(),
          null,
          null);
    }
    Matcher times = TIMES.matcher(output.out());
    boolean hasTimes = times.find();
    return new Result(
        to,
        Integer.parseInt(counts.group(1)),
        Integer.parseInt(counts.group(2)),
        hasTimes ? millis(times.group(1)) : Double.NaN,
        hasTimes ? millis(times.group(2)) : Double.NaN,
        hasTimes ? millis(times.group(3)) : Double.NaN,
        TIME.matcher(output.out())
            .results()
            .map(match -> Double.parseDouble(match.group(1)) * 1000)
            .toList(),
        firstTrouble,
        output.out());
  }

  private static double millis(String text) {
    return Double.parseDouble(text) * 1000;
  }
}
