package vethbook.view;

import java.util.List;

/**
 * Values over time, or over any other number.
 *
 * @param across what runs along the bottom, with its unit: {@code time (s)}
 * @param up what goes up: {@code throughput (Mbit/s)}
 * @param baseline drawn in grey; may be empty
 * @param warmUp until where values do not count; NaN when there is no such time
 * @param marks places where something changed
 * @param zero whether the axis starts at zero
 */
record SeriesData(
    String across,
    String up,
    String baseline,
    List<Line> lines,
    double warmUp,
    List<Mark> marks,
    boolean zero) {
  SeriesData {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }

  /**
   * One setting.
   *
   * @param points from left to right
   */
  record Line(String name, List<Point> points) {
    Line {
      points = List.copyOf(points);
    }
  }

  /**
   * One value.
   *
   * @param odd whether it is marked: a disturbed round
   */
  record Point(double x, double y, boolean odd) {}

  /**
   * A place, or a stretch of the axis, where something happened.
   *
   * @param from on the axis along the bottom
   * @param to the same for a moment
   * @param words a few, shown at the top
   */
  record Mark(double from, double to, String words) {}
}
