package vethbook.view;

import java.util.Arrays;

/**
 * What a box shows: the middle half of the values, and whiskers to the furthest values that are no
 * more than one and a half times its height away (Tukey 1977). Percentiles between two values are
 * interpolated (Hyndman and Fan's type 7).
 */
record Quartiles(double low, double lower, double median, double upper, double high) {
  /** Of one value or more, none of them NaN. */
  static Quartiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double lower = at(sorted, 0.25);
    double upper = at(sorted, 0.75);
    double reach = 1.5 * (upper - lower);
    double low = Arrays.stream(sorted).filter(v -> v >= lower - reach).min().orElse(lower);
    double high = Arrays.stream(sorted).filter(v -> v <= upper + reach).max().orElse(upper);
    return new Quartiles(low, lower, at(sorted, 0.5), upper, high);
  }

  boolean contain(double value) {
    return value >= low && value <= high;
  }

  /** The value below which a share of the sorted values lies. */
  static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int before = (int) Math.floor(place);
    int after = Math.min(before + 1, sorted.length - 1);
    return sorted[before] + (place - before) * (sorted[after] - sorted[before]);
  }
}
