package vethbook.view;

import java.util.List;

/**
 * Percentiles of several settings.
 *
 * @param unit of all values, such as {@code µs}
 */
record PercentileCurves(String quantity, String unit, String baseline, List<Curve> curves) {
  PercentileCurves {
    curves = List.copyOf(curves);
  }

  /**
   * One setting.
   *
   * @param points from the lowest percentile up
   */
  record Curve(String setting, List<Point> points) {
    Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * One percentile.
   *
   * @param percent 0 to below 100
   * @param low lower end of its 95 % interval; NaN when not known
   * @param marked whether it gets a dot: the percentiles that people ask for
   */
  record Point(double percent, double value, double low, double high, boolean marked) {
    String name() {
      return "p" + Numbers.plain(percent);
    }
  }
}
