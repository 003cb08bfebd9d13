package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class PingTextTest {
  private static final InetAddress TO = Cidr.parseAddress("10.77.0.2");
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Ping.Result parsed(int exit, String out, String err) {
    return Ping.parse(TO, netns, new Command.Output(exit, out, err, Duration.ofSeconds(1)));
  }

  @Test
  void readsCountsAndTimes() {
    Ping.Result result = parsed(0, Recorded.text("ping-answered.txt"), "");
    assertThat(result.sent()).isEqualTo(3);
    assertThat(result.received()).isEqualTo(3);
    assertThat(result.minMicros()).isEqualTo(20);
    assertThat(result.meanMicros()).isEqualTo(38);
    assertThat(result.maxMicros()).isEqualTo(51);
    assertThat(result.times()).hasSize(3).startsWith(20.0);
    assertThat(result.of("lost")).isZero();
    assertThat(result.of("p50 latency")).as("of three times").isNaN();
    assertThat(result.trouble()).isEmpty();
  }

  @Test
  void nobodyAnsweringIsAResult() {
    Ping.Result result = parsed(1, Recorded.text("ping-nobody.txt"), "");
    assertThat(result.isAnswered()).isFalse();
    assertThat(result.sent()).isEqualTo(2);
    assertThat(result.minMicros()).isNaN();
    assertThat(result.toString()).isEqualTo("10.77.0.2: 0 of 2 answered");
  }

  @Test
  void theFirstTroubleIsTold() {
    assertThat(parsed(2, "", Recorded.text("ping-noroute.err")).trouble())
        .isEqualTo("ping: connect: Network is unreachable");
    Ping.Result tooBig =
        parsed(1, Recorded.text("ping-toobig.txt"), Recorded.text("ping-toobig.err"));
    assertThat(tooBig.received()).isZero();
    assertThat(tooBig.trouble()).isEqualTo("ping: local error: message too long, mtu=1500");
  }

  @Test
  void aPingThatCouldNotRunIsAnError() {
    assertThatThrownBy(() -> parsed(2, "", "ping: invalid argument: '70000'"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot ping 10.77.0.2 from netns host: exit status 2")
        .hasMessageContaining("invalid argument: '70000'");
  }
}
