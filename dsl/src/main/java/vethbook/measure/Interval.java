package vethbook.measure;

/**
 * A confidence interval; both ends are infinite when there are too few values for one.
 *
 * @param confidence such as 0.95
 */
public record Interval(double low, double high, double confidence) {
  static Interval unknown(double confidence) {
    return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
  }

  /** Whether there were enough values for an interval. */
  public boolean isKnown() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Whether the interval lies between the two values, ends included. */
  public boolean isInside(double lowest, double highest) {
    return low >= lowest && high <= highest;
  }
}
