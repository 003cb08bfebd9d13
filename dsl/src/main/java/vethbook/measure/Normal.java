package vethbook.measure;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution, for samples too large for exact probabilities. */
final class Normal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  /** The probability of a value above this one. */
  static double upperTail(double z) {
    return STANDARD.survivalProbability(z);
  }
}
