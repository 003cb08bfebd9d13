package vethbook.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects for a Vega-Lite specification that keep their order, so that notebooks do not change. */
final class Json {
  private Json() {}

  /** Keys and values in turn; a null value leaves its key out. */
  static Map<String, Object> object(@org.jspecify.annotations.Nullable Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      if (value != null) {
        object.put(String.valueOf(keysAndValues[i]), value);
      }
    }
    return object;
  }
}
