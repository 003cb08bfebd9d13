package vethbook.kernel.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;

/**
 * How values show themselves: the renderer of the most specific type that fits, else their text.
 * Maps, records and lists of these become a table. All text is escaped where it becomes HTML.
 */
public final class Displays {
  private static final int MOST_CHARACTERS = 100_000;

  private final List<Renderer<?>> renderers = new CopyOnWriteArrayList<>();

  public Displays(Collection<Renderer<?>> known) {
    renderers.add(Renderer.of(MimeBundle.class, bundle -> bundle));
    renderers.addAll(known);
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
    return best == null ? ofItself(value) : render(best, value);
  }

  private static MimeBundle ofItself(Object value) {
    Grid grid = Grid.of(value);
    return grid == null
        ? MimeBundle.plain(text(value))
        : MimeBundle.plain(grid.text()).and(MimeBundle.HTML, grid.html());
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
}
