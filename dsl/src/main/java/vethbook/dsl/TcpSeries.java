package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.linux.sockdiag.TcpFlow;
import vethbook.tool.Tabular;

/**
 * What Linux said of TCP connections, once or over time: a row for each connection at each time.
 */
public final class TcpSeries implements Tabular {
  private final List<Sample> samples;
  private final @Nullable Object value;

  TcpSeries(List<Sample> samples, @Nullable Object value) {
    this.samples = List.copyOf(samples);
    this.value = value;
  }

  /** All connections at one moment. */
  record Sample(Duration at, List<TcpFlow> flows) {}

  /** What the block's last line yielded. */
  public @Nullable Object getValue() {
    return value;
  }

  /** The connections as they were last seen. */
  public List<TcpFlow> getFlows() {
    Map<String, TcpFlow> last = new LinkedHashMap<>();
    samples.forEach(sample -> sample.flows().forEach(flow -> last.put(flow.ends(), flow)));
    return List.copyOf(last.values());
  }

  @Override
  public String title() {
    return "TCP connections";
  }

  @Override
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : samples) {
      for (TcpFlow flow : sample.flows()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time (s)", sample.at().toNanos() / 1e9);
        row.put("connection", flow.ends());
        row.put("cwnd (segments)", flow.cwnd());
        row.put("rtt (µs)", flow.rttMicros());
        row.put("min rtt (µs)", flow.minRttMicros());
        row.put("retransmissions", flow.retransmissions());
        row.put("reordering (segments)", flow.reordering());
        row.put("reordering seen", flow.reorderingSeen());
        row.put("unacked (segments)", flow.unacked());
        row.put(
            "delivery rate (bit/s)",
            flow.deliveryRate() < 0 ? Double.NaN : 8.0 * flow.deliveryRate());
        row.put("sent (bytes)", flow.bytesSent());
        row.put("congestion control", flow.congestion());
        rows.add(row);
      }
    }
    return rows;
  }

  /** {@code 2 connections, read 100 times}. */
  @Override
  public String toString() {
    return "%d connections, read %d times".formatted(getFlows().size(), samples.size());
  }
}
