package vethbook.tool.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;
import vethbook.tool.TrafficPlan;
import vethbook.tool.TrafficResult;

/**
 * Serves netperf's tests without netperf, in the same namespaces, so that a notebook runs on any
 * machine. Its results say {@code built-in} and are never compared with netperf's.
 */
public final class BuiltInEngine {
  /** As results name it. */
  public static final String NAME = "built-in";

  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final Duration COUNTED_LIMIT = Duration.ofMinutes(10);

  private BuiltInEngine() {}

  /**
   * Runs one test to its end. An interrupt of the calling thread ends it at once.
   *
   * @throws ExperimentException when the server cannot be reached within three seconds
   */
  public static TrafficResult run(TrafficPlan plan) {
    NetnsHandle server = plan.server();
    if (server == null) {
      throw new ExperimentException(
          "Cannot measure " + plan + " with the built-in engine: it has no server there",
          null,
          null,
          "name a netns of this lab: to: server",
          null);
    }
    requireRate(plan);
    Meter meter = new Meter(plan);
    try (Traffic traffic = traffic(plan, meter)) {
      int port = listen(plan, server, traffic);
      InetSocketAddress at = new InetSocketAddress(plan.address(), port);
      CompletableFuture<Void> served =
          start(server, "built-in server", plan.serverCpus(), traffic::serve);
      CompletableFuture<Void> driven =
          start(plan.client(), "built-in client", plan.clientCpus(), () -> traffic.drive(at));
      await(plan, driven, served, traffic);
      return result(plan, traffic, meter);
    }
  }

  private static void requireRate(TrafficPlan plan) {
    if (plan.intendedRate() > 0 && !plan.test().countsRoundTrips()) {
      throw new ExperimentException(
          "Cannot run " + plan + " at " + plan.intendedRate() + " round trips per second",
          null,
          plan.test() + " has no round trips",
          "leave rate: out",
          null);
    }
  }

  private static int listen(TrafficPlan plan, NetnsHandle server, Traffic traffic) {
    try {
      return server.call(() -> traffic.listen(new InetSocketAddress(plan.address(), 0)));
    } catch (UncheckedIOException e) {
      throw failure(plan, e.getCause());
    }
  }

  private static Traffic traffic(TrafficPlan plan, Meter meter) {
    return switch (plan.test()) {
      case TCP_RR -> new TcpRoundTrips(plan, meter);
      case TCP_CRR -> new TcpConnections(plan, meter);
      case TCP_STREAM, TCP_MAERTS -> new TcpStream(plan);
      case UDP_RR -> new UdpRoundTrips(plan, meter);
      case UDP_STREAM -> new UdpStream(plan);
    };
  }

  /** A task that may fail as sockets do. */
  private interface Work {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> start(
      NetnsHandle netns, String name, Set<Integer> cpus, Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    netns.start(
        name,
        () -> {
          try {
            if (!cpus.isEmpty()) {
              Cpus.pinCurrentThread(cpus);
            }
            work.run();
            done.complete(null);
          } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private static void await(
      TrafficPlan plan,
      CompletableFuture<Void> driven,
      CompletableFuture<Void> served,
      Traffic traffic) {
    Duration limit = plan.transactions() > 0 ? COUNTED_LIMIT : plan.duration().plus(SLACK);
    try {
      driven.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(plan, cause(served, e.getCause()));
    } catch (TimeoutException e) {
      traffic.close();
      throw failure(plan, new IOException("not done after " + limit.toSeconds() + " s"));
    } catch (InterruptedException e) {
      traffic.close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted: ended " + plan);
    }
  }

  /** The server's own failure explains the client's. */
  private static Throwable cause(CompletableFuture<Void> served, Throwable driven) {
    if (served.isCompletedExceptionally()) {
      Throwable theirs = served.handle((done, failure) -> failure).join();
      driven.addSuppressed(theirs);
    }
    return driven;
  }

  private static ExperimentException failure(TrafficPlan plan, Throwable cause) {
    String said =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ExperimentException(
        "Cannot measure " + plan + " with the built-in engine",
        "linux",
        said,
        "try 'ping from: ..., to: ...' and look at the routes: lab",
        cause);
  }

  private static TrafficResult result(TrafficPlan plan, Traffic traffic, Meter meter) {
    boolean roundTrips = plan.test().countsRoundTrips();
    return new TrafficResult(
        plan.test(),
        NAME,
        traffic.value(),
        roundTrips ? latencies(meter.histogram()) : Map.of(),
        others(plan, traffic),
        roundTrips ? meter.transactions() : 0,
        Cpus.list(plan.clientCpus()),
        Cpus.list(plan.serverCpus()),
        0,
        roundTrips ? log(meter.histogram()) : "");
  }

  private static Map<String, Double> others(TrafficPlan plan, Traffic traffic) {
    Map<String, Double> others = new LinkedHashMap<>(traffic.others());
    if (plan.intendedRate() > 0) {
      others.put("intended rate (transactions/s)", (double) plan.intendedRate());
    }
    return others;
  }

  /** All times in ns, in HdrHistogram's own format of logs. */
  private static String log(Histogram histogram) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer = new HistogramLogWriter(new PrintStream(bytes, true, UTF_8));
    writer.outputLogFormatVersion();
    writer.outputLegend();
    writer.outputIntervalHistogram(0, 0, histogram, 1000);
    return bytes.toString(UTF_8);
  }

  private static Map<String, Double> latencies(Histogram histogram) {
    Map<String, Double> micros = new LinkedHashMap<>();
    micros.put("mean", histogram.getMean() / 1000);
    micros.put("p50", histogram.getValueAtPercentile(50) / 1000.0);
    micros.put("p90", histogram.getValueAtPercentile(90) / 1000.0);
    micros.put("p99", histogram.getValueAtPercentile(99) / 1000.0);
    micros.put("p99.9", histogram.getValueAtPercentile(99.9) / 1000.0);
    micros.put("max", histogram.getMaxValue() / 1000.0);
    return micros;
  }
}
