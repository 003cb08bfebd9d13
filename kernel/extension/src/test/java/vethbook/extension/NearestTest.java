package vethbook.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS = List.of("netns", "netperf", "vethPair", "rps");

  @Test
  void findsATranspositionAndAMissingLetter() {
    assertThat(Nearest.of("netpref", WORDS)).startsWith("netperf");
    assertThat(Nearest.of("vethpair", WORDS)).containsExactly("vethPair");
  }

  @Test
  void countsASwapOfNeighboursAsOneMistakeAndNeverProposesTheWordItself() {
    assertThat(Nearest.of("form", List.of("from", "to"))).containsExactly("from");
    assertThat(Nearest.of("from", List.of("from"))).isEmpty();
  }

  @Test
  void proposesNothingForSomethingElse() {
    assertThat(Nearest.of("banana", WORDS)).isEmpty();
    assertThat(Nearest.of("x", List.of())).isEmpty();
  }
}
