package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.kernel.language.Language.Completions;

/** What Tab offers with the words of the lab. */
class CompletionLinuxIT {
  private static final WordsOfTheLab LAB = new WordsOfTheLab();

  @BeforeAll
  static void build() throws Throwable {
    LAB.run(
        """
        import java.util.concurrent.TimeUnit
        client = netns 'client'; server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24'
        names = ['anna', 'bert']
        devices = [client.eth0]
        sizes = [small: 1, 'very big': 2]
        def twice(int n) { n * 2 }
        class Foo { String bar; int baz() { 1 } }
        foo = new Foo(bar: 'x')
        """);
  }

  @AfterAll
  static void close() {
    LAB.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "vethP| ! vethPair",
        "vethPair client.eth0, server.eth0, | ! subnet: ",
        "vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24', m| ! mtu: ",
        "vethPair(client.eth0, server.eth0, mt|) ! mtu: ",
        "vethPair client.eth0,¶  server.eth0,¶  mt| ! mtu: ",
        "vethPair | ! client.eth0",
        "client.| ! eth0",
        "client.eth0.ad| ! address",
        "client.eth0.n| ! netem",
        "client.eth0.netem de| ! delay: ",
        "ipvlan x.eth0, on: | ! client.eth0",
        "ipvlan x.eth0, on: client.eth0, mode: L| ! L3S",
        "ipvlan x.eth0, on: client.eth0, mode: 'l| ! l3s",
        "ipvlan x.eth0, on: client.eth0, between: | ! 'private'",
        "macvlan x.eth0, mode: 'v| ! vepa",
        "bridge x.br0, stp: | ! true",
        "netperf TCP_| ! TCP_RR",
        "netperf TCP_RR, from: | ! client",
        "netperf TCP_RR, from: client, to: server.| ! eth0",
        "netperf TCP_RR, from: client, to: server, time: 5| ! 5.seconds",
        "netperf TCP_RR, engine: ' | ! ``",
        "client.route 'default', via: | ! client.eth0",
        "client.sysctl 'net.ipv4.tcp_rm| ! net.ipv4.tcp_rmem",
        "sysctl client, 'net.ipv4.conf.eth0.rp| ! net.ipv4.conf.eth0.rp_filter",
        "needs('ipv| ! ipvlan",
        "run client, 'ip| ! ip",
        "5.sec| ! seconds",
        "9000.by| ! bytes",
        "names.coll| ! collect",
        "names[0].toU| ! toUpperCase",
        "names.each { it.toU| ! toUpperCase",
        "names.each { name -> name.toU| ! toUpperCase",
        "devices.each { d -> d.addr| ! address",
        "devices*.addr| ! ``",
        "sizes.| ! 'very big'",
        "sizes.s| ! small",
        "foo.| ! bar",
        "foo.b| ! baz()",
        "twi| ! twice",
        "new Fo| ! Foo",
        "new Arr| ! ArrayList",
        "new java.util.concurrent.Cy| ! CyclicBarrier",
        "TimeUnit.MIN| ! MINUTES",
        "Math.ma| ! max",
        "import java.util.conc| ! concurrent.",
        "import java.util.Arr| ! ArrayDeque",
        "import static java.util.Coll| ! Collections",
        "x = '/etc/host| ! hostname",
        "new File('/etc/host| ! hosts",
        "experiment('a') { sett| ! setting",
        "experiment('a') {¶  setting('b') {¶    netperf TCP_RR, fr| ! from: ",
        "tun(client.tun0, address: '10.0.9.1/24') { packet -> packet.ec| ! echoReply()",
        "y = netns 'y'¶y.eth0.addr| ! address",
        "s = 'hello'¶s.toUp| ! toUpperCase",
        "def z = new StringBuilder()¶z.app| ! append",
        "a = = 3 (¶client.e| ! eth0",
        "broken = 'no end¶client.e| ! eth0",
        "println \"at ${clie| ! client",
        "println \"at $clie| ! client",
        "println '😀' + clie| ! client",
        "netperf tcp_r| ! TCP_RR",
        "if (clie| ! client",
        "x = cond ? clie| ! client",
        "lab.comm| ! commands()",
      })
  void offers(String cell, String expected) {
    List<String> offered = LAB.complete(cell.replace("¶", "\n"));
    if (expected.isBlank()) {
      assertThat(offered).isEmpty();
    } else {
      assertThat(offered).contains(expected.endsWith(":") ? expected + " " : expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"// client.e|", "/* client.e|", "'client.e|", "println 'x.y|"})
  void offersNothingInCommentsAndPlainTexts(String cell) {
    assertThat(LAB.complete(cell)).isEmpty();
  }

  @Test
  void offersNoOptionTwice() {
    assertThat(LAB.complete("vethPair client.eth0, server.eth0, mtu: 1.bytes, m|"))
        .contains("mac: ")
        .doesNotContain("mtu: ");
  }

  @Test
  void replacesExactlyWhatIsTyped() {
    String cell = "println '😀' + clie";
    Completions found = LAB.language().complete(cell, cell.length());

    assertThat(cell.substring(found.start(), found.end())).isEqualTo("clie");
  }

  @Test
  void tellsOfWhichKindEachIs() {
    assertThat(LAB.completions("vethPair client.eth0, server.eth0, mt|").matches())
        .anySatisfy(
            each -> {
              assertThat(each.kind()).isEqualTo("param");
              assertThat(each.detail()).isEqualTo("DataSize");
            });
  }

  /** A getter could do anything: measure, or take a minute. */
  @Test
  void runsNoGetters() throws Throwable {
    LAB.run(
        """
        class Trap {
          static int calls = 0
          Trap getNext() { calls++; this }
          String toString() { calls++; 'trap' }
        }
        trap = new Trap()
        """);

    assertThat(LAB.complete("trap.next.ne|")).contains("next");
    assertThat(LAB.complete("trap.next.next.next.|")).contains("next");
    assertThat(LAB.run("Trap.calls")).isEqualTo(0);
  }

  /** Nothing is read twice or compiled: far below what a person notices (about 100 ms). */
  @Test
  void answersAtOnce() {
    List<String> cells =
        List.of("vethP|", "client.eth0.a|", "vethPair client.eth0, server.eth0, |", "names.co|");
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long start = System.nanoTime();
      LAB.complete(cells.get(i % cells.size()));
      nanos.add(System.nanoTime() - start);
    }
    Collections.sort(nanos);

    assertThat(nanos.get(100)).as("median, ns").isLessThan(100_000_000);
  }
}
