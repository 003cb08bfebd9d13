package vethbook.measure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;

/** Finds counters by what people call them. */
public final class CounterNames {
  private CounterNames() {}

  /**
   * The value of one counter.
   *
   * @throws ExperimentException when there is none of this name, with the nearest names
   */
  static long value(String name, Map<String, Long> counters) {
    Long value = counters.get(name);
    if (value == null) {
      throw unknown(name, counters.keySet());
    }
    return value;
  }

  /** That there is none of this name, with the nearest names. */
  public static ExperimentException unknown(String name, Collection<String> names) {
    List<String> near = Nearest.of(name, names);
    return new ExperimentException(
        "Cannot read counter " + name + ": Linux has none of this name here",
        null,
        null,
        near.isEmpty() ? null : "did you mean " + String.join(" or ", near) + "?",
        null);
  }

  /** Whether a name is one of some, in which {@code *} stands for any letters: {@code TcpExt.*}. */
  public static Predicate<String> matching(Collection<String> patterns) {
    String regex =
        String.join(
            "|",
            patterns.stream()
                .map(pattern -> Pattern.quote(pattern).replace("*", "\\E.*\\Q"))
                .toList());
    return Pattern.compile(regex).asMatchPredicate();
  }
}
