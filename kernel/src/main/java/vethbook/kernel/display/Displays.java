package vethbook.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;

/**
 * How values show themselves: the renderer of the most specific type that fits, else their text.
 * All text is escaped where it becomes HTML.
 */
public final class Displays {
  private static final int MOST_CHARACTERS = 100_000;

  private final List<Renderer<?>> renderers = new CopyOnWriteArrayList<>();

  public Displays(Collection<Renderer<?>> known) {
    renderers.addAll(known);
    renderers.add(Renderer.of(MimeBundle.class, bundle -> bundle));
    renderers.add(Renderer.of(Collection.class, Rows::bundle));
  }

  /** The value in the media types that it has; {@code text/plain} always among them. */
  public MimeBundle render(@Nullable Object value) {
    if (value == null) {
      return MimeBundle.plain("null");
    }
    Renderer<?> best = null;
    for (Renderer<?> each : renderers) {
      boolean fits = each.type().isInstance(value);
      if (fits && (best == null || best.type().isAssignableFrom(each.type()))) {
        best = each;
      }
    }
    return best == null ? MimeBundle.plain(text(value)) : render(best, value);
  }

  private static <T> MimeBundle render(Renderer<T> renderer, Object value) {
    MimeBundle bundle = renderer.render(renderer.type().cast(value));
    return bundle.data().containsKey(MimeBundle.PLAIN)
        ? bundle
        : bundle.and(MimeBundle.PLAIN, text(value));
  }

  /** A value as text, arrays by their elements. */
  static String text(Object value) {
    String text =
        value instanceof Object[] array
            ? Arrays.deepToString(array)
            : value.getClass().isArray() ? elements(value) : String.valueOf(value);
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + "… (" + text.length() + " characters)";
  }

  private static String elements(Object array) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      values.add(java.lang.reflect.Array.get(array, i));
    }
    return values.toString();
  }

  /** Collections: of maps as a table, else as text. */
  private static final class Rows {
    private static final int MOST_ROWS = 200;

    static MimeBundle bundle(Collection<?> values) {
      MimeBundle plain = MimeBundle.plain(text(new ArrayList<>(values)));
      boolean isTable =
          !values.isEmpty()
              && values.size() <= MOST_ROWS
              && values.stream()
                  .allMatch(value -> value instanceof Map<?, ?> map && !map.isEmpty());
      return isTable ? plain.and(MimeBundle.HTML, table(values)) : plain;
    }

    private static String table(Collection<?> rows) {
      java.util.Set<String> names = new java.util.LinkedHashSet<>();
      rows.forEach(
          row -> ((Map<?, ?>) row).keySet().forEach(key -> names.add(String.valueOf(key))));
      StringBuilder html = new StringBuilder("<table><thead><tr>");
      names.forEach(name -> html.append("<th>").append(escape(name)).append("</th>"));
      html.append("</tr></thead><tbody>");
      for (Object row : rows) {
        html.append("<tr>");
        for (String name : names) {
          Object value = ((Map<?, ?>) row).get(name);
          html.append("<td>").append(value == null ? "–" : escape(text(value))).append("</td>");
        }
        html.append("</tr>");
      }
      return html.append("</tbody></table>").toString();
    }

    private static String escape(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }
}
