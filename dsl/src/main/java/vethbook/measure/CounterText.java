package vethbook.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the layouts in which Linux prints counters. */
final class CounterText {
  private static final int RECEIVED_RPS = 9;
  private static final int CPU = 12;

  /** Columns of a CPU's line (man 5 proc_stat). */
  private static final List<String> CPU_TIMES =
      List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

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

  /**
   * {@code /proc/net/snmp6}, a name and a value a line: {@code Ip6.InReceives}, as nstat groups.
   */
  static Map<String, Long> snmp6(String text) {
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.trim().split("\\s+");
      int group = words[0].indexOf('6') + 1;
      // a device's own file begins with its index; there is none here
      if (words.length == 2 && group > 0 && group < words[0].length()) {
        String name = words[0].substring(0, group) + "." + words[0].substring(group);
        counters.put(name, Long.parseLong(words[1]));
      }
    }
    return counters;
  }

  /**
   * {@code /proc/net/sockstat} and {@code sockstat6}: {@code sockstat.TCP.inuse}, which go down
   * too.
   */
  static Map<String, Long> sockstat(String text) {
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String[] words = line.substring(colon + 1).trim().split("\\s+");
      for (int i = 0; i + 1 < words.length; i += 2) {
        counters.put(
            "sockstat." + line.substring(0, colon) + "." + words[i], Long.parseLong(words[i + 1]));
      }
    }
    return counters;
  }

  /** {@code /proc/softirqs} by CPU: {@code softirq.NET_RX.cpu1}. */
  static Map<String, Long> softirqsByCpu(String text) {
    return byCpu(text, "softirq.");
  }

  /**
   * {@code /proc/interrupts} by CPU: {@code interrupt.LOC.cpu1} (local timer), {@code
   * interrupt.24.cpu0}.
   */
  static Map<String, Long> interrupts(String text) {
    return byCpu(text, "interrupt.");
  }

  /** A table whose first line names the CPUs; lines with fewer numbers are of the whole machine. */
  private static Map<String, Long> byCpu(String text, String prefix) {
    Map<String, Long> counters = new TreeMap<>();
    String[] lines = text.split("\n", -1);
    String[] cpus = lines[0].trim().toLowerCase(Locale.ROOT).split("\\s+");
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String name = prefix + line.substring(0, colon).trim();
      String[] words = line.substring(colon + 1).trim().split("\\s+");
      for (int i = 0; i < cpus.length && i < words.length && isNumber(words[i]); i++) {
        counters.put(name + "." + cpus[i], Long.parseLong(words[i]));
      }
    }
    return counters;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(Character::isDigit);
  }

  /** {@code /proc/net/softnet_stat} by CPU: {@code softnet.processed.cpu1}. */
  static Map<String, Long> softnetByCpu(String text) {
    Map<String, Long> counters = new TreeMap<>();
    int line = 0;
    for (String row : text.split("\n")) {
      String[] values = row.trim().split("\\s+");
      if (values.length > RECEIVED_RPS) {
        // offline CPUs have no line; since Linux 5.10 each line says its CPU
        long cpu = values.length > CPU ? Long.parseLong(values[CPU], 16) : line;
        softnet(row).forEach((name, value) -> counters.put(name + ".cpu" + cpu, value));
        line++;
      }
    }
    return counters;
  }

  /**
   * {@code /proc/stat}: {@code cpu1.softirq} and its like in ticks of 10 ms, {@code stat.ctxt}
   * (context switches), {@code stat.processes} (forks).
   */
  static Map<String, Long> stat(String text) {
    Map<String, Long> counters = new TreeMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.trim().split("\\s+");
      if (words[0].matches("cpu\\d+")) {
        for (int i = 1; i < words.length && i <= CPU_TIMES.size(); i++) {
          counters.put(words[0] + "." + CPU_TIMES.get(i - 1), Long.parseLong(words[i]));
        }
      } else if (words[0].equals("ctxt") || words[0].equals("processes")) {
        counters.put("stat." + words[0], Long.parseLong(words[1]));
      }
    }
    return counters;
  }
}
