package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
  /** The same as R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
  @Test
  void adjustsEachValueByTheNumberOfTestsLeft() {
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void neverExceedsOne() {
    assertThat(Holm.adjust(new double[] {0.9, 0.8, 1})).containsExactly(1, 1, 1);
  }

  @Test
  void oneTestStaysAsItIs() {
    assertThat(Holm.adjust(new double[] {0.04})).containsExactly(0.04);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }
}
