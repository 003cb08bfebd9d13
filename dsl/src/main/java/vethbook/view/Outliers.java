package vethbook.view;

import java.util.List;
import vethbook.view.ComparisonData.Round;

/**
 * Rounds far away from the others of their setting: more than three interquartile ranges outside
 * the quartiles (Tukey's "far out"), and by more than 2 % of the median, without which the name
 * would stand on the mark of the interval. They are named in the plot and kept.
 */
record Outliers(double low, double high) {
  private static final int FEWEST = 6;
  private static final double VISIBLE = 0.02;

  /** The limits for these rounds; with fewer than six no round is an outlier. */
  static Outliers of(List<Round> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Round::value).sorted().toArray();
    if (sorted.length < FEWEST) {
      return new Outliers(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double lower = sorted[(sorted.length - 1) / 4];
    double upper = sorted[sorted.length - 1 - (sorted.length - 1) / 4];
    double visible = VISIBLE * Math.abs(sorted[sorted.length / 2]);
    double far = Math.max(3 * (upper - lower), visible);
    return new Outliers(lower - far, upper + far);
  }

  boolean contain(Round round) {
    return round.value() < low || round.value() > high;
  }
}
