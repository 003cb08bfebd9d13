package vethbook.kernel.parameter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of a parameter: that of its default. */
enum Kind {
  WHOLE("whole number", "a whole number"),
  NUMBER("number", "a number"),
  FLAG("flag", "true or false"),
  TEXT("text", "a text"),
  LIST("list", "a list such as [1, 2]"),
  MAP("map", "a map such as {\"a\": 1}"),
  TIME("time", "a time such as 5s or 500ms"),
  /** A number with another unit of the DSL's. */
  QUANTITY("quantity", "a number with a unit"),
  /** Its default is null. */
  ANY("any", "a number, a text, true, false, a list or a map"),
  /** An object that cannot be written as a literal. */
  OBJECT("computed", "nothing from outside");

  private final String title;
  private final String wanted;

  Kind(String title, String wanted) {
    this.title = title;
    this.wanted = wanted;
  }

  static Kind of(@Nullable Object value) {
    if (value == null) {
      return ANY;
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof BigInteger) {
      return WHOLE;
    }
    if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
      return NUMBER;
    }
    if (value instanceof Boolean) {
      return FLAG;
    }
    if (value instanceof CharSequence) {
      return TEXT;
    }
    if (value instanceof List) {
      return LIST;
    }
    if (value instanceof Map) {
      return MAP;
    }
    if (value instanceof Duration) {
      return TIME;
    }
    return value.getClass().isRecord() ? QUANTITY : OBJECT;
  }

  /** For a table. */
  String title() {
    return title;
  }

  /** What it takes, for an error. */
  String wanted() {
    return wanted;
  }
}
