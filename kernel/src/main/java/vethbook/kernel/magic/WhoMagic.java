package vethbook.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code %who}: lists the variables. */
final class WhoMagic implements Magic {
  private static final int MOST_CHARACTERS = 60;

  private final Supplier<Map<String, Object>> variables;

  WhoMagic(Supplier<Map<String, Object>> variables) {
    this.variables = variables;
  }

  @Override
  public List<String> names() {
    return List.of("who", "whos");
  }

  @Override
  public List<String> usage() {
    return List.of("%who");
  }

  @Override
  public String summary() {
    return "Lists the variables of all cells with their types and values.";
  }

  @Override
  public Object line(Call call) {
    return new TreeMap<>(variables.get())
        .entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
  }

  private static Map<String, Object> row(String name, Object value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("variable", name);
    row.put("type", value == null ? "null" : value.getClass().getSimpleName());
    row.put("value", text(value));
    return row;
  }

  /** Some values' texts throw; then their class says enough. */
  private static String text(Object value) {
    String text;
    try {
      text = String.valueOf(value).replace('\n', ' ');
    } catch (RuntimeException e) {
      text = "(its text could not be made: " + e + ")";
    }
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }
}
