package vethbook.dsl;

import groovy.lang.Closure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.dsl.LabBuilder.Times;
import vethbook.lab.Netns;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.rtnetlink.NewLink;
import vethbook.measure.Counters;

/**
 * How fast labs are built, against other ways to build the very same: a hub namespace and N leaf
 * namespaces, each with lo up, a veth pair to the hub, an address on both ends, both up, and a
 * default route. Interleaved, in changing order, in one run; before the next one starts, Linux has
 * removed what the last one left. Also: what a sample of the counters costs, and a command in a
 * namespace. Not a test; it takes three minutes and wants a quiet machine:
 *
 * <pre>
 * mvn -q -pl dsl -am test -Dquick -Dtest=LabBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>{@code -Dbuilders='C, rtnetlink|Vethbook, warm words'} (a pattern of their names) and {@code
 * -Dleaves=10,100} measure less.
 *
 * <p>Needs root. The others come from Debian: {@code gcc iproute2 python3-pyroute2 mininet}; one
 * that is not installed is left out, and the output says so.
 *
 * <p>The times are those of the work alone: a JVM's, Python's and the C program's start is left
 * out; bash is given {@code ip} to start, since that is how it works.
 *
 * <p>The same work: all build the lab above. Vethbook does two things besides. It switches off IPv6
 * duplicate address detection and router solicitations in each namespace; and it asks for veths of
 * one queue, where Linux's own choice costs more (see Wiring). "C, the same work" does both as
 * well; the first C program and the other builders take what Linux chooses.
 *
 * <p>Warm: the same words, compiled to a class once, have built {@link #WARM_UPS} labs of {@link
 * #WARM_UP_LEAVES} leaves; from about there on the JVM has compiled them to machine code and the
 * times fall no more. A new cell is compiled by Groovy and linked within the time, in such a JVM; a
 * first cell runs in a JVM that has just started, and loads classes besides.
 */
class LabBenchmark {
  private static final Map<Integer, Integer> ROUNDS =
      new LinkedHashMap<>(Map.of(10, 11, 100, 7, 1000, 3));
  private static final String CELL =
      """
      def build = { leaves ->
        def hub = netns 'hub'
        leaves.times { i ->
          def leaf = netns "leaf-$i"
          vethPair hub."v$i", leaf.eth0, subnet: "10.${i >> 14}.${i >> 6 & 255}.${i << 2 & 255}/30"
          leaf.route 'default', via: hub."v$i"
        }
      }
      """;
  private static final int WARM_UPS = 60;
  private static final int WARM_UP_LEAVES = 100;
  private static final Random ORDER = new Random(1);

  /** The lab in the words of a cell that is run for the first time. */
  static Times newCell(int leaves) {
    Cells cells = new Cells();
    long start = System.nanoTime();
    cells.run(CELL + "build " + leaves);
    long built = System.nanoTime();
    cells.close();
    return new Times(milliseconds(built - start), milliseconds(System.nanoTime() - built));
  }

  /** The same words again and again, compiled once. */
  static LabBuilder.Build sameWords() {
    Cells cells = new Cells();
    Closure<?> words = (Closure<?>) Objects.requireNonNull(cells.run(CELL));
    return leaves -> {
      long start = System.nanoTime();
      words.call(leaves);
      long built = System.nanoTime();
      cells.session().lab().reset();
      return new Times(milliseconds(built - start), milliseconds(System.nanoTime() - built));
    };
  }

  @Test
  void buildsLabs(@TempDir Path folder) throws Exception {
    List<LabBuilder> builders = new ArrayList<>();
    for (LabBuilder builder : LabBuilder.all(folder)) {
      if (!builder.name().matches(System.getProperty("builders", ".*"))) {
        continue;
      }
      if (builder.absence() == null) {
        builders.add(builder);
      } else {
        System.out.println("left out: " + builder.name() + ": " + builder.absence());
      }
    }
    for (LabBuilder builder : builders) {
      for (int i = 0; i < WARM_UPS && builder.name().equals(LabBuilder.OURS); i++) {
        builder.build().run(WARM_UP_LEAVES);
      }
    }
    try {
      for (String number : System.getProperty("leaves", "10,100,1000").split(",")) {
        int leaves = Integer.parseInt(number);
        compare(builders.stream().filter(builder -> builder.most() >= leaves).toList(), leaves);
      }
    } finally {
      removeNames();
    }
  }

  private static void compare(List<LabBuilder> builders, int leaves) throws Exception {
    Map<String, Series> all = new LinkedHashMap<>();
    builders.forEach(builder -> all.put(builder.name(), new Series(builder.removes())));
    List<LabBuilder> order = new ArrayList<>(builders);
    int rounds = ROUNDS.getOrDefault(leaves, 1);
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, ORDER);
      for (LabBuilder builder : order) {
        awaitLinux();
        Times times = builder.build().run(leaves);
        long done = System.nanoTime();
        awaitLinux();
        double gone = times.tearDown() + milliseconds(System.nanoTime() - done);
        Objects.requireNonNull(all.get(builder.name())).add(times, gone);
      }
    }
    report(all, leaves, rounds);
  }

  private static void report(Map<String, Series> all, int leaves, int rounds) {
    Series limit = all.values().iterator().next();
    Series own = all.getOrDefault(LabBuilder.OURS, limit);
    System.out.printf("%n%d leaves, medians of %d rounds (ms)%n", leaves, rounds);
    System.out.printf(
        "%-26s %10s %10s %10s %8s %10s  %s%n",
        "builder", "build", "tear-down", "until gone", "to C", "to ours", "tear-down is");
    all.forEach(
        (name, series) ->
            System.out.printf(
                "%-26s %10.1f %10.1f %10.1f %8.2f %10.2f  %s%n",
                name,
                median(series.build),
                median(series.tearDown),
                median(series.gone),
                median(series.build) / median(limit.build),
                median(series.build) / median(own.build),
                series.removes));
  }

  /** The times of one builder. */
  private static final class Series {
    private final String removes;
    private final List<Double> build = new ArrayList<>();
    private final List<Double> tearDown = new ArrayList<>();
    private final List<Double> gone = new ArrayList<>();

    Series(String removes) {
      this.removes = removes;
    }

    void add(Times times, double untilGone) {
      build.add(times.build());
      tearDown.add(times.tearDown());
      gone.add(untilGone);
    }
  }

  /**
   * Waits until Linux has removed all namespaces that were dropped before. It does so in order, in
   * the background: when a device in one that is dropped now is gone, the others are as well.
   */
  private static void awaitLinux() throws InterruptedException {
    try (NetnsHandle observer = NetnsHandle.create("observer")) {
      NetnsHandle last = NetnsHandle.create("last");
      observer
          .links()
          .create(
              NewLink.veth(
                  NewLink.of("w0", "veth", observer.fd()), NewLink.of("w1", "veth", last.fd())));
      last.close();
      while (observer.links().find("w0").isPresent()) {
        Thread.sleep(1);
      }
    }
  }

  /** What a script that was ended half-way has left. */
  private static void removeNames() throws IOException {
    String[] names = new java.io.File("/run/netns").list((folder, name) -> name.startsWith("vbb-"));
    for (String name : names == null ? new String[0] : names) {
      Command.of("ip", "netns", "del", name).run(Duration.ofSeconds(10));
    }
  }

  @Test
  void samplesCounters() {
    try (NetnsHandle netns = NetnsHandle.create("client");
        Counters counters = Counters.of(netns);
        Counters machine = Counters.machine()) {
      System.out.printf("%ncost of a counter sample, median (µs)%n");
      System.out.printf("  a namespace's %4d   %6.1f%n", counters.read().size(), cost(counters));
      System.out.printf("  the machine's %4d   %6.1f%n", machine.read().size(), cost(machine));
    }
  }

  private static double cost(Counters counters) {
    List<Double> microseconds = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      long start = System.nanoTime();
      counters.read();
      microseconds.add((System.nanoTime() - start) / 1e3);
    }
    return median(microseconds.subList(2500, 5000));
  }

  @Test
  void runsACommand() throws Exception {
    try (Cells cells = new Cells()) {
      Netns client = (Netns) cells.run("client = netns 'vbb-client'");
      cells.session().lab().publish();
      List<Double> ours = new ArrayList<>();
      List<Double> ip = new ArrayList<>();
      ProcessWords words = (ProcessWords) cells.run("this");
      for (int i = 0; i < 300; i++) {
        long start = System.nanoTime();
        words.run(client, "true");
        long between = System.nanoTime();
        new ProcessBuilder("ip", "netns", "exec", "vbb-client", "true").start().waitFor();
        ip.add(milliseconds(System.nanoTime() - between));
        ours.add(milliseconds(between - start));
      }
      double own = median(ours.subList(100, 300));
      double theirs = median(ip.subList(100, 300));
      System.out.printf(
          "%na command in a namespace, median (ms)%n  run(client, 'true') %.2f%n"
              + "  ip netns exec client true %.2f%n  ratio %.2f%n",
          own, theirs, own / theirs);
    }
  }

  private static double milliseconds(long nanoseconds) {
    return nanoseconds / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
