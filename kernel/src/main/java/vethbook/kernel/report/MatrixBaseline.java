package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.report.Matrix.Point;

/**
 * The runs of a matrix, each against the one of an earlier matrix that had the same parameters.
 *
 * @param name of the earlier matrix's file
 */
record MatrixBaseline(String name, List<Pair> pairs) {
  /**
   * One run, now and then.
   *
   * @param point its parameters, as people write them
   * @param baseline null when it cannot be compared
   * @param trouble why not; empty when it can
   */
  record Pair(String point, @Nullable Baseline baseline, String trouble) {
    /** What came of it, in a line. */
    String verdict() {
      return baseline == null ? "Not compared: " + trouble : baseline.verdict();
    }

    boolean isWorse() {
      return baseline != null && !baseline.regressions().isEmpty();
    }

    boolean isFine() {
      return baseline != null && baseline.isFine();
    }
  }

  static MatrixBaseline of(Matrix now, Matrix then, String name) {
    List<Point> left = new ArrayList<>(then.points());
    List<Pair> pairs = new ArrayList<>();
    for (Point point : now.points()) {
      Optional<Point> earlier =
          left.stream().filter(one -> one.parameters().equals(point.parameters())).findFirst();
      earlier.ifPresent(left::remove);
      pairs.add(pair(point, earlier, name));
    }
    left.forEach(
        point -> pairs.add(new Pair(point.text(), null, "this run is in " + name + " only")));
    return new MatrixBaseline(name, List.copyOf(pairs));
  }

  private static Pair pair(Point now, Optional<Point> then, String name) {
    String trouble = "";
    if (now.executed().isEmpty()) {
      trouble = "this run was not made";
    } else if (then.isEmpty()) {
      trouble = "no such run is in " + name;
    } else if (then.get().executed().isEmpty()) {
      trouble = "its notebook is missing beside " + name;
    } else {
      return new Pair(
          now.text(), Baseline.of(now.executed().get(), then.get().executed().get()), "");
    }
    return new Pair(now.text(), null, trouble);
  }

  /** The comparison of a run; empty when it has none. */
  Optional<Baseline> of(Point point) {
    return pairs.stream()
        .filter(pair -> pair.point().equals(point.text()))
        .flatMap(pair -> Optional.ofNullable(pair.baseline()).stream())
        .findFirst();
  }

  boolean isWorse() {
    return pairs.stream().anyMatch(Pair::isWorse);
  }

  boolean isFine() {
    return pairs.stream().allMatch(Pair::isFine);
  }

  /** The verdict in a line. */
  String verdict() {
    if (isWorse()) {
      return "▼ Worse than in %s: %s".formatted(name, names(pairs.stream().filter(Pair::isWorse)));
    }
    if (isFine()) {
      return "✓ No run is worse than in " + name;
    }
    return pairs.stream().allMatch(pair -> pair.baseline() == null)
        ? "? Nothing could be compared with " + name
        : "? No regression shown against %s; not clear for %s"
            .formatted(name, names(pairs.stream().filter(pair -> !pair.isFine())));
  }

  private static String names(Stream<Pair> pairs) {
    return String.join("; ", pairs.map(Pair::point).toList());
  }

  /** What changed between the records, each difference once. */
  List<String> differences() {
    return pairs.stream()
        .flatMap(pair -> Optional.ofNullable(pair.baseline()).stream())
        .flatMap(baseline -> baseline.pairs().stream())
        .flatMap(pair -> Optional.ofNullable(pair.against()).stream())
        .flatMap(against -> against.differences().stream())
        .distinct()
        .toList();
  }
}
