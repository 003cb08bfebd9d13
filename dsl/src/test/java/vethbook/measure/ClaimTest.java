package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
  /** Ten rounds, the setting's part of the baseline spread a little about its mean. */
  private static Change change(double part, double spread) {
    double[] host = DoubleStream.iterate(1000, x -> x + 7).limit(10).toArray();
    double[] veth = new double[10];
    for (int i = 0; i < veth.length; i++) {
      veth[i] = host[i] * (part + spread * (i % 5 - 2) / 2);
    }
    return Made.results(Made.samples("host", host), Made.samples("veth", veth))
        .compare()
        .change("veth")
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # part, spread | what is said  | answer
          0.85 | 0.02 | -0.15 | -0.15 | AGREES       | agrees
          0.85 | 0.02 | -0.30 | -0.12 | AGREES       | agrees
          0.70 | 0.02 | -0.12 | -0.12 | IN_DIRECTION | the effect is larger here
          0.85 | 0.02 | -0.40 | -0.35 | IN_DIRECTION | the effect is smaller here
          1.20 | 0.02 | -0.12 | -0.12 | DISAGREES    | the other way round
          0.99 | 0.01 | -0.12 | -0.12 | DISAGREES    | no difference beyond
          0.98 | 0.01 | -0.02 | -0.02 | AGREES       | as small
          0.99 | 0.01 | -0.05 | 0.05  | AGREES       | agrees
          0.80 | 0.02 | -0.05 | 0.05  | DISAGREES    | differs by more
          0.95 | 0.05 | -0.05 | 0.05  | UNDECIDED    | cannot be decided
          0.98 | 0.20 | -0.10 | -0.10 | UNDECIDED    | cannot be decided
          0.98 | 0.20 | 0.60  | 0.64  | DISAGREES    | these runs rule that out
          """)
  void aNumberIsHeldAgainstTheInterval(
      double part, double spread, double low, double high, Claim.Answer answer, String text) {
    Claim claim = Claim.of("said", change(part, spread), "host", low, high, "");

    assertThat(claim.answer()).as(claim.toString()).isEqualTo(answer);
    assertThat(claim.text()).contains(text);
    assertThat(claim.because()).matches("veth [+−]?\\d.* % against host \\(95 % interval .*\\)");
  }

  @Test
  void tooFewRoundsDecideNothing() {
    Change few =
        Made.results(Made.samples("host", 10, 11), Made.samples("veth", 5, 6))
            .compare()
            .change("veth")
            .orElseThrow();

    Claim claim = Claim.of("said", few, "host", -0.5, -0.5, "a counter");
    assertThat(claim.answer()).isEqualTo(Claim.Answer.UNDECIDED);
    assertThat(claim.because()).endsWith("(too few rounds for an interval); a counter");
  }
}
