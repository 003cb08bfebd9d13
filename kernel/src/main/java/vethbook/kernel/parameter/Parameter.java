package vethbook.kernel.parameter;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/**
 * A value that a notebook can be given from outside.
 *
 * @param name the variable's
 * @param value the default, which says the type; null permits any
 * @param written the default as the cell writes it
 * @param unit of a plain number, such as {@code s}; empty for none
 * @param low the least value, null for no bound
 * @param high the greatest value, null for no bound
 * @param choices the only values permitted; empty for all
 * @param help a sentence for people
 */
public record Parameter(
    String name,
    @Nullable Object value,
    String written,
    String unit,
    @Nullable Object low,
    @Nullable Object high,
    List<?> choices,
    String help) {

  /** One with a default and nothing else. */
  static Parameter of(String name, @Nullable Object value, String written) {
    return new Parameter(name, value, written, "", null, null, List.of(), "");
  }

  Parameter withHelp(String text) {
    return new Parameter(name, value, written, unit, low, high, choices, text);
  }

  Kind kind() {
    return Kind.of(value);
  }

  /** The type for people: {@code whole number (s)}. */
  public String type() {
    return kind().title() + (unit.isEmpty() ? "" : " (" + unit + ")");
  }

  /** What is permitted, for people: {@code 1 to 60}, {@code a, b or c}; empty for all. */
  public String permitted() {
    if (!choices.isEmpty()) {
      return or(choices);
    }
    if (low == null && high == null) {
      return "";
    }
    String suffix = unit.isEmpty() ? "" : " " + unit;
    if (low == null || high == null) {
      return (low == null ? "at most " + text(high) : text(low) + " or more") + suffix;
    }
    return text(low) + " to " + text(high) + suffix;
  }

  private static String or(Collection<?> values) {
    List<String> texts = values.stream().map(Parameter::text).toList();
    int last = texts.size() - 1;
    return last == 0
        ? texts.get(0)
        : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
  }

  /** As people write it: {@code 5s} for {@code PT5S}. */
  static String text(@Nullable Object value) {
    return value instanceof java.time.Duration time
        ? time.toString().substring(2).toLowerCase(Locale.ROOT)
        : String.valueOf(value);
  }

  /**
   * The value for something that a person typed.
   *
   * @throws ParameterException if it is of another type, or not permitted
   */
  public Given takeText(String text) {
    return permit(Conversion.ofText(this, text.strip()), text);
  }

  /**
   * The same for what a file or papermill has: numbers, texts, lists.
   *
   * @throws ParameterException if it is of another type, or not permitted
   */
  public Given take(@Nullable Object typed) {
    return permit(Conversion.ofValue(this, typed), text(typed));
  }

  private Given permit(Given given, String asTyped) {
    Object chosen = given.value();
    boolean isIn =
        (low == null || compare(low, chosen) <= 0) && (high == null || compare(chosen, high) <= 0);
    boolean isChoice =
        choices.isEmpty()
            || choices.stream().anyMatch(c -> DefaultTypeTransformation.compareEqual(c, chosen));
    if (!isIn || !isChoice) {
      throw refused(asTyped, "it takes " + permitted());
    }
    return given;
  }

  /** Whether bounds and choices fit the default; told when it is declared. */
  void check() {
    if (value == null) {
      return;
    }
    try {
      permit(new Given(value, written), written);
    } catch (ParameterException e) {
      throw new ParameterException(
          "Cannot declare parameter " + name + ": its default, " + written + ", is not permitted",
          "it takes " + permitted());
    } catch (ClassCastException | IllegalArgumentException e) {
      throw new ParameterException(
          "Cannot declare parameter %s: its default, %s, cannot be compared with %s"
              .formatted(name, written, permitted()),
          "give bounds of the same type as the default");
    }
  }

  ParameterException refused(String asTyped, String next) {
    return new ParameterException("Cannot set parameter %s to '%s'".formatted(name, asTyped), next);
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    return DefaultTypeTransformation.compareTo(left, right);
  }
}
