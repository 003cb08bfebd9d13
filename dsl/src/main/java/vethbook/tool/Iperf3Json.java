package vethbook.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/**
 * Reads iperf3's JSON with its known faults: an exit status of 0 with an {@code error} in it
 * (3.12), {@code nan} and {@code inf} where JSON has no such numbers (before 3.1), lines of
 * warnings around it, zeros for what the client could not know of a server that sends, a {@code
 * sum} of datagrams that counts those lost, and a last interval of a few microseconds.
 */
final class Iperf3Json {
  /** An interval shorter than this part of what was asked for is the rest of the last one. */
  private static final double REST = 0.1;

  private final Iperf3.Plan plan;
  private final JsonNode root;

  private Iperf3Json(Iperf3.Plan plan, JsonNode root) {
    this.plan = plan;
    this.root = root;
  }

  static Iperf3Result read(Iperf3.Plan plan, String engine, Command.Output output) {
    JsonNode root = parsed(plan, output);
    String error = root.path("error").asText("");
    if (!error.isEmpty()) {
      throw failure(plan, error);
    }
    Iperf3Json json = new Iperf3Json(plan, root);
    Iperf3Result result = json.result(engine, output.out());
    if (!Double.isFinite(result.bitsPerSecond())) {
      throw unreadable(plan, output);
    }
    return result;
  }

  private static JsonNode parsed(Iperf3.Plan plan, Command.Output output) {
    String text = output.out();
    int begin = text.indexOf('{');
    int end = text.lastIndexOf('}');
    if (begin < 0 || end < begin) {
      throw unreadable(plan, output);
    }
    String json = text.substring(begin, end + 1).replaceAll(":\\s*-?(?:nan|inf)\\b", ": null");
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw unreadable(plan, output);
    }
  }

  private Iperf3Result result(String engine, String raw) {
    JsonNode end = root.path("end");
    JsonNode sent = end.has("sum_sent") ? end.path("sum_sent") : end.path("sum");
    JsonNode cpu = end.path("cpu_utilization_percent");
    boolean isTcp = !plan.isUdp();
    return new Iperf3Result(
        engine,
        isTcp ? "TCP" : "UDP",
        received(end),
        number(sent, "bits_per_second"),
        isTcp ? number(sent, "retransmits") : Double.NaN,
        isTcp ? mean(senders(), "mean_rtt") : Double.NaN,
        isTcp ? max(senders(), "max_snd_cwnd") : Double.NaN,
        isTcp ? Double.NaN : number(end.path("sum"), "jitter_ms") * 1000,
        isTcp ? Double.NaN : lostPercent(end.path("sum")),
        isTcp ? Double.NaN : outOfOrder(end),
        number(cpu, "host_total"),
        number(cpu, "remote_total"),
        end.path("sender_tcp_congestion").asText(""),
        intervals(),
        plan.ends().placement(),
        raw);
  }

  private double received(JsonNode end) {
    JsonNode received = end.path("sum_received");
    if (received.has("bits_per_second")) {
      return number(received, "bits_per_second");
    }
    // before 3.7 a UDP run has one sum, which is of what was sent
    JsonNode sum = end.path("sum");
    return number(sum, "bits_per_second") * (1 - lostPercent(sum) / 100);
  }

  private static double lostPercent(JsonNode sum) {
    double packets = number(sum, "packets");
    return packets > 0 ? 100 * number(sum, "lost_packets") / packets : Double.NaN;
  }

  private static double outOfOrder(JsonNode end) {
    double sum = 0;
    for (JsonNode stream : end.path("streams")) {
      sum += number(stream.path("udp"), "out_of_order");
    }
    return end.path("streams").isEmpty() ? Double.NaN : sum;
  }

  private List<JsonNode> senders() {
    List<JsonNode> senders = new ArrayList<>();
    root.path("end").path("streams").forEach(stream -> senders.add(stream.path("sender")));
    return senders;
  }

  /** Zero stands for "not known": no path has a round trip of 0 µs, no sender a window of 0. */
  private static double mean(List<JsonNode> nodes, String field) {
    return nodes.stream()
        .mapToDouble(node -> number(node, field))
        .filter(value -> value > 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double max(List<JsonNode> nodes, String field) {
    return nodes.stream()
        .mapToDouble(node -> number(node, field))
        .filter(value -> value > 0)
        .max()
        .orElse(Double.NaN);
  }

  private List<Iperf3Result.Interval> intervals() {
    List<Iperf3Result.Interval> intervals = new ArrayList<>();
    double shortest = REST * plan.interval().toNanos() / 1e9;
    for (JsonNode interval : root.path("intervals")) {
      JsonNode sum = interval.has("sum") ? interval.path("sum") : interval.path("streams").path(0);
      if (!sum.path("omitted").asBoolean() && number(sum, "seconds") >= shortest) {
        intervals.add(interval(interval.path("streams"), sum));
      }
    }
    return intervals;
  }

  private Iperf3Result.Interval interval(JsonNode streams, JsonNode sum) {
    List<JsonNode> all = new ArrayList<>();
    streams.forEach(all::add);
    double windows = mean(all, "snd_cwnd") * all.size();
    return new Iperf3Result.Interval(
        number(sum, "start"),
        number(sum, "end"),
        number(sum, "bits_per_second"),
        number(sum, "retransmits"),
        windows,
        mean(all, "rtt"),
        number(sum, "lost_packets"));
  }

  private static double number(JsonNode node, String field) {
    return node.path(field).isNumber() ? node.path(field).asDouble() : Double.NaN;
  }

  private static ExperimentException failure(Iperf3.Plan plan, String error) {
    return new ExperimentException("Cannot measure " + plan, "iperf3", error, next(error), null);
  }

  private static @Nullable String next(String error) {
    if (error.contains("busy")) {
      return "its server serves one client at a time: wait, or say another port:";
    }
    if (error.contains("TCP_CONGESTION")) {
      return "sysctl 'net.ipv4.tcp_available_congestion_control' and"
          + " 'net.ipv4.tcp_allowed_congestion_control' say which there are";
    }
    if (error.contains("refused")) {
      return "start iperf3 -s there, or name a netns: to: server";
    }
    return error.contains("unable to connect")
        ? "diagnose from: ..., to: ... finds out where packets get lost"
        : null;
  }

  private static ExperimentException unreadable(Iperf3.Plan plan, Command.Output output) {
    String said = (output.err() + output.out()).strip();
    return new ExperimentException(
        "Cannot measure %s: no result in what iperf3 printed (exit status %d)"
            .formatted(plan, output.exit()),
        "iperf3",
        said.isEmpty() ? "printed nothing" : shortened(said),
        null,
        null);
  }

  private static String shortened(String said) {
    return said.length() <= 600 ? said : said.substring(0, 600) + " ...";
  }
}
