package vethbook.dsl;

import groovy.lang.Closure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.process.Folders;
import vethbook.tool.Fping;
import vethbook.tool.Iperf3;
import vethbook.tool.Iperf3Result;
import vethbook.tool.NetperfTest;
import vethbook.tool.Perf;
import vethbook.tool.Redis;
import vethbook.tool.Sockperf;
import vethbook.tool.Tcpdump;
import vethbook.tool.Tool;
import vethbook.tool.WebServer;
import vethbook.tool.Wrk;

/** What {@link ToolWords} do: reads their options and runs the tools. */
final class Tools implements AutoCloseable {
  private static final Duration USUAL_TIME = Duration.ofSeconds(5);
  private static final int MOST_PORT = 65_535;
  private static final int USUAL_MESSAGE = 64;
  private static final int USUAL_CONNECTIONS = 8;

  /** As redis-benchmark has it. */
  private static final int USUAL_CLIENTS = 50;

  private static final int USUAL_REQUESTS = 100_000;
  private static final int USUAL_VALUE = 3;
  private static final int USUAL_PING = 56;
  private static final int USUAL_SNAP = 256;
  private static final int MOST_PACKETS = 10_000;

  /** A prime number: it does not keep step with Linux's own timers. */
  private static final int USUAL_FREQUENCY = 997;

  private final TrafficWords traffic;
  private final List<WebServer> webServers = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  Tools(TrafficWords traffic) {
    this.traffic = traffic;
  }

  Iperf3Result iperf3(Options options) {
    traffic.used().add(Tool.IPERF3);
    return Iperf3.run(
        new Iperf3.Plan(
            traffic.ends(options, NetperfTest.TCP_STREAM),
            port(options, Iperf3.PORT),
            options.time("time", USUAL_TIME),
            options.time("omit", Duration.ZERO),
            options.time("interval", Duration.ofSeconds(1)),
            options.count("streams", 1, 1),
            options.flag("reverse"),
            options.flag("udp"),
            8 * options.bytesPerSecond("rate", 0),
            options.bytes("length", 0),
            options.has("congestion") ? options.text("congestion") : "",
            options.bytes("window", 0),
            options.bytes("mss", 0)));
  }

  Sockperf.Result sockperf(Options options) {
    traffic.used().add(Tool.SOCKPERF);
    Sockperf.Mode mode = options.choice("mode", Sockperf.Mode.class, Sockperf.Mode.PING_PONG);
    boolean isThroughput = mode == Sockperf.Mode.THROUGHPUT;
    return Sockperf.run(
        new Sockperf.Plan(
            traffic.ends(options, isThroughput ? NetperfTest.UDP_STREAM : NetperfTest.UDP_RR),
            port(options, Sockperf.PORT),
            mode,
            options.flag("tcp"),
            options.time("time", USUAL_TIME),
            options.bytes("size", USUAL_MESSAGE),
            options.count("messagesPerSecond", 0, 1),
            options.count("processes", 1, 1)));
  }

  Wrk.Result wrk(Options options) {
    traffic.used().add(Tool.WRK, Tool.NGINX);
    String path = options.has("path") ? options.text("path") : "/";
    return Wrk.run(
        new Wrk.Plan(
            traffic.ends(options, NetperfTest.TCP_STREAM),
            port(options, Wrk.PORT),
            path.startsWith("/") ? path : "/" + path,
            options.count("threads", 1, 1),
            options.count("connections", USUAL_CONNECTIONS, 1),
            options.time("time", USUAL_TIME),
            options.bytes("body", WebServer.BODY_BYTES)));
  }

  Redis.Result redisBenchmark(Options options) {
    traffic.used().add(Tool.REDIS_BENCHMARK, Tool.REDIS_SERVER);
    return Redis.run(
        new Redis.Plan(
            traffic.ends(options, NetperfTest.TCP_STREAM),
            port(options, Redis.PORT),
            options.has("test") ? options.text("test") : "get",
            options.count("clients", USUAL_CLIENTS, 1),
            options.count("requests", USUAL_REQUESTS, 1),
            options.bytes("size", USUAL_VALUE),
            options.count("pipeline", 1, 1)));
  }

  WebServer nginx(Netns netns, Options options) {
    traffic.used().add(Tool.NGINX);
    WebServer.Plan plan =
        new WebServer.Plan(
            netns.handle(),
            port(options, Wrk.PORT),
            options.count("workers", 1, 1),
            options.bytes("body", WebServer.BODY_BYTES),
            TrafficWords.allowed(options.cpus("cpus")),
            traffic.nice(options));
    synchronized (webServers) {
      for (WebServer server : List.copyOf(webServers)) {
        boolean isSamePlace =
            server.plan().netns() == netns.handle() && server.plan().port() == plan.port();
        if (isSamePlace && server.isAlive() && server.plan().equals(plan)) {
          return server;
        }
        if (isSamePlace || !server.isAlive()) {
          server.close();
          webServers.remove(server);
        }
      }
      WebServer server = WebServer.start(plan);
      webServers.add(server);
      return server;
    }
  }

  Fping.Result fping(Options options) {
    traffic.used().add(Tool.FPING);
    Netns from = options.netns("from");
    options.value("to", "namespaces, devices or addresses: [server, '10.0.0.9']");
    return Fping.run(
        new Fping.Plan(
            from.handle(),
            options.all("to").stream().map(to -> traffic.address(to, from)).toList(),
            options.count("count", 3, 1),
            options.time("interval", Duration.ofMillis(100)),
            options.time("timeout", Duration.ofSeconds(1)),
            options.bytes("size", USUAL_PING)));
  }

  CapturedPackets capture(Options options, Object... devicesAndBlock) {
    traffic.requireNoPlan("capture packets");
    traffic.used().add(Tool.TCPDUMP);
    List<Object> words = Arrays.asList(devicesAndBlock);
    if (words.size() < 2 || !(words.get(words.size() - 1) instanceof Closure<?> block)) {
      throw new PlanException(
          "Cannot capture without devices and a block",
          "say capture(client.eth0, filter: 'icmp') { ping from: client, to: server }");
    }
    List<Tcpdump.Hop> hops = new ArrayList<>();
    for (Object word : words.subList(0, words.size() - 1)) {
      if (!(word instanceof Device device)) {
        throw new PlanException(
            "Cannot capture at " + word, "it takes devices: capture(client.eth0) { ... }");
      }
      hops.add(
          new Tcpdump.Hop(device.netns().handle(), device.name(), CapturedPackets.name(device)));
    }
    Path folder = Folders.make("capture");
    synchronized (folders) {
      folders.add(folder);
    }
    String filter = options.has("filter") ? options.text("filter") : "";
    int kept = options.flag("whole") ? 0 : USUAL_SNAP;
    try (Tcpdump tcpdump =
        Tcpdump.start(hops, filter, kept, options.count("most", MOST_PACKETS, 1), folder)) {
      Object value = block.call();
      return new CapturedPackets(tcpdump.end(), value);
    }
  }

  PerfCounts perfStat(Options options, Closure<?> block) {
    traffic.requireNoPlan("count events");
    traffic.used().add(Tool.PERF);
    try (Perf perf = Perf.stat(events(options), TrafficWords.allowed(options.cpus("cpus")))) {
      long begin = System.nanoTime();
      Object value = block.call();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return new PerfCounts(perf.counts(), took, value);
    }
  }

  private static Map<String, String> events(Options options) {
    Map<String, String> events = new LinkedHashMap<>();
    if (options.is("events", Map.class)) {
      events.putAll(options.map("events"));
    } else {
      List<String> names = options.has("events") ? options.texts("events") : Perf.EVENTS;
      names.forEach(name -> events.put(name, ""));
    }
    return events;
  }

  HotFunctions perfRecord(Options options, Closure<?> block) {
    traffic.requireNoPlan("look where the time goes");
    traffic.used().add(Tool.PERF);
    int frequency = options.count("frequency", USUAL_FREQUENCY, 1);
    try (Perf perf = Perf.record(TrafficWords.allowed(options.cpus("cpus")), frequency)) {
      Object value = block.call();
      return new HotFunctions(perf.hotFunctions(), value);
    }
  }

  /** Ends what words have started to stay. */
  @Override
  public void close() {
    synchronized (webServers) {
      webServers.forEach(WebServer::close);
      webServers.clear();
    }
    synchronized (folders) {
      folders.forEach(Folders::delete);
      folders.clear();
    }
  }

  private static int port(Options options, int usual) {
    int port = options.count("port", usual, 1);
    if (port > MOST_PORT) {
      throw new PlanException("Cannot use port " + port, "ports are 1 to 65535");
    }
    return port;
  }
}
