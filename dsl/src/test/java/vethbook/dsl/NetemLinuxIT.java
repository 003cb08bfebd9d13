package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.vm.NeedsLinux;

@NeedsLinux({"netem", "fq", "fq_codel"})
class NetemLinuxIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cells cells = new Cells();

  @BeforeEach
  void twoHosts() {
    cells.run(
        """
        client = netns 'client'
        server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '192.168.0.0/24'
        """);
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  private JsonNode options() {
    String out =
        String.valueOf(cells.run("run client, 'tc', '-j', 'qdisc', 'show', 'dev', 'eth0'"));
    try {
      return JSON.readTree(out).get(0).get("options");
    } catch (JsonProcessingException e) {
      throw new AssertionError(out, e);
    }
  }

  private List<String> commands() {
    return cells.session().lab().commands();
  }

  @Test
  void pingSeesTheDelay() {
    cells.run("netem client.eth0, delay: 200.milliseconds");

    Object ping = cells.run("run client, 'ping', '-c', 2, '-W', 5, '192.168.0.2'");
    assertThat(ping).asString().contains("2 received").containsPattern("time=2\\d\\d(\\.\\d+)? ms");
  }

  @Test
  void netemIsWhatTcShowsAndConverges() {
    String word =
        "netem client.eth0, delay: 10.milliseconds, jitter: 1.milliseconds, loss: 1.percent";
    cells.run(word);
    JsonNode shown = options();
    assertThat(shown.get("delay").get("delay").asDouble()).isEqualTo(0.01);
    assertThat(shown.get("delay").get("jitter").asDouble()).isEqualTo(0.001);
    assertThat(shown.get("loss-random").get("loss").asDouble())
        .isCloseTo(0.01, org.assertj.core.data.Offset.offset(1e-9));
    List<String> before = commands();
    assertThat(before)
        .contains("tc -n client qdisc replace dev eth0 root netem delay 10ms 1ms loss random 1%");

    cells.run(word);
    assertThat(commands()).isEqualTo(before);

    cells.run("netem client.eth0, corrupt: 2.percent, rate: 1.mbit");
    cells.run("netem client.eth0, delay: 5.milliseconds");
    shown = options();
    assertThat(shown.get("delay").get("delay").asDouble()).isEqualTo(0.005);
    assertThat(shown.has("corrupt")).as(shown.toString()).isFalse();
    assertThat(shown.has("rate")).as(shown.toString()).isFalse();
    assertThat(cells.run("client.eth0.qdisc().root.known().get().text()"))
        .asString()
        .startsWith("netem delay 5ms");
  }

  @Test
  void theSameSeedLosesTheSamePackets() {
    assumeTrue(
        ModuleDescriptor.Version.parse(System.getProperty("os.version").split("-")[0])
                .compareTo(ModuleDescriptor.Version.parse("6.6"))
            >= 0,
        "skipped: netem's seed came with Linux 6.6");
    cells.run("netem client.eth0, loss: 50.percent, seed: 7");
    List<String> before = commands();
    cells.run("netem client.eth0, loss: 50.percent, seed: 7");
    assertThat(commands()).isEqualTo(before);
    cells.run("netem client.eth0, loss: 50.percent, seed: 8");
    assertThat(commands()).isNotEqualTo(before);
    assertThat(cells.run("client.eth0.qdisc().root.known().get().seed()")).isEqualTo(8L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "netem client.eth0, delay: 3.milliseconds, jitter: 1.milliseconds, delayCorrelation: 25.percent",
        "netem client.eth0, delay: 128.microseconds, limit: 50",
        "netem client.eth0, loss: 0.1.percent, lossCorrelation: 30.percent",
        "netem client.eth0, loss: gilbertElliott(p: 1.percent, r: 10.percent)",
        "netem client.eth0, loss: gilbertElliott(p: 1.percent, r: 9.percent, inBad: 70.percent, inGood: 0.1.percent)",
        "netem client.eth0, loss: lossStates(p13: 1.percent, p31: 90.percent)",
        "netem client.eth0, loss: lossStates(p13: 1.percent, p31: 2.percent, p32: 3.percent, p23: 4.percent, p14: 5.percent)",
        "netem client.eth0, duplicate: 2.percent, duplicateCorrelation: 5.percent",
        "netem client.eth0, delay: 1.milliseconds, reorder: 25.percent, reorderCorrelation: 50.percent, gap: 5",
        "netem client.eth0, delay: 1.milliseconds, reorder: 25.percent",
        "netem client.eth0, corrupt: 0.01.percent, corruptCorrelation: 1.percent",
        "netem client.eth0, rate: 10.mbit",
        "netem client.eth0, rate: 40.gbit",
        "fq client.eth0",
        "fq client.eth0, limit: 500, flowLimit: 50, maxRate: 10.mbit, pacing: false",
        "fqCodel client.eth0",
        "fqCodel client.eth0, limit: 100, target: 2.milliseconds, interval: 20.milliseconds, ecn: false",
      })
  void theCommandMakesTheSame(String word) {
    new EqualCommand(cells).check(word);
    List<String> before = commands();
    cells.run(word);
    assertThat(commands()).as("again").isEqualTo(before);
  }

  @Test
  void anOptionThatIsLeftOutGoesBackToItsDefault() {
    cells.run("fq client.eth0, limit: 500, maxRate: 10.mbit, pacing: false");
    cells.run("fq client.eth0");
    assertThat(cells.run("client.eth0.qdisc().root.known().get().text()"))
        .isEqualTo("fq limit 10000 flow_limit 100");
    cells.run("fqCodel client.eth0, target: 2.milliseconds");
    cells.run("fqCodel client.eth0");
    assertThat(cells.run("client.eth0.qdisc().root.known().get().ecn()")).isEqualTo(true);
    cells.run("client.eth0.qdisc none");
    assertThat(cells.run("client.eth0.qdisc().root.kind()")).isEqualTo("noqueue");
  }
}
