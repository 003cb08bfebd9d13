package vethbook.measure;

import java.util.Arrays;
import java.util.Comparator;

/** Holm's correction for several tests (Holm 1979). */
final class Holm {
  private Holm() {}

  /** The adjusted p values, in the order given: each may be compared with the level as it is. */
  static double[] adjust(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] adjusted = new double[p.length];
    double highest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      highest = Math.max(highest, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = highest;
    }
    return adjusted;
  }
}
