package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;

class VerdictWordsLinuxIT {
  private static final String MEASURED =
      """
      give = { x -> vethbook.measure.Measurement.of(vethbook.measure.Metric.TRANSACTION_RATE, x as double, "given").transactions(x as long) }
      n = 0
      found = experiment('Slower?', baseline: 'host', rounds: 8, warmUp: false) {
          before { n++ }
          setting('host') { give 1000 + n }
          setting('veth') { give 870 + n }
          setting('ipvlan', minCpus: 4096) { give 1 }
      }
      """;

  private final Cells cells = new Cells();

  @AfterEach
  void close() {
    cells.close();
  }

  @Test
  void eachClaimGetsASentenceMadeOfTheNumbers() {
    Object verdict =
        cells.run(
            MEASURED
                + """
                verdict {
                    claim 'veth costs an eighth', found, 'veth', [-13.percent, -12.percent], why: 'softnet.processed'
                    claim 'veth costs half', found, 'veth', [-55.percent, -45.percent]
                    claim 'veth is close', found, 'veth', [-5.percent, 5.percent]
                    claim 'ipvlan is close', found, 'ipvlan', [-5.percent, 5.percent]
                    claim 'the host is ahead', found, 'host', [10.percent, 20.percent], against: 'veth'
                    claim 'there were rounds', n == 8, "$n rounds"
                    claim 'nobody knows', null, 'nothing was seen'
                }
                """);
    assertThat(verdict.toString())
        .startsWith(
            "Of 7 things commonly said: 3 hold here, 1 holds in direction, not in size, 1 does not"
                + " hold here, 2 are not decided.")
        .containsPattern("✓ “veth costs an eighth” agrees: veth −12.9 % against host \\(95 % inter")
        .containsPattern("softnet.processed per transaction: \\d.* in host, \\d.* in veth")
        .contains("✓ “veth costs half” agrees in direction; the effect is smaller here")
        .contains("✗ “veth is close” disagrees")
        .contains("? “ipvlan is close” cannot be decided here: ipvlan was not run: needs 4096 CPUs")
        .contains("✓ “the host is ahead” agrees: host +14.9 % against veth")
        .contains("✓ “there were rounds” agrees with what is seen here: 8 rounds.")
        .contains("? “nobody knows” cannot be decided here: nothing was seen.");
  }

  @Test
  void aMistakeIsOneClearError() {
    cells.run(MEASURED);
    Map.of(
            "claim 'x', found, 'vet', -1.percent", "did you mean veth?",
            "claim 'x', found, 'veth', -1.percent, against: 'hosts'", "did you mean host?",
            "claim 'x', found, 'veth', -1", "write -12.5.percent",
            "claim 'x', found, 'veth', [-1.percent]", "write -12.5.percent",
            "claim 'x', found, 'veth', 1.percent, wy: 'a'", "did you mean why:?",
            "claim 'x', found, 'veth', 1.percent, why: 'softnet.x'", "Cannot show softnet.x",
            "claim 'x', found, 'veth', 1.percent, metric: 'p50 latency'", "p50 latency",
            "n", "its block has no claim")
        .forEach(
            (claim, expected) ->
                assertThatThrownBy(() -> cells.run("verdict { " + claim + " }"))
                    .as(claim)
                    .isInstanceOf(ExperimentException.class)
                    .hasMessageContaining(expected));
  }
}
