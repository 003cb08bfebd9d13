package vethbook.kernel.parameter;

import groovy.lang.MissingPropertyException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * A number with a unit that the DSL knows as a property of numbers: {@code 5.seconds}.
 *
 * @param number as it is written
 * @param unit the property's name
 */
record Quantity(BigDecimal number, String unit) {
  private static final Pattern TEXT =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*[. ]?\\s*([A-Za-zµ]+)");

  private static final Map<String, String> SHORT =
      Map.of(
          "s",
          "seconds",
          "ms",
          "milliseconds",
          "us",
          "microseconds",
          "µs",
          "microseconds",
          "min",
          "minutes");

  /** What a person writes: {@code 5s}, {@code 5 seconds}, {@code 5.seconds}, {@code 100 Mbit}. */
  static Optional<Quantity> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2);
    String name = SHORT.getOrDefault(unit, unit.toLowerCase(Locale.ROOT));
    return Optional.of(new Quantity(new BigDecimal(matcher.group(1)), name));
  }

  /** The DSL's object; empty when it knows no such unit. */
  Optional<Object> value() {
    Object plain = number.scale() <= 0 ? (Object) number.longValueExact() : number;
    try {
      return Optional.of(InvokerHelper.getProperty(plain, unit));
    } catch (MissingPropertyException e) {
      return Optional.empty();
    }
  }

  /** As a cell writes it. */
  @Override
  public String toString() {
    return number.toPlainString() + "." + unit;
  }
}
