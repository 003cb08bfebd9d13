package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class FpingTextTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Fping.Plan plan() {
    return new Fping.Plan(
        netns,
        List.of(Cidr.parseAddress("10.77.0.2"), Cidr.parseAddress("10.77.0.99")),
        3,
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        56);
  }

  private Fping.Result parsed(String err) {
    return Fping.parse(plan(), "fping 5.1", new Command.Output(1, "", err, Duration.ZERO));
  }

  @Test
  void readsEachTime() {
    Fping.Result result =
        parsed(
            "ICMP Host Unreachable from 10.77.0.1 for ICMP Echo sent to 10.77.0.99\n"
                + Recorded.text("fping-5.1.err"));
    assertThat(result.targets())
        .containsExactly(
            new Fping.Target("10.77.0.2", 3, List.of(37.0, 58.0, 65.0)),
            new Fping.Target("10.77.0.99", 3, List.of()));
    assertThat(result.of("lost")).isEqualTo(50);
    assertThat(result.of("mean latency")).isEqualTo((37.0 + 58 + 65) / 3);
    assertThat(result.rows().get(0)).containsEntry("min (µs)", 37.0).containsEntry("answered", 3);
    assertThat(result.toString())
        .isEqualTo("1 of 2 addresses answer; 10.77.0.99 does not (engine: fping 5.1)");
  }

  @Test
  void aFpingThatCouldNotRunIsAnError() {
    for (String said : new String[] {"", "fping: can't create socket (must run as root?)"}) {
      assertThatThrownBy(() -> parsed(said))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("Cannot ping from netns host: exit status 1")
          .hasMessageContaining(said);
    }
  }

  @Test
  void aPlanBecomesArguments() {
    assertThat(Fping.arguments(plan()))
        .containsSubsequence("-C", "3", "-p", "100", "-t", "1000", "10.77.0.2", "10.77.0.99");
  }
}
