package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.NewLink;
import vethbook.tool.builtin.BuiltInEngine;

class TrafficLinuxIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final NetnsHandle client = NetnsHandle.create("client");
  private final NetnsHandle server = NetnsHandle.create("server");

  @BeforeEach
  void wire() {
    client
        .links()
        .create(
            NewLink.veth(
                NewLink.of("eth0", "veth", client.fd()), NewLink.of("eth0", "veth", server.fd())));
    address(client, "10.7.7.1/24");
    address(server, "10.7.7.2/24");
  }

  private static void address(NetnsHandle netns, String cidr) {
    Link link = netns.links().find("eth0").orElseThrow();
    netns.addresses().add(link.index(), Cidr.parse(cidr));
    netns.links().setUp(link.index(), true);
  }

  @AfterEach
  void dropNamespaces() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(NetperfTest.class)
  void theBuiltInEngineServesEachTest(NetperfTest test) {
    check(BuiltInEngine.run(plan(test)), "built-in");
  }

  @ParameterizedTest
  @EnumSource(NetperfTest.class)
  void netperfServesEachTest(NetperfTest test) {
    requireNetperf();
    TrafficResult result = Netperf.run(plan(test));
    check(result, "netperf " + Netperf.version().orElseThrow());
    assertThat(result.raw()).contains("THROUGHPUT=");
    assertThat(processes("netserver")).isEmpty();
  }

  private static void check(TrafficResult result, String engine) {
    assertThat(result.engine()).isEqualTo(engine);
    assertThat(result.value()).isGreaterThan(result.test().countsRoundTrips() ? 100 : 1e6);
    if (result.test().countsRoundTrips()) {
      assertThat(result.latencies()).containsKeys("mean", "p50", "p90", "p99", "max");
      assertThat(result.latencies().get("p50")).isBetween(1.0, result.latencies().get("max"));
      assertThat(result.transactions()).isGreaterThan(100);
    }
    assertThat(result.toString()).contains(engine).contains("cpus");
  }

  @Test
  void countsTransactionsInsteadOfTime() {
    TrafficPlan counted = counted(700);
    assertThat(BuiltInEngine.run(counted).transactions()).isBetween(5700L, 5800L);
    requireNetperf();
    assertThat(Netperf.run(counted).transactions()).isBetween(690L, 710L);
  }

  private TrafficPlan counted(long transactions) {
    TrafficPlan by = plan(NetperfTest.TCP_RR);
    return new TrafficPlan(
        by.test(),
        client,
        server,
        by.address(),
        SECOND,
        transactions,
        1,
        1,
        by.clientCpus(),
        by.serverCpus(),
        0);
  }

  @Test
  void largerMessagesPassWhole() {
    TrafficPlan by = plan(NetperfTest.TCP_RR);
    TrafficPlan large =
        new TrafficPlan(
            by.test(),
            client,
            server,
            by.address(),
            SECOND,
            0,
            200_000,
            70_000,
            by.clientCpus(),
            by.serverCpus(),
            0);
    assertThat(BuiltInEngine.run(large).value()).isGreaterThan(10);
  }

  @Test
  void anAddressThatNobodyHasIsOneErrorWithinSeconds() {
    long before = System.nanoTime();
    TrafficPlan nobody =
        TrafficPlan.of(NetperfTest.TCP_RR, client, server, Cidr.parseAddress("10.7.7.99"), SECOND);
    assertThatThrownBy(() -> BuiltInEngine.run(nobody)).isInstanceOf(ExperimentException.class);
    requireNetperf();
    assertThatThrownBy(() -> Netperf.run(nobody))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("nobody answers at port 12865");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    assertThat(processes("netserver")).isEmpty();
  }

  @Test
  void packetsLostWithoutAWordDoNotHangEither() {
    server
        .addresses()
        .add(server.links().find("lo").orElseThrow().index(), Cidr.parse("10.9.9.9/32"));
    Command.of("ip", "route", "add", "blackhole", "10.7.7.1/32")
        .in(server)
        .run(Duration.ofSeconds(5));
    long before = System.nanoTime();
    requireNetperf();
    assertThatThrownBy(() -> Netperf.run(plan(NetperfTest.TCP_RR)))
        .hasMessageContaining("nobody answers");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @EnumSource(NetperfTest.class)
  void anInterruptEndsTheBuiltInEngineAtOnce(NetperfTest test) throws Exception {
    TrafficPlan longRun =
        TrafficPlan.of(test, client, server, Cidr.parseAddress("10.7.7.2"), Duration.ofSeconds(60));
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread runner =
        new Thread(
            () -> {
              try {
                BuiltInEngine.run(longRun);
              } catch (ExperimentException e) {
                ended.set(e);
              }
            });
    runner.start();
    Thread.sleep(500);
    long before = System.nanoTime();
    runner.interrupt();
    runner.join(5000);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(400));
    assertThat(ended.get()).hasMessageContaining("Interrupted");
  }

  @Test
  void aNamespaceWithLoopbackOnlyIsExplained() {
    requireNetperf();
    try (NetnsHandle alone = NetnsHandle.create("alone")) {
      TrafficPlan plan =
          TrafficPlan.of(NetperfTest.TCP_RR, alone, alone, Cidr.parseAddress("127.0.0.1"), SECOND);
      assertThatThrownBy(() -> Netperf.run(plan))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("loopback addresses only");
      assertThat(BuiltInEngine.run(plan).value()).isGreaterThan(100);
    }
    assertThat(processes("netserver")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(NetperfTest.class)
  void bothEnginesServeIpv6(NetperfTest test) {
    address(client, "fd00:7::1/64");
    address(server, "fd00:7::2/64");
    TrafficPlan plan = TrafficPlan.of(test, client, server, Cidr.parseAddress("fd00:7::2"), SECOND);
    check(BuiltInEngine.run(plan), "built-in");
    requireNetperf();
    check(Netperf.run(plan), "netperf " + Netperf.version().orElseThrow());
  }

  @Test
  void pingTellsWhatCameBack() {
    Ping.Result answered = Ping.run(ping("10.7.7.2", 3));
    assertThat(answered.received()).isEqualTo(3);
    assertThat(answered.meanMicros()).isBetween(answered.minMicros(), answered.maxMicros());
    assertThat(answered.toString()).contains("3 of 3 answered");

    Ping.Result nobody = Ping.run(ping("10.7.7.99", 1));
    assertThat(nobody.isAnswered()).isFalse();
    Ping.Result noRoute = Ping.run(ping("192.0.2.1", 1));
    assertThat(noRoute.isAnswered()).isFalse();
    assertThat(noRoute.trouble()).containsIgnoringCase("unreachable");
  }

  private Ping.Plan ping(String to, int count) {
    return new Ping.Plan(
        client, Cidr.parseAddress(to), count, Duration.ofMillis(50), SECOND, 56, false);
  }

  private TrafficPlan plan(NetperfTest test) {
    return TrafficPlan.of(test, client, server, Cidr.parseAddress("10.7.7.2"), SECOND);
  }

  private static void requireNetperf() {
    assumeTrue(Netperf.version().isPresent(), "skipped: netperf is not installed");
  }

  private List<String> processes(String name) {
    return ProcessHandle.current()
        .children()
        .map(process -> process.info().command().orElse(""))
        .filter(command -> command.endsWith(name))
        .toList();
  }

  @Test
  void theBuiltInEngineKeepsEveryTime() {
    TrafficResult result = BuiltInEngine.run(counted(2000));
    Histogram times = result.histogram().orElseThrow();
    assertThat(times.getTotalCount()).isEqualTo(2000);
    assertThat(times.getValueAtPercentile(50) / 1000.0)
        .isCloseTo(result.latencies().get("p50"), within(result.latencies().get("p50") / 100));
    assertThat(result.rows().stream().map(row -> row.get("statistic")))
        .contains("mean", "p50", "p99", "max")
        .doesNotContain("p99.9");
    requireNetperf();
    assertThat(Netperf.run(counted(700)).histogram()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = NetperfTest.class,
      names = {"TCP_RR", "TCP_CRR", "UDP_RR"})
  void startsRoundTripsAtARate(NetperfTest test) {
    TrafficResult result = BuiltInEngine.run(atRate(test, 200));
    assertThat(result.others()).containsEntry("intended rate (transactions/s)", 200.0);
    assertThat(result.value()).isBetween(20.0, 300.0);
  }

  /** A rate that cannot be kept is seen in the times: each counts from when it was to start. */
  @Test
  void timesCountFromTheIntendedStart() {
    TrafficResult result = BuiltInEngine.run(atRate(NetperfTest.TCP_RR, 5_000_000));
    assertThat(result.value()).isLessThan(5_000_000);
    double mostOfTheRun = Duration.ofMillis(500).toNanos() / 1000.0;
    assertThat(result.latencies().get("max")).isGreaterThan(mostOfTheRun);
  }

  @Test
  void ratesAreForRoundTripsOfTheBuiltInEngine() {
    assertThatThrownBy(() -> BuiltInEngine.run(atRate(NetperfTest.TCP_STREAM, 100)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("has no round trips");
    assertThatThrownBy(() -> Netperf.run(atRate(NetperfTest.TCP_RR, 100)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("say engine: 'built-in'");
  }

  private TrafficPlan atRate(NetperfTest test, int rate) {
    TrafficPlan by = plan(test);
    return new TrafficPlan(
        test,
        client,
        server,
        by.address(),
        SECOND,
        0,
        1,
        1,
        by.clientCpus(),
        by.serverCpus(),
        0,
        rate);
  }
}
