package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The same numbers as R 4.2, which statistics.R has asked. SciPy 1.10 gives the same p values, too.
 */
class StatisticsAgainstRTest {
  private static final double NEAR = 1e-9;

  /** One line of the file; numbers as text, apart by blanks. */
  private record Case(String test, String first, String second, String answers) {
    static Case of(String line) {
      String[] cells = line.split(";", -1);
      return new Case(cells[0], cells[1], cells[2], cells[3]);
    }

    double[] x() {
      return numbers(first);
    }

    double[] y() {
      return numbers(second);
    }

    double[] expected() {
      return numbers(answers);
    }

    private static double[] numbers(String text) {
      return text.isBlank()
          ? new double[0]
          : Arrays.stream(text.trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
  }

  private static List<Case> cases() throws IOException {
    try (InputStream file = StatisticsAgainstRTest.class.getResourceAsStream("statistics.csv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(Case::of)
          .toList();
    }
  }

  @Test
  void theFileHasAllTests() throws IOException {
    assertThat(cases()).hasSize(25);
  }

  @TestFactory
  Stream<DynamicTest> givesTheNumbersOfR() throws IOException {
    return cases().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(one.test() + ", n = " + one.x().length, () -> check(one)));
  }

  private static void check(Case one) {
    double[] expected = one.expected();
    switch (one.test()) {
      case "signed rank" -> signedRank(new PairedChange(one.x(), one.y()), expected);
      case "rank sum" -> rankSum(new UnpairedChange(one.x(), one.y()), expected);
      case "trend" -> {
        near(Trend.of(one.x()).tau(), expected[0]);
        near(Trend.of(one.x()).p(), expected[1]);
      }
      case "trend with ties" -> {
        int n = one.x().length;
        near(Trend.of(one.x()).tau() * n * (n - 1) / 2, expected[0]);
        near(Trend.of(one.x()).p(), expected[1]);
      }
      case "holm" -> assertThat(Holm.adjust(one.x())).containsExactly(expected, within(NEAR));
      case "median" -> {
        near(OrderStatistics.median(one.x()), expected[0]);
        interval(OrderStatistics.medianInterval(one.x(), 0.95), expected[1], expected[2]);
      }
      default -> throw new AssertionError("nobody checks " + one.test());
    }
  }

  private static void signedRank(PairedChange change, double[] expected) {
    near(change.p(), expected[0]);
    near(Math.log1p(change.relative()), expected[1]);
    interval(change.interval(0.95), Math.expm1(expected[2]), Math.expm1(expected[3]));
    interval(change.interval(0.90), Math.expm1(expected[4]), Math.expm1(expected[5]));
  }

  private static void rankSum(UnpairedChange change, double[] expected) {
    near(change.p(), expected[0]);
    near(Math.log1p(change.relative()), expected[1]);
    if (Double.isFinite(expected[2])) {
      interval(change.interval(0.95), Math.expm1(expected[2]), Math.expm1(expected[3]));
    }
  }

  private static void interval(Interval interval, double low, double high) {
    near(interval.low(), low);
    near(interval.high(), high);
  }

  private static void near(double value, double expected) {
    assertThat(value).isCloseTo(expected, within(NEAR * Math.max(1, Math.abs(expected))));
  }
}
