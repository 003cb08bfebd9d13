package vethbook.kernel.notebook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values given to a notebook from outside: those of the cell tagged {@code parameters}, replaced by
 * a cell tagged {@code injected-parameters} after it, as papermill does.
 */
final class Parameters {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "^\\s*(?:def\\s+|final\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.+?)\\s*(?:;\\s*)?(?://.*)?$",
          Pattern.MULTILINE);
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(\\d+(?:\\.\\d+)?)\\s*\\.?\\s*(ms|milliseconds|s|seconds|second|min|minutes)");

  private Parameters() {}

  /** Names and default values as they are written. */
  static Map<String, String> declared(Notebook notebook) {
    Map<String, String> declared = new LinkedHashMap<>();
    cell(notebook)
        .ifPresent(
            cell -> {
              Matcher matcher = ASSIGNMENT.matcher(cell.source());
              while (matcher.find()) {
                declared.put(matcher.group(1), matcher.group(2));
              }
            });
    return declared;
  }

  private static Optional<Cell> cell(Notebook notebook) {
    return notebook.cells().stream()
        .filter(cell -> cell.isCode() && cell.tags().contains("parameters"))
        .findFirst();
  }

  /**
   * Puts the values into the notebook.
   *
   * @throws NotebookException for a name that it does not declare, or a value of another type
   */
  static void inject(Notebook notebook, Map<String, String> values) {
    notebook.cells().stream()
        .filter(cell -> cell.tags().contains("injected-parameters"))
        .forEach(notebook::remove);
    if (values.isEmpty()) {
      return;
    }
    Map<String, String> declared = declared(notebook);
    StringBuilder source = new StringBuilder("// Parameters\n");
    values.forEach((name, value) -> source.append(assignment(declared, name, value)).append('\n'));
    Cell tagged = cell(notebook).orElseThrow();
    notebook.insertAfter(tagged, source.toString().stripTrailing()).tag("injected-parameters");
  }

  private static String assignment(Map<String, String> declared, String name, String value) {
    String written = declared.get(name);
    if (written == null) {
      throw new NotebookException(
          "Cannot set parameter " + name + ": the notebook does not declare it",
          declared.isEmpty()
              ? "no cell is tagged 'parameters'"
              : "its parameters: " + String.join(", ", declared.keySet()),
          null);
    }
    return name + " = " + literal(name, written, value.strip());
  }

  /** The value in the notebook's language, of the same type as the default. */
  private static String literal(String name, String written, String value) {
    Matcher duration = DURATION.matcher(written);
    if (NUMBER.matcher(written).matches()) {
      return require(NUMBER.matcher(value).matches(), name, value, "a number", value);
    }
    if (List.of("true", "false").contains(written)) {
      boolean isFlag = List.of("true", "false").contains(value);
      return require(isFlag, name, value, "true or false", value);
    }
    if (duration.matches()) {
      Matcher given = DURATION.matcher(value);
      boolean isTime = given.matches();
      String text = isTime ? given.group(1) + "." + unit(given.group(2)) : "";
      return require(isTime, name, value, "a time such as 5s or 500ms", text);
    }
    if (written.startsWith("[")) {
      boolean isList = value.startsWith("[") && value.endsWith("]") && !value.contains("$");
      return require(isList, name, value, "a list such as [1, 2]", value);
    }
    if (written.startsWith("'") || written.startsWith("\"")) {
      return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
    throw new NotebookException(
        "Cannot set parameter %s: its default, %s, is no plain value".formatted(name, written),
        "give it a number, true or false, a string, a list or a time such as 5.seconds",
        null);
  }

  private static String unit(String unit) {
    return switch (unit) {
      case "ms", "milliseconds" -> "milliseconds";
      case "min", "minutes" -> "minutes";
      default -> "seconds";
    };
  }

  private static String require(
      boolean fits, String name, String value, String kind, String literal) {
    if (!fits) {
      throw new NotebookException(
          "Cannot set parameter %s to '%s'".formatted(name, value), "it takes " + kind, null);
    }
    return literal;
  }
}
