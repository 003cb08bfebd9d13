package vethbook.kernel.parameter;

import groovy.lang.Range;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;

/** Makes a parameter of what its line says: {@code rounds 10, range: 1..60, help: '...'}. */
final class Bounds {
  private static final Set<String> OPTIONS =
      new TreeSet<>(Set.of("unit", "range", "choices", "help"));

  private Bounds() {}

  /**
   * A parameter, checked.
   *
   * @param written the default as the cell has it
   * @throws ParameterException for an option that is none, or bounds that do not fit
   */
  static Parameter parameter(
      String name, @Nullable Object value, String written, Map<?, ?> options) {
    for (Object key : options.keySet()) {
      if (!OPTIONS.contains(String.valueOf(key))) {
        List<String> near = Nearest.of(String.valueOf(key), OPTIONS);
        throw new ParameterException(
            "Cannot declare parameter " + name + ": it has no option " + key,
            near.isEmpty()
                ? "its options are " + String.join(", ", OPTIONS)
                : "did you mean " + near.get(0) + "?");
      }
    }
    Object range = options.get("range");
    Object choices = options.get("choices");
    Parameter parameter =
        new Parameter(
            name,
            value,
            written,
            text(options.get("unit")),
            bound(name, range, 0),
            bound(name, range, 1),
            choices instanceof Collection<?> all ? List.copyOf(all) : List.of(),
            text(options.get("help")));
    if (choices != null && parameter.choices().isEmpty()) {
      throw new ParameterException(
          "Cannot declare parameter " + name + ": choices: takes a list, not " + choices,
          "choices: ['a', 'b']");
    }
    parameter.check();
    return parameter;
  }

  private static @Nullable Object bound(String name, @Nullable Object range, int end) {
    if (range == null || range == AstValues.Computed.COMPUTED) {
      return null;
    }
    if (range instanceof Range<?> span) {
      return end == 0 ? span.getFrom() : span.getTo();
    }
    if (range instanceof List<?> pair && pair.size() == 2) {
      return pair.get(end);
    }
    throw new ParameterException(
        "Cannot declare parameter "
            + name
            + ": range: takes the least and the greatest value, not "
            + range,
        "range: 1..60, or range: [1, null] for 1 or more");
  }

  private static String text(@Nullable Object value) {
    return value == null || value == AstValues.Computed.COMPUTED ? "" : value.toString();
  }
}
