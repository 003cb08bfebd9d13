package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangePointsTest {
  private final Random random = new Random(7);

  private double[] noise(int length) {
    return random.doubles(length).map(x -> 10 + x).toArray();
  }

  @Test
  void findsWhereTheLevelShifts() {
    double[] series = noise(90);
    for (int i = 30; i < 60; i++) {
      series[i] += 2;
    }

    List<ChangePoints.Change> changes = ChangePoints.of(series);

    assertThat(changes.stream().map(ChangePoints.Change::at)).containsExactly(30, 60);
    assertThat(changes.get(0).before()).isBetween(10.0, 11.0);
    assertThat(changes.get(0).after()).isBetween(12.0, 13.0);
  }

  @Test
  void findsNoneInNoiseWithOutliers() {
    long mistakes =
        IntStream.range(0, 1000)
            .filter(
                run -> {
                  double[] series = noise(100);
                  series[run % 100] = 1000;
                  return !ChangePoints.of(series).isEmpty();
                })
            .count();

    assertThat(mistakes).isLessThanOrEqualTo(15); // 1 % and what chance adds
  }

  @Test
  void findsNoneInShortOrEqualValues() {
    assertThat(ChangePoints.of(new double[] {1, 1, 1, 9, 9, 9})).isEmpty();
    double[] equal = new double[50];
    Arrays.fill(equal, 3);
    assertThat(ChangePoints.of(equal)).isEmpty();
    assertThat(ChangePoints.of(new double[0])).isEmpty();
  }
}
