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

class WrkTextTest {
  private final NetnsHandle netns = NetnsHandle.host();

  @AfterEach
  void close() {
    netns.close();
  }

  private Wrk.Plan plan(int threads, String address) {
    Ends ends = new Ends(netns, netns, Cidr.parseAddress(address), Set.of(), Set.of(), 0);
    return new Wrk.Plan(ends, 80, "/", threads, 8, Duration.ofSeconds(1), 1024);
  }

  private Wrk.Result parsed(String out, int exit) {
    return Wrk.parse(
        plan(1, "10.77.0.2"), "wrk 4.1.0", new Command.Output(exit, out, "", Duration.ZERO));
  }

  @Test
  void readsRatesAndTimes() {
    Wrk.Result result = parsed(Recorded.text("wrk-4.1.0.txt"), 0);
    assertThat(result.requestsPerSecond()).isEqualTo(33279.39);
    assertThat(result.requests()).isEqualTo(33602);
    assertThat(result.latencies())
        .containsEntry("mean", 990.0)
        .containsEntry("p50", 185.0)
        .containsEntry("p90", 2730.0)
        .containsEntry("p99", 13410.0);
    assertThat(result.transactions()).isEqualTo(33602);
    assertThat(result.figures().get(0))
        .isEqualTo(new Figure("request rate", "requests/s", true, 33279.39));
    assertThat(result.toString())
        .isEqualTo("HTTP: 33279 requests/s, p50 185.0 µs, p99 13410.0 µs (engine: wrk 4.1.0)");
  }

  @Test
  void answersThatRefuseAndSocketErrorsAreTold() {
    String refused =
        Recorded.text("wrk-4.1.0.txt")
            .replace(
                "Requests/sec",
                "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 19934\nRequests/sec");
    Wrk.Result result = parsed(refused, 0);
    assertThat(result.refusals()).isEqualTo(19934);
    assertThat(result.socketErrors()).isEqualTo(10);
    assertThat(result.toString()).contains("19934 refused", "10 socket errors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unable to connect to 10.77.0.2:81 Connection refused",
        "Requests/sec: ",
        "Requests/sec:  12.5",
        "  0 requests in 1.00s, 0B read\nRequests/sec:      0.00"
      })
  void anOutputWithoutAResultIsAnErrorThatShowsIt(String out) {
    assertThatThrownBy(() -> parsed(out, 0))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot measure wrk from netns host to http://10.77.0.2:80/")
        .hasMessageContaining(out.isEmpty() ? "printed nothing" : out.strip());
    assertThatThrownBy(() -> parsed(Recorded.text("wrk-4.1.0.txt"), 1))
        .hasMessageContaining("exit status 1");
  }

  @Test
  void aPlanBecomesArguments() {
    assertThat(Wrk.arguments(plan(2, "fd00::2")))
        .containsExactly(
            "wrk",
            "--latency",
            "-t",
            "2",
            "-c",
            "8",
            "-d",
            "1s",
            "http://[fd00:0:0:0:0:0:0:2]:80/");
    assertThatThrownBy(() -> Wrk.arguments(plan(9, "10.77.0.2")))
        .hasMessageContaining("9 threads and 8 connections");
  }

  @Test
  void nginxServesOneBodyWithoutALog() {
    assertThat(WebServer.configuration(new WebServer.Plan(netns, 8080, 3, 10, Set.of(), 0)))
        .contains("listen 8080 ", "worker_processes 3;", "access_log off;", "daemon off;");
  }
}
