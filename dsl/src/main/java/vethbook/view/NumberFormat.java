package vethbook.view;

import java.util.stream.DoubleStream;

/**
 * How the numbers of one column are written, so that they can be compared down the column.
 *
 * @param decimals of every number; negative where they differ so much in size that each needs its
 *     own
 * @param grouped whether thousands are kept apart; ports and years are not
 */
record NumberFormat(int decimals, boolean grouped) {
  private static final double TOO_FAR_APART = 1e5;

  /** A format with which the middle one of the values shows four significant digits. */
  static NumberFormat fitting(DoubleStream values) {
    double[] sizes =
        values.filter(Double::isFinite).map(Math::abs).filter(v -> v > 0).sorted().toArray();
    if (sizes.length == 0) {
      return new NumberFormat(0, true);
    }
    double largest = sizes[sizes.length - 1];
    boolean whole = DoubleStream.of(sizes).allMatch(size -> size == Math.rint(size));
    boolean grouped = !whole || largest >= 10_000;
    if (whole) {
      return new NumberFormat(0, grouped);
    }
    boolean farApart = largest / sizes[0] > TOO_FAR_APART;
    return new NumberFormat(farApart ? -1 : Numbers.decimals(sizes[sizes.length / 2]), grouped);
  }

  String text(double value) {
    String text = decimals < 0 ? Numbers.of(value) : Numbers.fixed(value, decimals);
    return grouped ? text : text.replace(String.valueOf(Numbers.THOUSANDS), "");
  }
}
