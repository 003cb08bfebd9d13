package vethbook.tool;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.NewLink;
import vethbook.measure.Change;
import vethbook.measure.Experiment;
import vethbook.measure.Measurement;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.tool.builtin.BuiltInEngine;

/**
 * How fast the built-in engine's round trips are against netperf's, over the same veth pair,
 * interleaved, both ends on one CPU, at the same priority. Not a test; it takes a minute:
 *
 * <pre>
 * mvn -q -pl dsl -am test -Dquick -Dtest=EngineBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>{@code -Dtest.jvm.args=-Drounds=20} changes the number of rounds.
 */
class EngineBenchmark {
  private final NetnsHandle client = NetnsHandle.create("client");
  private final NetnsHandle server = NetnsHandle.create("server");

  @Test
  void compareTheEngines() {
    client
        .links()
        .create(
            NewLink.veth(
                NewLink.of("eth0", "veth", client.fd()), NewLink.of("eth0", "veth", server.fd())));
    address(client, "10.7.8.1/24");
    address(server, "10.7.8.2/24");
    try (client;
        server) {
      for (NetperfTest test : new NetperfTest[] {NetperfTest.TCP_RR, NetperfTest.UDP_RR}) {
        report(test, compare(test));
      }
    }
  }

  private static void address(NetnsHandle netns, String cidr) {
    Link link = netns.links().find("eth0").orElseThrow();
    netns.addresses().add(link.index(), Cidr.parse(cidr));
    netns.links().setUp(link.index(), true);
  }

  private Results compare(NetperfTest test) {
    TrafficPlan plan =
        TrafficPlan.of(test, client, server, Cidr.parseAddress("10.7.8.2"), Duration.ofSeconds(1));
    return Experiment.of("Is the built-in engine as fast as netperf?", "netperf")
        .rounds(Integer.getInteger("rounds", 10))
        .setting("netperf", () -> measurement(Netperf.run(plan)))
        .setting("built-in", () -> measurement(BuiltInEngine.run(plan)))
        .run(progress -> {});
  }

  /** Under one engine's name, since here the engines themselves are compared. */
  private static Measurement measurement(TrafficResult result) {
    return Measurement.of(Metric.TRANSACTION_RATE, result.value(), "either")
        .with(Metric.latency("p50"), result.latencies().get("p50"));
  }

  private static void report(NetperfTest test, Results results) {
    Change change = results.compare().change("built-in").orElseThrow();
    System.out.printf("%s, both ends on cpu %s, %d rounds:%n", test, cpus(test), results.planned());
    for (String setting : results.settings()) {
      System.out.printf(
          "  %-8s  median %.0f/s  best %.0f/s  p50 %.1f µs%n",
          setting,
          results.summary(setting).median(),
          results.summary(setting).best(),
          results.summary(setting, Metric.latency("p50")).median());
    }
    System.out.printf(
        "  ratio %.3f (95 %% interval %.3f to %.3f): %s%n",
        1 + change.relative(),
        1 + change.interval().low(),
        1 + change.interval().high(),
        change.text());
    results.warnings().forEach(warning -> System.out.println("  " + warning.text()));
  }

  private static String cpus(NetperfTest test) {
    Set<Integer> cpus = TrafficPlan.defaultCpus(test, 0);
    return Cpus.list(cpus);
  }
}
