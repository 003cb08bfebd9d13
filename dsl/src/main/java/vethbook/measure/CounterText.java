package vethbook.measure;

import java.util.Map;
import java.util.TreeMap;

/** Reads the layouts in which Linux prints counters. */
final class CounterText {
  private static final int RECEIVED_RPS = 9;

  private CounterText() {}

  /**
   * Pairs of lines, names and values, as in {@code /proc/net/snmp} and {@code netstat}: {@code
   * TcpExt.TCPFastRetrans}.
   */
  static Map<String, Long> namesAndValues(String text) {
    Map<String, Long> counters = new TreeMap<>();
    String[] lines = text.split("\n");
    for (int i = 0; i + 1 < lines.length; i += 2) {
      String[] names = lines[i].trim().split("\\s+");
      String[] values = lines[i + 1].trim().split("\\s+");
      String group = names[0].replace(":", "");
      for (int column = 1; column < Math.min(names.length, values.length); column++) {
        counters.put(group + "." + names[column], Long.parseLong(values[column]));
      }
    }
    return counters;
  }

  /** {@code /proc/net/dev}: {@code dev.eth0.rx_packets}, as ip -s link counts. */
  static Map<String, Long> devices(String text) {
    Map<Integer, String> columns =
        Map.of(
            0,
            "rx_bytes",
            1,
            "rx_packets",
            2,
            "rx_errors",
            3,
            "rx_dropped",
            8,
            "tx_bytes",
            9,
            "tx_packets",
            10,
            "tx_errors",
            11,
            "tx_dropped");
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      int colon = line.lastIndexOf(':');
      if (colon < 0) {
        continue;
      }
      String device = line.substring(0, colon).trim();
      String[] values = line.substring(colon + 1).trim().split("\\s+");
      columns.forEach(
          (column, name) ->
              counters.put("dev." + device + "." + name, Long.parseLong(values[column])));
    }
    return counters;
  }

  /** {@code /proc/softirqs}, summed over all CPUs: {@code softirq.NET_RX}. */
  static Map<String, Long> softirqs(String text) {
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      long sum = 0;
      for (String value : line.substring(colon + 1).trim().split("\\s+")) {
        sum += Long.parseLong(value);
      }
      counters.put("softirq." + line.substring(0, colon).trim(), sum);
    }
    return counters;
  }

  /**
   * {@code /proc/net/softnet_stat}, hexadecimal, summed over all CPUs: packets taken from a backlog
   * or a device ({@code softnet.processed}), dropped because a backlog was full, times that the
   * budget ran out, and interrupts sent to other CPUs for RPS.
   */
  static Map<String, Long> softnet(String text) {
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      String[] values = line.trim().split("\\s+");
      if (values.length <= RECEIVED_RPS) {
        continue;
      }
      counters.merge("softnet.processed", Long.parseLong(values[0], 16), Long::sum);
      counters.merge("softnet.dropped", Long.parseLong(values[1], 16), Long::sum);
      counters.merge("softnet.time_squeeze", Long.parseLong(values[2], 16), Long::sum);
      counters.merge("softnet.received_rps", Long.parseLong(values[RECEIVED_RPS], 16), Long::sum);
    }
    return counters;
  }
}
