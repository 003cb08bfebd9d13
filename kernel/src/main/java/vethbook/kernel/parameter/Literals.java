package vethbook.kernel.parameter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain values as Python, JSON and Groovy write them: {@code None}, {@code True}, numbers,
 * quoted texts, {@code [1, 2]}, {@code (1, 2)}, {@code {"a": 1}}, {@code [a: 1]}. Nothing is run.
 */
final class Literals {
  private static final String AFTER_BACKSLASH = "ntrbf0";
  private static final String MEANT = "\n\t\r\b\f\0";

  private final String text;
  private int at;

  private Literals(String text) {
    this.text = text;
  }

  /**
   * One value.
   *
   * @throws IllegalArgumentException saying what is wrong, when it is none
   */
  static @Nullable Object value(String text) {
    Literals reader = new Literals(text);
    Object value = reader.value();
    reader.blanks(true);
    if (reader.at < text.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  /**
   * The value that a text begins with.
   *
   * @param length of it in the text
   */
  record Prefix(@Nullable Object value, int length) {}

  /** Reads it; empty when there is none. */
  static Optional<Prefix> prefix(String text) {
    Literals reader = new Literals(text);
    try {
      Object value = reader.value();
      return Optional.of(new Prefix(value, reader.at));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The assignments that papermill writes: {@code name = value} a line, values also over several
   * lines; comments begin with {@code #}.
   *
   * @throws IllegalArgumentException saying in which line what is wrong
   */
  static Map<String, @Nullable Object> assignments(String source) {
    Literals reader = new Literals(source);
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    reader.blanks(true);
    while (reader.at < source.length()) {
      String name = reader.word();
      reader.blanks(false);
      if (name.isEmpty() || !reader.take('=')) {
        throw reader.wrong("NAME = VALUE");
      }
      found.put(name, reader.value());
      reader.blanks(false);
      if (reader.at < source.length() && !reader.take('\n') && !reader.take(';')) {
        throw reader.wrong("the end of the line");
      }
      reader.blanks(true);
    }
    return found;
  }

  private @Nullable Object value() {
    blanks(true);
    char first = at < text.length() ? text.charAt(at) : '\0';
    if (first == '"' || first == '\'') {
      return quoted(first);
    }
    if (first == '[') {
      return isMapInBrackets() ? map(']') : list(']');
    }
    if (first == '(') {
      return list(')');
    }
    if (first == '{') {
      return map('}');
    }
    if (Character.isDigit(first) || first == '-' || first == '+' || first == '.') {
      return number();
    }
    int start = at;
    return switch (word()) {
      case "None", "null" -> null;
      case "True", "true" -> true;
      case "False", "false" -> false;
      case "float" -> notANumber(value());
      case "nan", "NaN" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> {
        at = start;
        throw wrong("a value: a number, a quoted text, True, False, None, a list or a map");
      }
    };
  }

  /** Python has no literal for these: {@code float('nan')}, {@code float('-inf')}. */
  private Object notANumber(@Nullable Object argument) {
    String word = argument instanceof List<?> one && one.size() == 1 ? "" + one.get(0) : "";
    return switch (word) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong("float('nan') or float('inf')");
    };
  }

  private Number number() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || "._".indexOf(text.charAt(at)) >= 0
            || ("+-".indexOf(text.charAt(at)) >= 0
                && (at == start || "eE".indexOf(text.charAt(at - 1)) >= 0)))) {
      at++;
    }
    String digits = text.substring(start, at).replace("_", "");
    try {
      return narrow(new BigDecimal(digits), digits);
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("a number");
    }
  }

  private static Number narrow(BigDecimal number, String digits) {
    if (!digits.matches("[+-]?\\d+")) {
      return number;
    }
    BigInteger whole = number.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return whole.intValue();
    }
    return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
      char next = text.charAt(at);
      if (next == quote) {
        at++;
        return value.toString();
      }
      if (next == '\\' && at + 1 < text.length()) {
        at++;
        value.append(escaped());
      } else {
        value.append(next);
      }
    }
    throw wrong("a " + quote + " at the end of the text");
  }

  /** What stands for a backslash and the character at the place, and those that belong to it. */
  private String escaped() {
    char code = text.charAt(at);
    int known = AFTER_BACKSLASH.indexOf(code);
    if (known >= 0) {
      return MEANT.substring(known, known + 1);
    }
    int digits = code == 'x' ? 2 : code == 'u' ? 4 : code == 'U' ? 8 : 0;
    if (digits == 0) {
      return String.valueOf(code);
    }
    String hex = text.substring(at + 1, Math.min(text.length(), at + 1 + digits));
    if (!hex.matches("[0-9a-fA-F]{" + digits + "}")) {
      throw wrong(digits + " hexadecimal digits");
    }
    at += digits;
    return Character.toString(Integer.parseInt(hex, 16));
  }

  private List<@Nullable Object> list(char end) {
    List<@Nullable Object> values = new ArrayList<>();
    at++;
    blanks(true);
    while (!take(end)) {
      values.add(value());
      blanks(true);
      if (!take(',') && !isAt(end)) {
        throw wrong("a comma or " + end);
      }
      blanks(true);
    }
    return values;
  }

  /** Groovy's {@code [a: 1]} and {@code [:]}. */
  private boolean isMapInBrackets() {
    int start = at++;
    try {
      blanks(true);
      if (isAt(':')) {
        return true;
      }
      if (isAt('"') || isAt('\'')) {
        quoted(text.charAt(at));
      } else if (word().isEmpty()) {
        return false;
      }
      blanks(true);
      return isAt(':');
    } finally {
      at = start;
    }
  }

  private Map<String, @Nullable Object> map(char end) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    at++;
    blanks(true);
    if (end == ']' && isAt(':')) {
      at++;
      blanks(true);
    }
    while (!take(end)) {
      String key = isAt('"') || isAt('\'') ? quoted(text.charAt(at)) : word();
      blanks(true);
      if (key.isEmpty() || !take(':')) {
        throw wrong("a key and a colon");
      }
      values.put(key, value());
      blanks(true);
      if (!take(',') && !isAt(end)) {
        throw wrong("a comma or " + end);
      }
      blanks(true);
    }
    return values;
  }

  private String word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Passes blanks and comments; ends of lines too when they mean nothing. */
  private void blanks(boolean alsoLines) {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (next == ' ' || next == '\t' || next == '\r' || (alsoLines && next == '\n')) {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean isAt(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  private boolean take(char wanted) {
    boolean there = isAt(wanted);
    at += there ? 1 : 0;
    return there;
  }

  private IllegalArgumentException wrong(String expected) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    String rest = text.substring(at).lines().findFirst().orElse("");
    String found = rest.isEmpty() ? "the end" : "'" + rest + "'";
    return new IllegalArgumentException(
        "expected %s and found %s%s"
            .formatted(expected, found, text.contains("\n") ? " in line " + line : ""));
  }
}
