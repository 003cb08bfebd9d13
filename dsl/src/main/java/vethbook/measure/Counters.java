package vethbook.measure;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/**
 * Linux's own counters, by name, of a network namespace or of the whole machine.
 *
 * <p>The files are opened once, inside the namespace, and then read from any thread: a file of
 * {@code /proc/thread-self/net} stays with the namespace in which it was opened. A reading takes
 * less than 0.3 ms.
 *
 * <p>A namespace has {@code TcpExt.TCPFastRetrans} and its like ({@code /proc/net/snmp}, {@code
 * snmp6}, {@code netstat}; man 8 nstat), {@code dev.eth0.rx_packets} and {@code
 * sockstat.TCP.inuse}. The machine has {@code softirq.NET_RX} ({@code /proc/softirqs}) and {@code
 * softnet.processed} ({@code /proc/net/softnet_stat}); other traffic on the machine counts in them.
 */
public final class Counters implements AutoCloseable {
  private static final String NET = "/proc/thread-self/net/";

  private final List<Part> parts;

  private Counters(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** The counters of a namespace. Does not keep the namespace alive once it is closed. */
  public static Counters of(NetnsHandle netns) {
    return netns.call(() -> new Counters(files()));
  }

  /**
   * Those, and what its drivers ({@code ethtool.eth0.rx_queue_0_xdp_packets}) and the rules of nft
   * ({@code nft.ip.nat.output.4.packets}) count. A reading takes some milliseconds and runs nft
   * where it is installed.
   */
  public static Counters withDriversAndRules(NetnsHandle netns) {
    List<Part> parts = new ArrayList<>(netns.call(Counters::files));
    parts.add(Part.of(() -> DeviceCounts.read(netns)));
    if (Command.find("nft").isPresent()) {
      parts.add(Part.of(() -> RuleCounts.read(netns)));
    }
    return new Counters(parts);
  }

  private static List<Part> files() {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.open(NET + "snmp", CounterText::namesAndValues));
    parts.add(Part.open(NET + "netstat", CounterText::namesAndValues));
    parts.add(Part.open(NET + "dev", CounterText::devices));
    parts.add(Part.open(NET + "sockstat", CounterText::sockstat));
    if (new File(NET + "snmp6").exists()) { // a Linux without IPv6 has none
      parts.add(Part.open(NET + "snmp6", CounterText::snmp6));
      parts.add(Part.open(NET + "sockstat6", CounterText::sockstat));
    }
    return parts;
  }

  /** The counters that Linux keeps for the machine as a whole. */
  public static Counters machine() {
    return new Counters(
        List.of(
            Part.open("/proc/softirqs", CounterText::softirqs),
            Part.open("/proc/net/softnet_stat", CounterText::softnet)));
  }

  /**
   * What an experiment reads around each run: the machine's, and of each namespace a chosen set, by
   * {@code client:TcpExt.TCPFastRetrans}. A reading takes 0.1 ms for each namespace.
   *
   * @param namespaces by name
   * @param more which others of a namespace, besides {@link RunCounters#USUAL}
   */
  public static Counters ofRun(Map<String, NetnsHandle> namespaces, Predicate<String> more) {
    Predicate<String> wanted = RunCounters.USUAL.or(more);
    List<Part> parts = new ArrayList<>(machine().parts);
    namespaces.forEach((name, netns) -> parts.add(new NetnsPart(name, of(netns), wanted)));
    return new Counters(parts);
  }

  /**
   * Those of the machine, and each of them by CPU, with interrupts and the time that each CPU
   * spent: {@code softnet.processed.cpu1}, {@code interrupt.LOC.cpu0}, {@code cpu1.softirq} (ticks
   * of 10 ms).
   */
  public static Counters machineByCpu() {
    return new Counters(
        List.of(
            Part.open("/proc/softirqs", CounterText::softirqs),
            Part.open("/proc/softirqs", CounterText::softirqsByCpu),
            Part.open("/proc/net/softnet_stat", CounterText::softnet),
            Part.open("/proc/net/softnet_stat", CounterText::softnetByCpu),
            Part.open("/proc/interrupts", CounterText::interrupts),
            Part.open("/proc/stat", CounterText::stat)));
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
    return CounterNames.value(name, read());
  }

  /** By how much each counter grew; one that appeared in between counts from zero. */
  public static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> grown = new TreeMap<>();
    after.forEach((name, value) -> grown.put(name, value - before.getOrDefault(name, 0L)));
    return grown;
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }

  /** Some of the counters, from one place. */
  private interface Part {
    Map<String, Long> read();

    void close();

    static Part open(String path, Function<String, Map<String, Long>> layout) {
      return new FilePart(ProcFile.open(path), layout);
    }

    static Part of(Supplier<Map<String, Long>> reading) {
      return new ReadPart(reading);
    }
  }

  private record FilePart(ProcFile file, Function<String, Map<String, Long>> layout)
      implements Part {
    @Override
    public Map<String, Long> read() {
      return layout.apply(file.read());
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private record NetnsPart(String name, Counters counters, Predicate<String> wanted)
      implements Part {
    @Override
    public Map<String, Long> read() {
      Map<String, Long> chosen = new TreeMap<>();
      counters
          .read()
          .forEach(
              (counter, value) -> {
                if (wanted.test(counter)) {
                  chosen.put(name + ":" + counter, value);
                }
              });
      return chosen;
    }

    @Override
    public void close() {
      counters.close();
    }
  }

  private record ReadPart(Supplier<Map<String, Long>> reading) implements Part {
    @Override
    public Map<String, Long> read() {
      return reading.get();
    }

    @Override
    public void close() {
      // it holds nothing open
    }
  }
}
