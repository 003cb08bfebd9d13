package vethbook.kernel.parameter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as literals of a cell's language. */
final class Code {
  private Code() {}

  static String groovy(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return quoted(text, '\'');
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(Code::groovy).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? "[:]"
          : map.entrySet().stream()
              .map(entry -> groovy(entry.getKey()) + ": " + groovy(entry.getValue()))
              .collect(Collectors.joining(", ", "[", "]"));
    }
    return number(value);
  }

  static String java(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return quoted(text, '"');
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(Code::java).collect(Collectors.joining(", ", "List.of(", ")"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> "Map.entry(" + java(entry.getKey()) + ", " + java(entry.getValue()) + ")")
          .collect(Collectors.joining(", ", "Map.ofEntries(", ")"));
    }
    if (value instanceof Duration time) {
      return "java.time.Duration.parse(\"" + time + "\")";
    }
    return number(value);
  }

  static String python(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(Code::python).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> python(entry.getKey()) + ": " + python(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return "float('" + (number.isNaN() ? "nan" : number > 0 ? "inf" : "-inf") + "')";
    }
    if (value instanceof Long) {
      return value.toString();
    }
    return value instanceof Number ? number(value) : quoted(value.toString(), '\'');
  }

  private static String number(@Nullable Object value) {
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      String name = number.isNaN() ? "NaN" : number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
      return "Double." + name;
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof BigDecimal number && number.toString().matches("[-+]?\\d+")) {
      return number + ".0"; // else it would be an int
    }
    return String.valueOf(value);
  }

  private static String quoted(CharSequence text, char quote) {
    StringBuilder quoted = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      switch (next) {
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\\' -> quoted.append("\\\\");
        default -> quoted.append(next == quote ? "\\" + next : String.valueOf(next));
      }
    }
    return quoted.append(quote).toString();
  }
}
