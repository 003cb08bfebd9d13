package vethbook.dsl;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vethbook.lab.PlanException;

/**
 * All combinations of some factors' levels, in the order in which nested loops would make them.
 *
 * <p>{@code mtu: [1500.bytes, 9000.bytes], cpus: [none, 1]} has four.
 */
final class Grid {
  /** One combination without any factor. */
  static final Grid NONE = new Grid(List.of(Map.of()));

  private static final int MOST = 64;

  private final List<Map<String, Object>> levels;

  private Grid(List<Map<String, Object>> levels) {
    this.levels = levels;
  }

  /**
   * The grid of these factors, the first of which changes last.
   *
   * @throws PlanException for a factor without a list of levels, and when there are more than 64
   */
  static Grid of(Map<String, ?> factors) {
    List<Map<String, Object>> levels = List.of(Map.of());
    for (Map.Entry<String, ?> factor : factors.entrySet()) {
      levels = times(levels, factor.getKey(), levels(factor.getKey(), factor.getValue()));
    }
    if (levels.size() > MOST) {
      throw new PlanException(
          "Cannot run " + levels.size() + " combinations of " + String.join(", ", factors.keySet()),
          "an experiment takes up to " + MOST);
    }
    return new Grid(levels);
  }

  private static Collection<?> levels(String factor, Object value) {
    if (value instanceof Collection<?> many && !many.isEmpty()) {
      return many;
    }
    throw new PlanException(
        "Cannot take %s as the levels of %s: in over".formatted(value, factor),
        "write a list such as %s: [1500.bytes, 9000.bytes]".formatted(factor));
  }

  private static List<Map<String, Object>> times(
      List<Map<String, Object>> levels, String factor, Collection<?> values) {
    List<Map<String, Object>> more = new ArrayList<>();
    for (Map<String, Object> level : levels) {
      for (Object value : values) {
        Map<String, Object> one = new LinkedHashMap<>(level);
        one.put(factor, value);
        more.add(one);
      }
    }
    return more;
  }

  /** The combinations, each by factor. */
  List<Map<String, Object>> levels() {
    return levels;
  }

  /** {@code veth, mtu 9000 bytes, cpus none}. */
  static String name(String setting, Map<String, Object> level) {
    String factors =
        level.entrySet().stream()
            .map(entry -> entry.getKey() + " " + text(entry.getValue()))
            .collect(Collectors.joining(", "));
    return setting.isEmpty() || factors.isEmpty() ? setting + factors : setting + ", " + factors;
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> many) {
      return many.isEmpty()
          ? "none"
          : many.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
    return String.valueOf(value);
  }

  /**
   * Calls a block with the levels: one value each when it has as many parameters as there are
   * factors, else all in a map by name.
   */
  static Object call(Closure<?> body, Map<String, Object> level) {
    if (level.isEmpty()) {
      return body.call();
    }
    return body.getMaximumNumberOfParameters() == level.size()
        ? body.call(level.values().toArray())
        : body.call(level);
  }
}
