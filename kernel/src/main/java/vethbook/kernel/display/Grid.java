package vethbook.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps and records as a small table: one becomes two columns, a list of them one row each.
 *
 * @param header empty for a single map
 * @param more rows that are left out
 */
record Grid(List<String> header, List<List<Cell>> rows, int more) {
  private static final int MOST_ROWS = 100;
  private static final int WIDEST_TEXT = 60;

  /** A value in the table; numbers stand on the right. */
  record Cell(String text, boolean isNumber) {
    static Cell of(@Nullable Object value) {
      return new Cell(value == null ? "–" : ValueText.of(value), value instanceof Number);
    }
  }

  /** The table for a value, or null when it is no map, record, or list of these. */
  static @Nullable Grid of(Object value) {
    Map<String, @Nullable Object> single = fields(value);
    if (single != null) {
      return single.isEmpty() ? null : ofMap(single);
    }
    if (value instanceof Collection<?> items && !items.isEmpty()) {
      return ofRows(items);
    }
    return value instanceof Object[] items && items.length > 0
        ? ofRows(Arrays.asList(items))
        : null;
  }

  private static Grid ofMap(Map<String, @Nullable Object> map) {
    List<List<Cell>> rows = new ArrayList<>();
    map.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(e -> rows.add(List.of(new Cell(e.getKey(), false), Cell.of(e.getValue()))));
    return new Grid(List.of(), rows, map.size() - rows.size());
  }

  private static @Nullable Grid ofRows(Collection<?> items) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (Object item : items) {
      Map<String, @Nullable Object> map = item == null ? null : fields(item);
      if (map == null) {
        return null;
      }
      if (maps.size() < MOST_ROWS) {
        maps.add(map);
        columns.addAll(map.keySet());
      }
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, @Nullable Object> map : maps) {
      rows.add(
          columns.stream()
              .map(c -> map.containsKey(c) ? Cell.of(map.get(c)) : new Cell("", false))
              .toList());
    }
    return new Grid(List.copyOf(columns), rows, items.size() - rows.size());
  }

  private static @Nullable Map<String, @Nullable Object> fields(Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> fields.put(String.valueOf(k), v == value ? "(this map)" : v));
      return fields;
    }
    return value instanceof Record ? Bean.properties(value) : null;
  }

  String text() {
    List<List<Cell>> all = new ArrayList<>();
    if (!header.isEmpty()) {
      all.add(header.stream().map(h -> new Cell(h, false)).toList());
    }
    all.addAll(rows);
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<Cell> row : all) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], Math.min(WIDEST_TEXT, row.get(c).text().length()));
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<Cell> row : all) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(pad(row.get(c), widths[c])).append("  ");
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out + (more > 0 ? "... and " + more + " more" : "").stripTrailing();
  }

  private static String pad(Cell cell, int width) {
    String blanks = " ".repeat(Math.max(0, width - cell.text().length()));
    return cell.isNumber() ? blanks + cell.text() : cell.text() + blanks;
  }

  String html() {
    StringBuilder out = new StringBuilder("<table>");
    if (!header.isEmpty()) {
      out.append("<thead><tr>");
      header.forEach(h -> out.append("<th>").append(Html.escape(h)).append("</th>"));
      out.append("</tr></thead>");
    }
    out.append("<tbody>");
    for (List<Cell> row : rows) {
      out.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        out.append(element(row.get(c), header.isEmpty() && c == 0));
      }
      out.append("</tr>");
    }
    out.append("</tbody></table>");
    return more > 0 ? out + "<p>... and " + more + " more</p>" : out.toString();
  }

  private static String element(Cell cell, boolean isName) {
    String name = isName ? "th" : "td";
    String style = cell.isNumber() ? " style=\"text-align:right\"" : " style=\"text-align:left\"";
    return "<" + name + style + ">" + Html.escape(cell.text()) + "</" + name + ">";
  }
}
