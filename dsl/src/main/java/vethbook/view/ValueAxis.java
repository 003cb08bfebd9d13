package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * An axis of values: which part of the numbers it shows, and where a value is on it.
 *
 * @param title with the unit: {@code throughput (Mbit/s)}
 * @param log whether equal distances are equal ratios; then both ends are above zero
 */
record ValueAxis(String title, double low, double high, boolean log) {
  private static final double WIDE = 20;

  /** An axis from zero, for bars. */
  static ValueAxis fromZero(String title, DoubleStream values) {
    double highest = values.filter(Double::isFinite).max().orElse(1);
    return new ValueAxis(title, 0, Math.max(highest * 1.04, 1e-9), false);
  }

  /** An axis around the values, which need not start at zero. */
  static ValueAxis around(String title, DoubleStream values) {
    double[] all = values.filter(Double::isFinite).toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    double margin = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.05, 1e-9);
    double bottom = low - margin;
    return new ValueAxis(title, low >= 0 && bottom < 0 ? 0 : bottom, high + margin, false);
  }

  /** An axis around the values, of ratios where the largest is many times the smallest. */
  static ValueAxis fitting(String title, DoubleStream values) {
    double[] all = values.filter(Double::isFinite).toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    if (low > 0 && high / low >= WIDE) {
      return new ValueAxis(title, low / 1.15, high * 1.15, true);
    }
    return around(title, DoubleStream.of(all));
  }

  /** Exactly this part of the numbers. */
  static ValueAxis exactly(String title, double low, double high) {
    return new ValueAxis(title, low, high > low ? high : low + 1, false);
  }

  /** With room for text below the values: a share of the axis, which still ends at zero at most. */
  ValueAxis lower(double share) {
    double lower = low - (high - low) * share;
    return new ValueAxis(title, low >= 0 && lower < 0 ? 0 : lower, high, log);
  }

  boolean startsAtZero() {
    return low == 0 && !log;
  }

  /** How far from the axis's start a value is, 0 to 1. */
  double share(double value) {
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  /** The value at a share of the axis. */
  double at(double share) {
    return log ? low * Math.pow(high / low, share) : low + (high - low) * share;
  }

  /** A field on this axis, with what it looks like; for the first layer only. */
  Map<String, Object> vertical(String field) {
    Map<String, Object> axis = axis();
    axis.put("domain", false);
    return channel(field, axis);
  }

  /** The same along the bottom, with faint lines. */
  Map<String, Object> horizontal(String field) {
    Map<String, Object> axis = axis();
    axis.put("grid", false);
    axis.put("ticks", true);
    axis.put("tickColor", Theme.AXIS);
    axis.put("tickSize", 4);
    return channel(field, axis);
  }

  private Map<String, Object> channel(String field, Map<String, Object> axis) {
    Map<String, Object> channel = Chart.field(field);
    channel.put("title", log ? title + ", log scale" : title);
    channel.put(
        "scale",
        Json.object(
            "domain",
            List.of(low, high),
            "nice",
            false,
            "zero",
            log ? null : (Object) false,
            "type",
            log ? "log" : "linear"));
    channel.put("axis", axis);
    return channel;
  }

  private Map<String, Object> axis() {
    boolean large = high >= 2000;
    Map<String, Object> axis =
        Json.object(
            "tickCount",
            5,
            "format",
            large ? "~s" : ",~f",
            "labelExpr",
            "datum.value === 0 ? '0' : datum.label");
    if (log) {
      axis.put("values", ticks());
    }
    return axis;
  }

  /** 1, 2 and 5 of each power of ten; only the powers where there are many. */
  private List<Double> ticks() {
    for (int[] steps : new int[][] {{1, 2, 5}, {1, 3}, {1}}) {
      List<Double> ticks = new ArrayList<>();
      for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
        for (int step : steps) {
          double tick = Double.parseDouble(step + "e" + power);
          if (tick >= low && tick <= high) {
            ticks.add(tick);
          }
        }
      }
      if (ticks.size() <= 7) {
        return ticks;
      }
    }
    return List.of(low, high);
  }
}
