package vethbook.measure;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/**
 * The values of one setting. Outliers are kept.
 *
 * @param n how many values; with none, all figures are NaN and the interval is unknown
 * @param median the mean of the middle two when n is even
 * @param interval exact 95 % interval of the median by order statistics (binomial); unknown below 6
 *     values, because the lowest and highest of 5 hold the median in 93.75 % of cases only
 * @param best the highest or lowest value, as the metric has it; interference only ever makes worse
 */
public record Summary(
    String setting,
    Metric metric,
    int n,
    double median,
    Interval interval,
    double mean,
    double best) {
  private static final double CONFIDENCE = 0.95;

  static Summary of(String setting, Metric metric, double[] values) {
    DoubleSummaryStatistics all = Arrays.stream(values).summaryStatistics();
    boolean none = values.length == 0;
    double extreme = metric.higherIsBetter() ? all.getMax() : all.getMin();
    return new Summary(
        setting,
        metric,
        values.length,
        OrderStatistics.median(values),
        OrderStatistics.medianInterval(values, CONFIDENCE),
        none ? Double.NaN : all.getAverage(),
        none ? Double.NaN : extreme);
  }

  /** Spread of the values that a reader can judge by: half the interval, relative to the median. */
  public double relativeHalfWidth() {
    return (interval.high() - interval.low()) / 2 / Math.abs(median);
  }
}
