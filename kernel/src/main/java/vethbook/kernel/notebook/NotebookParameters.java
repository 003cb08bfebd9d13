package vethbook.kernel.notebook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.parameter.DeclaredParameters;
import vethbook.kernel.parameter.Given;
import vethbook.kernel.parameter.Parameter;
import vethbook.kernel.parameter.ParameterException;

/**
 * The parameters that a notebook declares, by the word {@code parameters} or in a cell tagged so.
 * Values given to them go into a cell tagged {@code injected-parameters} behind the one that
 * declares them, as papermill does it.
 */
public final class NotebookParameters {
  private static final String TAG = "parameters";
  private static final String INJECTED = "injected-parameters";

  /** Where each is declared, in the order of the notebook. */
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private final Map<String, Cell> places = new LinkedHashMap<>();
  private final CellSyntax syntax;

  /**
   * Reads what a notebook declares, without running it.
   *
   * @throws ParameterException when a declaration is not understood
   */
  public NotebookParameters(Notebook notebook) {
    syntax = CellSyntax.of(notebook);
    for (Cell cell : notebook.cells()) {
      if (!cell.isCode() || cell.tags().contains(INJECTED)) {
        continue;
      }
      for (Parameter each : syntax.declared(cell.source(), cell.tags().contains(TAG))) {
        parameters.put(each.name(), each);
        places.put(each.name(), cell);
      }
    }
  }

  /** All of them, in the order of the notebook. */
  public Collection<Parameter> all() {
    return parameters.values();
  }

  /** What to do for a parameter that no cell declares. */
  public String howToDeclare(String name) {
    return syntax.howToDeclare(name);
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /**
   * What was given, as values of the right types.
   *
   * @param values a {@link Text} for what a person typed, else numbers, texts, lists
   * @throws ParameterException for a name that is not declared, or a value that does not fit
   */
  public Map<String, Given> take(Map<String, ? extends @Nullable Object> values) {
    Map<String, Given> taken = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Parameter parameter = parameters.get(name);
          if (parameter == null) {
            throw DeclaredParameters.unknown(name, parameters.keySet(), syntax.howToDeclare(name));
          }
          taken.put(
              name,
              value instanceof Text typed
                  ? parameter.takeText(typed.text())
                  : parameter.take(value));
        });
    return taken;
  }

  /**
   * A value as a person typed it on the command line.
   *
   * @param text still without a type
   */
  public record Text(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Takes away what an earlier run has put into a notebook. */
  static void removeInjected(Notebook notebook) {
    notebook.cells().stream()
        .filter(cell -> cell.tags().contains(INJECTED))
        .forEach(notebook::remove);
  }

  /** Puts the values into the notebook that this was read from. */
  void inject(Notebook notebook, Map<String, Given> values) {
    Map<Cell, List<String>> lines = new LinkedHashMap<>();
    values.forEach(
        (name, given) ->
            lines
                .computeIfAbsent(places.get(name), cell -> new ArrayList<>())
                .add(syntax.assignment(name, given)));
    lines.forEach(
        (cell, assignments) ->
            notebook
                .insertAfter(cell, syntax.heading() + "\n" + String.join("\n", assignments))
                .tag(INJECTED));
  }
}
