package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class RedisTextTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Redis.Plan plan(String test) {
    Ends ends = new Ends(netns, netns, Cidr.parseAddress("10.77.0.2"), Set.of(0), Set.of(1), 0);
    return new Redis.Plan(ends, 6379, test, 4, 20000, 100, 1);
  }

  private Redis.Result parsed(String test, String out) {
    return Redis.parse(
        plan(test), "redis-benchmark 7.0.15", new Command.Output(0, out, "", Duration.ZERO));
  }

  @Test
  void readsTheTestThatWasAskedFor() {
    String text = Recorded.text("redis-benchmark-7.0.15.csv");
    Redis.Result get = parsed("get", text);
    assertThat(get.requestsPerSecond()).isEqualTo(38910.51);
    assertThat(get.latencies())
        .containsEntry("mean", 73.0)
        .containsEntry("p50", 63.0)
        .containsEntry("p99", 247.0)
        .containsEntry("max", 1943.0);
    assertThat(get.transactions()).isEqualTo(20000);
    assertThat(get.toString())
        .isEqualTo(
            "Redis GET: 38911 requests/s, p50 63.0 µs, p99 247.0 µs"
                + " (engine: redis-benchmark 7.0.15, cpus 0 and 1)");
    assertThat(parsed("set", text).requestsPerSecond()).isEqualTo(35335.69);
  }

  /** Before 6.2 there is no header, and no time. */
  @Test
  void readsOldVersions() {
    Redis.Result result = parsed("mset", "\"SET\",\"1.00\"\n\"MSET (10 keys)\",\"12345.67\"\n");
    assertThat(result.requestsPerSecond()).isEqualTo(12345.67);
    assertThat(result.latencies()).isEmpty();
    assertThat(result.toString()).startsWith("Redis MSET: 12346 requests/s (engine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"SET\",\"5.0\"", "\"GET\"", "\"GET\",\"many\"", ",", "\n\n"})
  void anOutputWithoutTheTestIsAnErrorThatShowsIt(String out) {
    assertThatThrownBy(() -> parsed("get", out))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot measure redis-benchmark get from netns host to 10.77.0.2");
  }

  @Test
  void aPlanBecomesArguments() {
    assertThat(Redis.arguments(plan("get")))
        .containsSubsequence("-t", "get", "-c", "4", "-n", "20000", "-d", "100", "-P", "1");
  }
}
