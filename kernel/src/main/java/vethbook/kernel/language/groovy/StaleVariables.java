package vethbook.kernel.language.groovy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.CellSources.Place;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/**
 * Which cell gave each variable its value: so that a failed {@code r = ...} can say that {@code r}
 * still holds an older one, which a later cell would else show as if it were new.
 */
final class StaleVariables {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Integer> cells = new LinkedHashMap<>();

  /** Notes what a cell has changed. */
  synchronized void ran(int cell, Map<String, Object> now) {
    now.forEach(
        (name, value) -> {
          if (!values.containsKey(name) || values.get(name) != value) {
            values.put(name, value);
            cells.put(name, cell);
          }
        });
    values.keySet().retainAll(now.keySet());
    cells.keySet().retainAll(now.keySet());
  }

  /** The note for a cell that failed at a place; empty when the line assigns nothing that was. */
  synchronized Optional<String> note(CellSources sources, Place place) {
    String name = assigned(sources.text(place.cell()), place.line());
    Integer cell = cells.get(name);
    if (cell == null || cell == place.cell() || !values.containsKey(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "  note:  " + name + " keeps its value from " + (cell == 0 ? "before" : "cell " + cell));
  }

  /** The variable that the statement around a line assigns; empty for none. */
  private static String assigned(String code, int line) {
    List<Token> tokens = CellTokens.of(code).tokens();
    String name = "";
    int depth = 0;
    int row = 1;
    int at = 0;
    boolean begins = true;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      row += (int) code.substring(at, token.start()).chars().filter(c -> c == '\n').count();
      at = token.start();
      if (row > line && depth == 0) {
        return name;
      }
      if (token.kind() == Kind.OPEN) {
        depth++;
      } else if (token.kind() == Kind.CLOSE) {
        depth--;
      } else if (depth == 0 && (token.kind() == Kind.LINE || token.is(";"))) {
        begins = true;
        continue;
      }
      if (begins && depth == 0) {
        int next = i;
        while (next + 1 < tokens.size()
            && tokens.get(next).isName()
            && tokens.get(next + 1).isName()) {
          next++; // def, a type
        }
        boolean assigns =
            next + 1 < tokens.size() && tokens.get(next).isName() && tokens.get(next + 1).is("=");
        name = assigns ? tokens.get(next).text() : "";
      }
      begins = false;
    }
    return name;
  }
}
