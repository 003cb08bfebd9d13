package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vethbook.measure.ChangePoints;

/** Marks for the places where the level of a line shifts. */
final class SeriesChanges {
  private SeriesChanges() {}

  /**
   * A mark for each shift.
   *
   * @param warmUp what is before does not count; NaN for no such time
   * @param named whether the marks say which line it is
   */
  static List<SeriesData.Mark> of(SeriesData.Line line, double warmUp, boolean named) {
    List<SeriesData.Point> points =
        line.points().stream()
            .filter(point -> Double.isNaN(warmUp) || point.x() >= warmUp)
            .toList();
    double[] values = points.stream().mapToDouble(SeriesData.Point::y).toArray();
    List<SeriesData.Mark> marks = new ArrayList<>();
    for (ChangePoints.Change change : ChangePoints.of(values)) {
      double at = points.get(change.at()).x();
      marks.add(new SeriesData.Mark(at, at, (named ? line.name() + " " : "") + words(change)));
    }
    return marks;
  }

  private static String words(ChangePoints.Change change) {
    return change.before() == 0
        ? "shift"
        : String.format(Locale.ROOT, "%+.0f %%", (change.after() / change.before() - 1) * 100)
            .replace('-', '\u2212');
  }
}
