package vethbook.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of iperf3 showed. Numbers that iperf3 did not find out are NaN.
 *
 * @param protocol {@code TCP} or {@code UDP}
 * @param bitsPerSecond what arrived
 * @param sentBitsPerSecond what was sent
 * @param retransmissions TCP segments sent again, by the sender's count
 * @param meanRttMicros TCP's smoothed round-trip time, the mean of the samples of the run; NaN when
 *     the server sends
 * @param maxCwndBytes the largest congestion window of a stream; NaN when the server sends
 * @param jitterMicros of datagrams (RFC 1889)
 * @param lostPercent datagrams that did not arrive, of those sent
 * @param outOfOrder datagrams that arrived out of order
 * @param clientCpuPercent CPU time of the client's process, of one CPU
 * @param serverCpuPercent likewise
 * @param congestion the sender's congestion control algorithm; empty when not told
 * @param intervals the series over time, without omitted seconds
 */
public record Iperf3Result(
    String engine,
    String protocol,
    double bitsPerSecond,
    double sentBitsPerSecond,
    double retransmissions,
    double meanRttMicros,
    double maxCwndBytes,
    double jitterMicros,
    double lostPercent,
    double outOfOrder,
    double clientCpuPercent,
    double serverCpuPercent,
    String congestion,
    List<Interval> intervals,
    String placement,
    String raw)
    implements ToolResult, Tabular {
  public Iperf3Result {
    intervals = List.copyOf(intervals);
  }

  /**
   * A part of the run, all streams together.
   *
   * @param startSeconds from the begin of the run
   * @param bitsPerSecond as the client saw it: sent, or received when the server sends
   * @param retransmissions NaN when not told
   * @param cwndBytes congestion windows of all streams at the end of the interval; NaN when not
   *     told
   * @param rttMicros smoothed round-trip time then, the mean over the streams; NaN when not told
   * @param lost datagrams lost; NaN when not told
   */
  public record Interval(
      double startSeconds,
      double endSeconds,
      double bitsPerSecond,
      double retransmissions,
      double cwndBytes,
      double rttMicros,
      double lost) {}

  @Override
  public String what() {
    return "iperf3 " + protocol;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    all.add(Figure.higher("throughput", "bit/s", bitsPerSecond));
    all.add(Figure.higher("sent", "bit/s", sentBitsPerSecond));
    all.add(Figure.lower("retransmissions", "", retransmissions));
    all.add(Figure.lower("mean rtt", "µs", meanRttMicros));
    all.add(Figure.higher("largest cwnd", "bytes", maxCwndBytes));
    all.add(Figure.lower("jitter", "µs", jitterMicros));
    all.add(Figure.lower("lost", "%", lostPercent));
    all.add(Figure.lower("out of order", "", outOfOrder));
    all.add(Figure.lower("client cpu use", "%", clientCpuPercent));
    all.add(Figure.lower("server cpu use", "%", serverCpuPercent));
    return all;
  }

  @Override
  public String title() {
    return what() + " over time";
  }

  @Override
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Interval interval : intervals) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time (s)", interval.endSeconds());
      row.put("throughput (bit/s)", interval.bitsPerSecond());
      if (protocol.equals("TCP")) {
        row.put("retransmissions", interval.retransmissions());
        row.put("cwnd (bytes)", interval.cwndBytes());
        row.put("rtt (µs)", interval.rttMicros());
      } else {
        row.put("lost", interval.lost());
      }
      rows.add(row);
    }
    return rows;
  }

  /** {@code TCP: 6.74 Gbit/s, 796 retransmissions (engine: iperf3 3.12, cpus 0 and 1)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(protocol);
    text.append(": ").append(gigabits(bitsPerSecond));
    if (Double.isFinite(retransmissions)) {
      text.append(", %.0f retransmissions".formatted(retransmissions));
    }
    if (Double.isFinite(lostPercent)) {
      text.append(", %.2f %% of %s lost".formatted(lostPercent, gigabits(sentBitsPerSecond)));
    }
    return text.append(" (engine: ").append(engine).append(placement).append(')').toString();
  }

  private static String gigabits(double bits) {
    return bits < 1e9 ? "%.1f Mbit/s".formatted(bits / 1e6) : "%.2f Gbit/s".formatted(bits / 1e9);
  }
}
