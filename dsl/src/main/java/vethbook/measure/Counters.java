package vethbook.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;

/**
 * Linux's own counters, by name, of a network namespace or of the whole machine.
 *
 * <p>The files are opened once, inside the namespace, and then read from any thread: a file of
 * {@code /proc/thread-self/net} stays with the namespace in which it was opened. A reading takes
 * less than 0.2 ms.
 *
 * <p>A namespace has {@code TcpExt.TCPFastRetrans} and its like ({@code /proc/net/snmp}, {@code
 * /proc/net/netstat}; man 8 nstat) and {@code dev.eth0.rx_packets}. The machine has {@code
 * softirq.NET_RX} ({@code /proc/softirqs}) and {@code softnet.processed} ({@code
 * /proc/net/softnet_stat}); other traffic on the machine counts in them.
 */
public final class Counters implements AutoCloseable {
  private final List<Part> parts;

  private Counters(List<Part> parts) {
    this.parts = parts;
  }

  /** The counters of a namespace. Does not keep the namespace alive once it is closed. */
  public static Counters of(NetnsHandle netns) {
    return netns.call(
        () ->
            new Counters(
                List.of(
                    Part.open("/proc/thread-self/net/snmp", CounterText::namesAndValues),
                    Part.open("/proc/thread-self/net/netstat", CounterText::namesAndValues),
                    Part.open("/proc/thread-self/net/dev", CounterText::devices))));
  }

  /** The counters that Linux keeps for the machine as a whole. */
  public static Counters machine() {
    return new Counters(
        List.of(
            Part.open("/proc/softirqs", CounterText::softirqs),
            Part.open("/proc/net/softnet_stat", CounterText::softnet)));
  }

  /** All counters as they stand now. */
  public Map<String, Long> read() {
    Map<String, Long> all = new TreeMap<>();
    parts.forEach(part -> all.putAll(part.read()));
    return all;
  }

  /**
   * One counter as it stands now.
   *
   * @param name such as {@code TcpExt.TCPFastRetrans}
   * @throws ExperimentException when there is none of this name, with the nearest names
   */
  public long read(String name) {
    Map<String, Long> all = read();
    Long value = all.get(name);
    if (value == null) {
      List<String> near = Nearest.of(name, all.keySet());
      throw new ExperimentException(
          "Cannot read counter " + name + ": Linux has none of this name here",
          null,
          null,
          near.isEmpty() ? null : "did you mean " + String.join(" or ", near) + "?",
          null);
    }
    return value;
  }

  /** By how much each counter grew; one that appeared in between counts from zero. */
  public static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> grown = new TreeMap<>();
    after.forEach((name, value) -> grown.put(name, value - before.getOrDefault(name, 0L)));
    return grown;
  }

  @Override
  public void close() {
    new ArrayList<>(parts).forEach(part -> part.file().close());
  }

  private record Part(ProcFile file, Function<String, Map<String, Long>> layout) {
    static Part open(String path, Function<String, Map<String, Long>> layout) {
      return new Part(ProcFile.open(path), layout);
    }

    Map<String, Long> read() {
      return layout.apply(file.read());
    }
  }
}
