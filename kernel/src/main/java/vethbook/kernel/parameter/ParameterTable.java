package vethbook.kernel.parameter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters as a table, without columns that would be empty. */
public final class ParameterTable {
  private static final List<String> COLUMNS =
      List.of("parameter", "default", "type", "permitted", "help");

  private ParameterTable() {}

  /** A row for each: column and value. */
  public static List<Map<String, Object>> rows(Collection<Parameter> parameters) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Parameter each : parameters) {
      Map<String, Object> row = new LinkedHashMap<>();
      List<String> cells =
          List.of(each.name(), each.written(), each.type(), each.permitted(), each.help());
      for (int i = 0; i < COLUMNS.size(); i++) {
        row.put(COLUMNS.get(i), cells.get(i));
      }
      rows.add(row);
    }
    for (String column : COLUMNS) {
      if (rows.stream().allMatch(row -> row.get(column).equals(""))) {
        rows.forEach(row -> row.remove(column));
      }
    }
    return rows;
  }

  /**
   * The table as text, no wider than a terminal: the help moves below its parameter where it would
   * not fit.
   */
  public static String text(Collection<Parameter> parameters, int width) {
    List<Map<String, Object>> rows = rows(parameters);
    List<String> columns = new ArrayList<>(rows.get(0).keySet());
    boolean hasHelp = columns.remove("help");
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (String column : columns) {
      int widest =
          rows.stream().mapToInt(row -> row.get(column).toString().length()).max().orElse(0);
      widths.put(column, Math.max(widest, column.length()));
    }
    int sum = widths.values().stream().mapToInt(each -> each + 2).sum();
    int longest =
        hasHelp
            ? rows.stream().mapToInt(row -> row.get("help").toString().length()).max().orElse(0)
            : 0;
    boolean isHelpBeside = sum + longest <= width;
    StringBuilder text = new StringBuilder();
    for (String column : columns) {
      text.append(pad(column, widths.get(column)));
    }
    text.append(hasHelp && isHelpBeside ? "help" : "");
    end(text);
    for (Map<String, Object> row : rows) {
      for (String column : columns) {
        text.append(pad(row.get(column).toString(), widths.get(column)));
      }
      Object help = row.getOrDefault("help", "");
      if (isHelpBeside) {
        text.append(help);
      } else if (!help.equals("")) {
        end(text);
        text.append("    ").append(help);
      }
      end(text);
    }
    return text.toString().stripTrailing();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }

  private static void end(StringBuilder text) {
    text.setLength(text.toString().stripTrailing().length());
    text.append('\n');
  }
}
