package vethbook.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0us",
    "64, 0.064us",
    "1500, 1.5us",
    "123000, 123us",
    "10000000, 10ms",
    "2000000000, 2s",
    "86400000000000, 86400s"
  })
  void timesAreExact(long nanos, String text) {
    assertThat(TcText.time(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 8bit", "125, 1Kbit", "12500000, 100Mbit", "5000000000, 40Gbit", "1234, 9872bit"})
  void ratesAreExact(long bytesPerSecond, String text) {
    assertThat(TcText.rate(bytesPerSecond)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0%", "0.01%", "1%", "25%", "33.3%", "99.9%", "100%", "0.00001%"})
  void aProbabilityIsTheShortestPercentThatMeansTheSame(String text) {
    double percent = Double.parseDouble(text.replace("%", ""));
    assertThat(Probability.ofPercent(percent)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
  void refusesWhatIsNoProbability(double percent) {
    assertThatThrownBy(() -> Probability.ofPercent(percent))
        .hasMessageContaining("percent not in 0 to 100");
  }

  @Test
  void aBurstIsNotShorterThanWasSaid() {
    long rate = 1_234_567;
    int ticks = Psched.ticks(1514, rate);
    assertThat(Psched.bytes(ticks, rate)).isBetween(1514L, 1515L);
  }
}
