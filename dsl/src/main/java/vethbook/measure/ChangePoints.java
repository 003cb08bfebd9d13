package vethbook.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the level of a time series shifts: Pettitt's rank test (Applied Statistics 28, 1979) on the
 * whole and on overlapping stretches of half, a quarter, ... of it (seeded binary segmentation,
 * Kovács and others 2023), since a shift up hides one down further on. The clearest one splits the
 * series, and the parts are searched alike. Single outliers are no shift: ranks bound their weight.
 *
 * <p>The test takes values as independent. Those of a run seldom are, so the bar is high, and a
 * slow drift is cut into steps.
 */
public final class ChangePoints {
  private static final int SHORTEST = 5;

  /** Of any mistake in a series without shifts, all tests on it taken together. */
  private static final double DOUBT = 0.01;

  private ChangePoints() {}

  /**
   * A shift.
   *
   * @param at the index of the first value of the new level
   * @param before the median from the shift before, or the start
   * @param after the median up to the next shift, or the end
   */
  public record Change(int at, double before, double after) {}

  /**
   * The shifts in their order.
   *
   * @return each at least 5 values from the next and from both ends; empty for fewer than 10 values
   */
  public static List<Change> of(double[] series) {
    List<Integer> places = new ArrayList<>();
    split(series, 0, series.length, places);
    places.add(0);
    places.add(series.length);
    places.sort(Integer::compare);
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i < places.size() - 1; i++) {
      int at = places.get(i);
      changes.add(
          new Change(
              at, median(series, places.get(i - 1), at), median(series, at, places.get(i + 1))));
    }
    return changes;
  }

  private static double median(double[] series, int from, int to) {
    return OrderStatistics.median(Arrays.copyOfRange(series, from, to));
  }

  /** A place and the probability of such a shift by chance. */
  private record Shift(int place, double p) {
    static final Shift NONE = new Shift(0, 1);
  }

  private static void split(double[] series, int from, int to, List<Integer> found) {
    Shift clearest = Shift.NONE;
    int tests = 0;
    for (int length = to - from; length >= 2 * SHORTEST; length /= 2) {
      int step = Math.max(1, length / 2);
      for (int start = from; start + length <= to; start += step) {
        Shift shift = test(series, start, start + length);
        tests++;
        clearest = shift.p() < clearest.p() ? shift : clearest;
      }
    }
    if (tests > 0 && clearest.p() * tests < DOUBT) {
      found.add(clearest.place());
      split(series, from, clearest.place(), found);
      split(series, clearest.place(), to, found);
    }
  }

  private static Shift test(double[] series, int from, int to) {
    double n = (double) to - from;
    double[] ranks = ranks(Arrays.copyOfRange(series, from, to));
    double sum = 0;
    double most = 0;
    int place = 0;
    for (int i = 1; i <= ranks.length - SHORTEST; i++) {
      sum += ranks[i - 1];
      double shift = Math.abs(2 * sum - i * (n + 1));
      if (i >= SHORTEST && shift > most) {
        most = shift;
        place = i;
      }
    }
    return new Shift(from + place, 2 * Math.exp(-6 * most * most / (n * n * n + n * n)));
  }

  /** From 1; equal values share the mean of theirs. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = first(sorted, values[i]);
      int equal = below;
      while (equal < sorted.length && sorted[equal] == values[i]) {
        equal++;
      }
      ranks[i] = (below + 1 + equal) / 2.0;
    }
    return ranks;
  }

  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
