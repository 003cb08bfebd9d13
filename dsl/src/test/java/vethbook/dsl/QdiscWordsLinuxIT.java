package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.ExperimentException;

class QdiscWordsLinuxIT {
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

  private JsonNode tc(String... arguments) {
    String list = String.join("', '", arguments);
    String out = (String) cells.run("run client, 'tc', '-j', '%s'".formatted(list));
    try {
      return JSON.readTree(String.valueOf(out));
    } catch (JsonProcessingException e) {
      throw new AssertionError(out, e);
    }
  }

  private JsonNode qdisc() {
    return tc("qdisc", "show", "dev", "eth0").get(0);
  }

  private List<String> commands() {
    return cells.session().lab().commands();
  }

  @Test
  void tbfIsWhatTcShowsAndConverges() {
    cells.run("tbf client.eth0, rate: 100.mbit, burst: 32.kib, latency: 50.milliseconds");

    JsonNode shown = qdisc();
    assertThat(shown.get("kind").asText()).isEqualTo("tbf");
    assertThat(shown.get("options").get("rate").asLong()).isEqualTo(12_500_000);
    assertThat(shown.get("options").get("burst").asLong())
        .isCloseTo(32_768, within(16L)); // tc rounds to microseconds
    assertThat(shown.get("options").get("lat").asLong()).isEqualTo(50_000);
    List<String> before = commands();
    assertThat(before)
        .contains(
            "tc -n client qdisc replace dev eth0 root tbf rate 100Mbit burst 32768b limit 657768b");
    cells.run("client.eth0.tbf rate: 100.mbit, burst: 32.kib, latency: 50.milliseconds");
    assertThat(commands()).isEqualTo(before);
    String handle = qdisc().get("handle").asText();

    cells.run("tbf client.eth0, rate: 200.mbit, burst: 32.kib, latency: 50.milliseconds");

    assertThat(qdisc().get("options").get("rate").asLong()).isEqualTo(25_000_000);
    assertThat(qdisc().get("handle").asText()).isEqualTo(handle);
    assertThat(commands())
        .hasSize(before.size() + 2)
        .contains("tc -n client qdisc del dev eth0 root"); // tc would keep what is not named
  }

  @Test
  void htbLimitsByTwoClassesAndConverges() {
    cells.run("htb client.eth0, rate: 10.mbit, ceil: 20.mbit, burst: 10.kib");

    assertThat(qdisc().get("kind").asText()).isEqualTo("htb");
    assertThat(qdisc().get("options").get("default").asText()).isEqualTo("0x10");
    assertThat(cells.run("run client, 'tc', 'class', 'show', 'dev', 'eth0'"))
        .asString()
        .contains("class htb 1:10 parent 1:1 prio 0 rate 10Mbit ceil 20Mbit burst 10Kb")
        .contains("class htb 1:1 root rate 20Mbit ceil 20Mbit");
    List<String> before = commands();
    cells.run("htb client.eth0, rate: 10.mbit, ceil: 20.mbit, burst: 10.kib");
    assertThat(commands()).isEqualTo(before);

    cells.run("htb client.eth0, rate: 5.mbit");
    assertThat(cells.run("run client, 'tc', 'class', 'show', 'dev', 'eth0'"))
        .asString()
        .contains("rate 5Mbit ceil 5Mbit");
    assertThat(cells.run("client.eth0.qdisc().root.known().get().ceiling()")).isEqualTo(625_000L);
  }

  @Test
  void takingTheQdiscAwayBringsLinuxsDefaultBack() {
    cells.run("client.eth0.pfifo limit: 7");
    assertThat(qdisc().get("options").get("limit").asInt()).isEqualTo(7);
    cells.run("client.eth0.qdisc none");
    assertThat(qdisc().get("kind").asText()).isEqualTo("noqueue");
    List<String> before = commands();
    cells.run("qdisc client.eth0, none");
    cells.run("noqueue client.eth0");
    assertThat(commands()).isEqualTo(before);
  }

  @Test
  void aQdiscShowsWhatItHasCounted() {
    cells.run("client.sysctl 'net.ipv6.conf.eth0.disable_ipv6', 1"); // sends by itself
    cells.run("pfifo client.eth0");
    cells.run("run client, 'ping', '-c', 3, '-i', 0.01, '192.168.0.2'");

    JsonNode shown = tc("-s", "qdisc", "show", "dev", "eth0").get(0);
    assertThat(cells.run("client.eth0.qdisc().statistics.packets()"))
        .isEqualTo(shown.get("packets").asLong());
    assertThat(cells.run("client.eth0.qdisc().statistics.bytes()"))
        .isEqualTo(shown.get("bytes").asLong());
    assertThat(shown.get("packets").asLong()).isGreaterThanOrEqualTo(3);
    assertThat(cells.run("qdisc(client.eth0).table().columnNames()"))
        .asString()
        .contains("sent (packets)", "dropped (packets)", "backlog (bytes)");
    assertThat(cells.run("client.eth0.qdisc().table()")).asString().contains("limit 1000");
  }

  @Test
  void tbfCountsWhatItDrops() {
    cells.run("client.sysctl 'net.ipv6.conf.eth0.disable_ipv6', 1"); // sends by itself
    cells.run("tbf client.eth0, rate: 100.kbit, burst: 2.kib, limit: 2.kib");
    cells.run("run client, 'ping', '-c', 5, '-i', 0.01, '-s', 1400, '-W', 1, '192.168.0.2'");

    long dropped = (Long) cells.run("client.eth0.qdisc().statistics.dropped()");
    assertThat(dropped)
        .isPositive()
        .isEqualTo(tc("-s", "qdisc", "show", "dev", "eth0").get(0).get("drops").asLong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tbf client.eth0, rate: 1.gbit",
        "tbf client.eth0, rate: 40.gbit, burst: 1.mib, limit: 2.mib",
        "tbf client.eth0, rate: 64.kbit, burst: 1514.bytes, latency: 70.milliseconds",
        "htb client.eth0, rate: 100.mbit",
        "htb client.eth0, rate: 10.gbit, ceil: 40.gbit",
        "htb client.eth0, rate: 64.kbit",
        "pfifo client.eth0, limit: 3",
      })
  void theCommandMakesTheSame(String word) {
    new EqualCommand(cells).check(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tbf client.eth0, burst: 2.kib                               | tbf without rate:
          tbf client.eth0, rate: 100                                  | write rate: 100.mbit
          tbf client.eth0, rate: '100mbit'                            | a rate such as 100.mbit
          tbf client.eth0, rate: 1.mbit, brust: 2.kib                 | did you mean burst:?
          tbf client.eth0, rate: 1.mbit, burst: 1.kib                 | packets have up to 1514 bytes here
          tbf client.eth0, rate: 1.mbit, limit: 1.kib                 | limit: 1024 bytes on client.eth0: longer packets
          tbf client.eth0, rate: 1.mbit, limit: 9.kib, latency: 1.second | take one
          tbf client.eth0, rate: 10.gbit, latency: 10.seconds         | take a shorter latency
          tbf client.eth0, rate: 0.mbit                               | it is 8 bit/s or more
          tbf client.eth9, rate: 1.mbit                               | did you mean eth0?
          htb client.eth0, rate: 2.mbit, ceil: 1.mbit                 | ceil: below rate:
          pfifo client.eth0, limit: 0                                 | it is 1 or more
          client.eth0.qdisc 'neten'                                   | say qdisc none, or what it is
          netem client.eth0, delay: 10                                | write delay: 10.milliseconds
          netem client.eth0, loss: 1                                  | write loss: 1.percent
          netem client.eth0, loss: 101.percent                        | it is 0 to 100 percent
          netem client.eth0, jitter: 1.milliseconds                   | without delay:
          netem client.eth0, reorder: 5.percent                       | without delay:
          netem client.eth0, lossCorrelation: 5.percent               | without loss:
          netem client.eth0, loss: gilbertElliott(p: 1.percent)       | gilbertElliott without r:
          tbf host.lo, rate: 1.mbit, burst: 100.kib                   | that is the host itself
          """)
  void aMistakeIsOneClearErrorAndChangesNothing(String cell, String expected) {
    cells.run("pfifo client.eth0, limit: 5");
    List<String> before = commands();

    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
    assertThat(commands()).isEqualTo(before);
    assertThat(qdisc().get("options").get("limit").asInt()).isEqualTo(5);
  }

  @Test
  void aKindThatLinuxLacksIsNamed() {
    Assumptions.assumeFalse(
        cells.session().features().has("netem"), "skipped: this Linux has netem");
    cells.run("pfifo client.eth0, limit: 5");

    assertThatThrownBy(() -> cells.run("netem client.eth0, delay: 10.milliseconds"))
        .hasMessageContaining("Cannot set qdisc netem delay 10ms on device eth0 in netns client")
        .hasMessageContaining("ENOENT")
        .hasMessageContaining("Specified qdisc kind is unknown")
        .hasMessageContaining("needs('netem')");
    assertThat(qdisc().get("options").get("limit").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pfifo limit 9", "tbf rate 1mbit burst 10kb latency 20ms"})
  void aForeignDeviceHasItsOwnQdiscAgainAfterwards(String own) {
    try (ForeignNetns foreign = new ForeignNetns()) {
      if (!own.isEmpty()) {
        foreign.inside(("tc qdisc add dev own0 root " + own).split(" "));
      }
      String before = foreign.inside("tc", "qdisc", "show", "dev", "own0");
      cells.run("box = netns 'box', pid: %d".formatted(foreign.pid()));
      cells.run("tbf box.own0, rate: 100.mbit, burst: 32.kib");
      cells.run("pfifo box.own0, limit: 4");
      assertThat(foreign.inside("tc", "qdisc", "show", "dev", "own0")).contains("limit 4p");

      cells.close();

      String after = foreign.inside("tc", "qdisc", "show", "dev", "own0");
      assertThat(withoutHandle(after)).isEqualTo(withoutHandle(before));
    }
  }

  private static String withoutHandle(String qdisc) {
    return qdisc.replaceFirst(" [0-9a-f]+: ", " ");
  }

  @Test
  void aForeignQdiscThatCouldNotComeBackIsNotReplaced() {
    try (ForeignNetns foreign = new ForeignNetns()) {
      foreign.inside("tc", "qdisc", "add", "dev", "own0", "root", "handle", "7:", "htb");
      foreign.inside(
          "tc class add dev own0 parent 7: classid 7:5 htb rate 1mbit burst 9kb".split(" "));
      cells.run("box = netns 'box', pid: %d".formatted(foreign.pid()));

      assertThatThrownBy(() -> cells.run("pfifo box.own0"))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("Cannot set qdisc pfifo limit 1000 on device own0 in netns box");
      assertThat(foreign.inside("tc", "class", "show", "dev", "own0")).contains("htb 7:5");
    }
  }

  @Test
  void ratesAndSharesReadAsWords() {
    assertThat(cells.run("0.5.mbit.bitsPerSecond()")).isEqualTo(500_000L);
    assertThat(cells.run("2.gbit")).hasToString("2 Gbit/s");
    assertThat(cells.run("1234.kbit")).hasToString("1.234 Mbit/s");
    assertThat(cells.run("0.1.percent")).hasToString("0.1 %");
  }
}
