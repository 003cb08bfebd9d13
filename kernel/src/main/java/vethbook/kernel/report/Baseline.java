package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vethbook.extension.SavedResults;
import vethbook.extension.SavedResults.Against;
import vethbook.extension.UserException;

/**
 * An executed notebook's results against those that an earlier one keeps. Experiments are matched
 * by their titles; where each notebook has a single one, these two are.
 *
 * @param name of the earlier notebook's file
 */
record Baseline(String name, List<Pair> pairs) {
  /**
   * One experiment, now and then.
   *
   * @param against null when the two cannot be compared
   * @param trouble why they cannot; empty when they can
   */
  record Pair(String title, @Nullable Against against, String trouble) {}

  static Baseline of(Executed now, Executed then) {
    List<SavedResults> left = new ArrayList<>(then.results());
    boolean isSingle = now.results().size() == 1 && left.size() == 1;
    List<Pair> pairs = new ArrayList<>();
    for (SavedResults one : now.results()) {
      Optional<SavedResults> earlier =
          left.stream().filter(other -> isSingle || other.title().equals(one.title())).findFirst();
      pairs.add(
          earlier
              .map(other -> pair(one, other))
              .orElse(new Pair(one.title(), null, "it is not in " + then.name())));
      earlier.ifPresent(left::remove);
    }
    for (SavedResults other : left) {
      pairs.add(new Pair(other.title(), null, "it is in " + then.name() + " only"));
    }
    return new Baseline(then.name(), List.copyOf(pairs));
  }

  private static Pair pair(SavedResults now, SavedResults then) {
    try {
      return new Pair(now.title(), now.against(then), "");
    } catch (UserException e) {
      return new Pair(now.title(), null, e.describe(""));
    }
  }

  /** What got worse, a phrase each. */
  List<String> regressions() {
    return found(Against::regressions);
  }

  private List<String> found(Function<Against, List<String>> what) {
    List<String> found = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.against() != null) {
        what.apply(pair.against()).forEach(one -> found.add(prefix(pair) + one));
      }
    }
    return found;
  }

  private String prefix(Pair pair) {
    return pairs.size() == 1 ? "" : pair.title() + " – ";
  }

  /** Whether all was compared, and nothing is worse. */
  boolean isFine() {
    return verdict().startsWith("✓");
  }

  /** The verdict in a line. */
  String verdict() {
    List<String> worse = regressions();
    if (!worse.isEmpty()) {
      return "▼ Worse than in " + name + ": " + String.join("; ", worse);
    }
    long compared = pairs.stream().filter(pair -> pair.against() != null).count();
    if (compared == 0) {
      return "? Nothing could be compared with " + name;
    }
    List<String> unclear = found(Against::unclear);
    return unclear.isEmpty()
        ? "✓ Nothing is worse than in " + name
        : "? No regression shown against %s; inconclusive for %s"
            .formatted(name, String.join(", ", unclear));
  }
}
