package vethbook.dsl;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.diagnose.Diagnosis;
import vethbook.diagnose.Search;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.CountedTime;
import vethbook.linux.process.Cpus;
import vethbook.tool.Ends;
import vethbook.tool.Netperf;
import vethbook.tool.NetperfTest;
import vethbook.tool.Ping;
import vethbook.tool.Priority;
import vethbook.tool.Tool;
import vethbook.tool.TrafficPlan;
import vethbook.tool.TrafficResult;
import vethbook.tool.builtin.BuiltInEngine;

/** The words that make traffic: finds both ends and the engine, and runs the test. */
final class TrafficWords {
  private static final Duration USUAL_TIME = Duration.ofSeconds(5);
  private static final String NETPERF = "netperf";

  /** Below it, the next request is later than the patience with a lost one. */
  private static final int LOWEST_RATE = 10;

  private final Lab lab;
  private final ToolsUsed used = new ToolsUsed();
  private @Nullable Integer priority;

  TrafficWords(Lab lab) {
    this.lab = lab;
  }

  /** What was measured with. */
  ToolsUsed used() {
    return used;
  }

  TrafficResult run(NetperfTest test, Options options) {
    lab.requireNoPlan("measure");
    End server = end(options, options.netns("from"));
    TrafficPlan plan =
        new TrafficPlan(
            test,
            options.netns("from").handle(),
            server.netns() == null ? null : server.netns().handle(),
            server.address(),
            options.time("time", USUAL_TIME),
            options.count("transactions", usualTransactions(test), 1),
            size(options, "request"),
            size(options, "response"),
            cpus(options, "clientCpus", TrafficPlan.defaultCpus(test, 0)),
            cpus(options, "serverCpus", TrafficPlan.defaultCpus(test, 1)),
            nice(options),
            options.count("rate", 0, LOWEST_RATE));
    if (isBuiltIn(options)) {
      return BuiltInEngine.run(plan);
    }
    used.add(Tool.NETPERF);
    return Netperf.run(plan);
  }

  /** In counted time a few round trips are as exact as many, which would take ten times as long. */
  private static int usualTransactions(NetperfTest test) {
    return CountedTime.isOn() && test.countsRoundTrips() ? CountedTime.ROUND_TRIPS : 0;
  }

  /** Bytes, which a count may say as well: {@code request: 100} and {@code request: 1.kib}. */
  private static int size(Options options, String name) {
    return options.is(name, DataSize.class) ? options.bytes(name, 1) : options.count(name, 1, 1);
  }

  private static boolean isBuiltIn(Options options) {
    if (!options.has("engine")) {
      return Netperf.version().isEmpty();
    }
    String engine = options.text("engine");
    if (!engine.equals(NETPERF) && !engine.equals(BuiltInEngine.NAME)) {
      throw new PlanException(
          "Cannot find engine '" + engine + "'",
          "it is '" + NETPERF + "' or '" + BuiltInEngine.NAME + "'");
    }
    return engine.equals(BuiltInEngine.NAME);
  }

  private static Set<Integer> cpus(Options options, String end, Set<Integer> usual) {
    String name = options.has(end) ? end : "cpus";
    if (!options.has(name)) {
      return usual;
    }
    return allowed(options.cpus(name));
  }

  /** These CPUs, if this process may use them. */
  static Set<Integer> allowed(Set<Integer> cpus) {
    if (!Cpus.allowed().containsAll(cpus)) {
      throw new PlanException(
          "Cannot run on cpus " + Cpus.list(cpus),
          "this process may use " + Cpus.list(Set.copyOf(Cpus.allowed())));
    }
    return cpus;
  }

  private synchronized int bestPriority() {
    if (priority == null) {
      priority = Priority.best();
    }
    return priority;
  }

  /**
   * Both ends of a run of a tool.
   *
   * @param usual the CPUs of client and server when none are said: those of this test of netperf's
   */
  Ends ends(Options options, NetperfTest usual) {
    lab.requireNoPlan("measure");
    Netns from = options.netns("from");
    End server = end(options, from);
    return new Ends(
        from.handle(),
        server.netns() == null ? null : server.netns().handle(),
        server.address(),
        cpus(options, "clientCpus", TrafficPlan.defaultCpus(usual, 0)),
        cpus(options, "serverCpus", TrafficPlan.defaultCpus(usual, 1)),
        nice(options));
  }

  int nice(Options options) {
    return options.has("nice") ? options.count("nice", 0, -20) : bestPriority();
  }

  Ping.Result ping(Options options) {
    lab.requireNoPlan("ping");
    used.add(Tool.PING);
    Netns from = options.netns("from");
    return Ping.run(
        new Ping.Plan(
            from.handle(),
            end(options, from).address(),
            options.count("count", 3, 1),
            options.time("interval", Duration.ofMillis(200)),
            options.time("timeout", Duration.ofSeconds(1)),
            options.bytes("size", 56),
            options.flag("dontFragment")));
  }

  /** Where packets between two namespaces get lost. */
  Diagnosis diagnose(Netns from, Options options, int port) {
    lab.requireNoPlan("diagnose");
    return Search.run(from, end(options, from).address(), port);
  }

  /**
   * The other end.
   *
   * @param netns where it is; null when the address belongs to no namespace of the lab
   */
  private record End(@Nullable Netns netns, InetAddress address) {}

  void requireNoPlan(String what) {
    lab.requireNoPlan(what);
  }

  /** Where something is, seen from a namespace. */
  InetAddress address(Object to, Netns from) {
    return end(to, from).address();
  }

  private End end(Options options, Netns from) {
    return end(options.value("to", "a netns such as server, a device or an address"), from);
  }

  private End end(Object to, Netns from) {
    if (to instanceof Netns netns) {
      return new End(netns, netns.addressFor(from));
    }
    if (to instanceof Device device) {
      return new End(
          device.netns(),
          device.addresses().stream()
              .findFirst()
              .map(Cidr::address)
              .orElseThrow(
                  () ->
                      new PlanException(
                          "Cannot reach " + device + ": it has no address",
                          "address " + device + ", '10.0.0.2/24' gives it one")));
    }
    if (to instanceof CharSequence text) {
      InetAddress address = Cidr.parseAddress(text.toString());
      return new End(owner(address), address);
    }
    throw new PlanException(
        "Cannot understand to: " + to,
        "it takes a netns, a device or an address such as '10.0.0.2'");
  }

  private @Nullable Netns owner(InetAddress address) {
    return lab.namespaces().stream()
        .filter(netns -> netns.addresses().stream().anyMatch(own -> own.address().equals(address)))
        .findFirst()
        .orElse(null);
  }
}
