package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.tool.Iperf3;
import vethbook.tool.Iperf3Result;
import vethbook.tool.NetperfTest;
import vethbook.tool.Redis;
import vethbook.tool.Sockperf;
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

  private final TrafficWords traffic;
  private final List<WebServer> webServers = new ArrayList<>();

  Tools(TrafficWords traffic) {
    this.traffic = traffic;
  }

  Iperf3Result iperf3(Options options) {
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

  /** Ends what words have started to stay. */
  @Override
  public void close() {
    synchronized (webServers) {
      webServers.forEach(WebServer::close);
      webServers.clear();
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
