package vethbook.measure;

import java.util.Arrays;

/**
 * Where a series of values becomes steady: the marginal standard error rule with batches of five
 * (MSER-5; White 1997). It leaves out as many values at the start as make the mean of the rest most
 * certain.
 *
 * <p>For the interval values of one run, such as megabits in each tenth of a second; these are a
 * time series, not repetitions.
 */
public final class WarmUpCut {
  private static final int BATCH = 5;
  private static final int FEWEST_BATCHES = 4;

  private WarmUpCut() {}

  /**
   * How many values at the start belong to the warm-up.
   *
   * @return 0 to half of the values; -1 when the series did not become steady in its first half, or
   *     is shorter than 20 values
   */
  public static int of(double[] series) {
    int batches = series.length / BATCH;
    if (batches < FEWEST_BATCHES) {
      return -1;
    }
    double[] means = new double[batches];
    Arrays.setAll(
        means, b -> Arrays.stream(series, b * BATCH, (b + 1) * BATCH).average().orElseThrow());
    int cut = of(means, 0);
    return cut > batches / 2 ? -1 : cut * BATCH;
  }

  /** The same by single values, for series as short as the rounds of an experiment. */
  static int ofRounds(double[] values) {
    int cut = values.length < FEWEST_BATCHES ? 0 : of(values, 0);
    return cut > values.length / 2 ? -1 : cut;
  }

  /** The number of left out values with the smallest variance of the rest's mean. */
  private static int of(double[] values, int from) {
    int best = from;
    double smallest = Double.POSITIVE_INFINITY;
    for (int cut = from; cut < values.length - 2; cut++) { // two values have no error to speak of
      double error = error(values, cut);
      if (error < smallest) {
        smallest = error;
        best = cut;
      }
    }
    return best;
  }

  private static double error(double[] values, int cut) {
    int n = values.length - cut;
    double mean = Arrays.stream(values, cut, values.length).average().orElseThrow();
    double squares =
        Arrays.stream(values, cut, values.length).map(x -> (x - mean) * (x - mean)).sum();
    return squares / ((double) n * n);
  }
}
