package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.tool.Perf;
import vethbook.tool.Tabular;

/** Where the time went while a block ran: functions of Linux and programs, the longest first. */
public final class HotFunctions implements Tabular {
  private final List<Perf.HotFunction> functions;
  private final @Nullable Object value;

  HotFunctions(List<Perf.HotFunction> functions, @Nullable Object value) {
    this.functions = List.copyOf(functions);
    this.value = value;
  }

  /** What the block's last line yielded. */
  public @Nullable Object getValue() {
    return value;
  }

  public List<Perf.HotFunction> getFunctions() {
    return functions;
  }

  @Override
  public String title() {
    return "time by function, all of the machine";
  }

  @Override
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Perf.HotFunction function : functions) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time (%)", function.percent());
      row.put("command", function.command());
      row.put("object", function.object());
      row.put("function", function.symbol());
      rows.add(row);
    }
    return rows;
  }

  @Override
  public String toString() {
    return functions.isEmpty()
        ? "no function was seen"
        : "%d functions, most time in %s (%.1f %%)"
            .formatted(functions.size(), functions.get(0).symbol(), functions.get(0).percent());
  }
}
