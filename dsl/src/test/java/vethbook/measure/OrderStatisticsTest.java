package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticsTest {
  /** Conover, Practical Nonparametric Statistics, table of binomial intervals for the median. */
  @ParameterizedTest
  @CsvSource({"6, 1, 6", "8, 1, 8", "9, 2, 8", "10, 2, 9", "12, 3, 10", "20, 6, 15", "40, 14, 27"})
  void theIntervalOfAMedianRunsBetweenTabulatedRanks(int n, int low, int high) {
    double[] ranks = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    assertThat(OrderStatistics.medianInterval(ranks, 0.95))
        .isEqualTo(new Interval(low, high, 0.95));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "5"})
  void fewerThanSixValuesGiveNoInterval(int n) {
    Interval interval = OrderStatistics.medianInterval(new double[n], 0.95);
    assertThat(interval.isKnown()).isFalse();
    assertThat(interval.low()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theOrderOfValuesDoesNotMatter() {
    double[] values = {5, 1, 4, 2, 3, 6};
    assertThat(OrderStatistics.median(values)).isEqualTo(3.5);
    assertThat(OrderStatistics.medianInterval(values, 0.95).high()).isEqualTo(6);
    assertThat(values).containsExactly(5, 1, 4, 2, 3, 6);
  }

  @Test
  void noValuesHaveNoMedian() {
    assertThat(OrderStatistics.median(new double[0])).isNaN();
  }

  @Test
  void quantilesLieBetweenTheNearestValues() {
    double[] sorted = {10, 20, 30};
    assertThat(OrderStatistics.quantileOfSorted(sorted, 0)).isEqualTo(10);
    assertThat(OrderStatistics.quantileOfSorted(sorted, 0.25)).isEqualTo(15);
    assertThat(OrderStatistics.quantileOfSorted(sorted, 1)).isEqualTo(30);
  }
}
