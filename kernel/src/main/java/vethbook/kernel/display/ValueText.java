package vethbook.kernel.display;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

/**
 * Values as text: arrays by their elements, durations with their units, long ones cut. What is left
 * out is said.
 */
public final class ValueText {
  private static final int MOST_CHARACTERS = 100_000;
  private static final int MOST_ELEMENTS = 1_000;

  /** What is being written, to see when it is inside of itself. */
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());

  private ValueText() {}

  /** The value as text of one or more lines. */
  public static String of(@Nullable Object value) {
    boolean isMatrix = value != null && value.getClass().isArray() && isOfArrays(value);
    String text = new ValueText().text(value, isMatrix ? ",\n " : ", ");
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + "… (" + text.length() + " characters)";
  }

  private static boolean isOfArrays(Object array) {
    Class<?> inner = array.getClass().getComponentType();
    return inner.isArray() && Array.getLength(array) > 1;
  }

  private String text(@Nullable Object value, String comma) {
    if (value instanceof Duration time) {
      return duration(time);
    }
    if (value instanceof MimeBundle bundle) {
      return bundle.text();
    }
    boolean isArray = value != null && value.getClass().isArray();
    if (value == null || (!isArray && !isOfTheJdk(value))) {
      return String.valueOf(value);
    }
    if (!around.add(value)) {
      return "(itself)";
    }
    try {
      return isArray
          ? array(value, comma)
          : value instanceof Map<?, ?> map ? map(map) : list((Collection<?>) value, comma);
    } finally {
      around.remove(value);
    }
  }

  /** Collections whose text is known to be that of their elements. */
  private static boolean isOfTheJdk(Object value) {
    return (value instanceof Collection || value instanceof Map)
        && value.getClass().getName().startsWith("java.util.");
  }

  private String array(Object array, String comma) {
    List<String> parts = new ArrayList<>();
    int length = Array.getLength(array);
    for (int i = 0; i < Math.min(length, MOST_ELEMENTS); i++) {
      parts.add(text(Array.get(array, i), ", "));
    }
    return joined("[", parts, length, comma, "]");
  }

  private String list(Collection<?> items, String comma) {
    List<String> parts = new ArrayList<>();
    for (Object item : items) {
      if (parts.size() == MOST_ELEMENTS) {
        break;
      }
      parts.add(text(item, ", "));
    }
    return joined("[", parts, items.size(), comma, "]");
  }

  private String map(Map<?, ?> map) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (parts.size() == MOST_ELEMENTS) {
        break;
      }
      parts.add(text(each.getKey(), ", ") + "=" + text(each.getValue(), ", "));
    }
    return joined("{", parts, map.size(), ", ", "}");
  }

  private static String joined(
      String open, List<String> parts, int all, String comma, String close) {
    String text = open + String.join(comma, parts);
    return all > parts.size() ? text + comma + "…" + close + " (" + all + ")" : text + close;
  }

  /** Such as {@code 1.5 s}, {@code 250 ms}, {@code 2 h 5 min}; exact to the nanosecond. */
  static String duration(Duration time) {
    if (time.isNegative()) {
      return "-" + duration(time.negated());
    }
    long seconds = time.toSeconds();
    if (seconds == 0) {
      long nanos = time.toNanosPart();
      return nanos == 0
          ? "0 s"
          : nanos >= 1_000_000
              ? decimal(nanos, 1_000_000) + " ms"
              : nanos >= 1_000 ? decimal(nanos, 1_000) + " µs" : nanos + " ns";
    }
    List<String> parts = new ArrayList<>();
    add(parts, seconds / 86_400, " d");
    add(parts, seconds / 3_600 % 24, " h");
    add(parts, seconds / 60 % 60, " min");
    if (seconds % 60 > 0 || time.toNanosPart() > 0) {
      parts.add(decimal(seconds % 60 * 1_000_000_000 + time.toNanosPart(), 1_000_000_000) + " s");
    }
    return String.join(" ", parts);
  }

  private static void add(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + unit);
    }
  }

  private static String decimal(long value, long unit) {
    int digits = Long.toString(unit).length() - 1;
    String fraction =
        String.format(Locale.ROOT, "%0" + digits + "d", value % unit).replaceFirst("0+$", "");
    return value / unit + (fraction.isEmpty() ? "" : "." + fraction);
  }
}
