package vethbook.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/**
 * Maps, records and lists of them as tables: one becomes a fact in each row, a list of them a row
 * each. What Java shows as {@code NaN} is a dash.
 */
public final class ValueTable {
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_VALUE = 100_000;
  private static final int MOST_FACTS = 200;

  private ValueTable() {}

  /** The table of a value, or its text where it is no map, record, or list of these. */
  public static MimeBundle bundle(Object value) {
    Optional<Map<String, Object>> single = fields(value);
    if (single.isPresent() && !single.get().isEmpty()) {
      return facts("", single.get());
    }
    if (value instanceof Collection<?> items && !items.isEmpty()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Object item : items) {
        Optional<Map<String, Object>> row = item == null ? Optional.empty() : fields(item);
        if (row.isEmpty()) {
          return plain(value);
        }
        rows.add(row.get());
      }
      return rows("", rows);
    }
    return plain(value);
  }

  private static MimeBundle plain(Object value) {
    String text = String.valueOf(value);
    return MimeBundle.plain(
        text.length() <= LONGEST_VALUE
            ? text
            : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + " characters)");
  }

  /** A row for each map, with a column for each name. */
  public static MimeBundle rows(String caption, List<Map<String, Object>> rows) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      Map<String, Object> texts = new LinkedHashMap<>();
      row.forEach(
          (name, value) -> {
            boolean typed = value instanceof Number || value instanceof Boolean;
            texts.put(name, typed ? value : text(value));
          });
      shown.add(texts);
    }
    return TableView.bundle(TableView.table(caption, shown));
  }

  /** A fact in each row: its name, its value. */
  public static MimeBundle facts(String caption, Map<String, ?> facts) {
    List<List<Cell>> rows = new ArrayList<>();
    facts.entrySet().stream()
        .limit(MOST_FACTS)
        .forEach(
            fact -> rows.add(List.of(new Cell(fact.getKey(), Tone.STRONG), cell(fact.getValue()))));
    List<String> notes = new ArrayList<>();
    if (facts.size() > rows.size()) {
      notes.add("%d more are not shown.".formatted(facts.size() - rows.size()));
    }
    boolean numbers = facts.values().stream().allMatch(value -> value instanceof Number);
    return new Sheet(
            caption, List.of(new Heading("", false), new Heading("", numbers)), rows, notes)
        .bundle();
  }

  private static Cell cell(@Nullable Object value) {
    String text = text(value);
    return text.equals(TableView.MISSING) ? new Cell(text, Tone.MUTED) : Cell.of(text);
  }

  /** A value in one line. */
  static String text(@Nullable Object value) {
    if (value == null || (value instanceof Optional<?> maybe && maybe.isEmpty())) {
      return TableView.MISSING;
    }
    if (value instanceof Optional<?> known) {
      return text(known.get());
    }
    if (value instanceof Number number) {
      double size = number.doubleValue();
      return Double.isNaN(size)
          ? TableView.MISSING
          : NumberFormat.fitting(DoubleStream.of(size)).text(size);
    }
    if (value instanceof Duration time) {
      return Numbers.plain(time.toNanos() / 1e9) + " s";
    }
    if (value instanceof java.net.InetAddress address) {
      return address.getHostAddress();
    }
    if (value instanceof Collection<?> items) {
      return String.join(", ", items.stream().map(ValueTable::text).toList());
    }
    String line = String.valueOf(value).strip().replaceAll("\\s*\\R\\s*", " ⏎ ");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
  }

  /** The names and values of a map or record; empty for anything else. */
  private static Optional<Map<String, Object>> fields(Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, one) -> fields.put(String.valueOf(name), one == value ? "(this map)" : one));
      return Optional.of(fields);
    }
    if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        fields.put(component.getName(), read(component, value));
      }
      return Optional.of(fields);
    }
    return Optional.empty();
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component.getName(), e);
    }
  }
}
