package vethbook.kernel.display;

import java.awt.image.RenderedImage;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

/** How values show themselves of which neither a DSL nor a library nor a cell has said it. */
final class Standard {
  private static final int MOST_OF_A_STREAM = 100;
  private static final Set<String> LINKED = Set.of("http", "https", "ftp", "mailto");

  private Standard() {}

  /**
   * What to show in place of a value: a bundle, or another value; the value itself when there is
   * nothing but its text.
   */
  static @Nullable Object inPlaceOf(Object value) {
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Optional<?> maybe) {
      return maybe.isPresent() ? maybe.get() : MimeBundle.plain("Optional.empty");
    }
    if (value instanceof URL url) {
      return link(url.getProtocol(), url.toString());
    }
    if (value instanceof URI uri) {
      return link(String.valueOf(uri.getScheme()), uri.toString());
    }
    if (value instanceof BaseStream<?, ?> stream) {
      return beginOf(stream.iterator());
    }
    if (value instanceof Object[] items && isOfObjects(items)) {
      return Arrays.asList(items);
    }
    if (value instanceof RenderedImage image) {
      return Picture.of(image);
    }
    return asTable(value);
  }

  private static boolean isOfObjects(Object[] items) {
    return items.length > 0 && !items.getClass().getComponentType().isArray();
  }

  /** Links that lead out of the notebook; not those that would run a script. */
  private static MimeBundle link(String scheme, String text) {
    if (!LINKED.contains(scheme)) {
      return MimeBundle.plain(text);
    }
    String safe = Html.escape(text);
    return MimeBundle.plain(text)
        .and(
            MimeBundle.HTML,
            "<a href=\""
                + safe
                + "\" target=\"_blank\" rel=\"noopener noreferrer\">"
                + safe
                + "</a>");
  }

  /** As much of a stream, which may be endless, as one wants to look at. */
  private static List<@Nullable Object> beginOf(Iterator<?> items) {
    List<@Nullable Object> begin = new ArrayList<>();
    while (begin.size() < MOST_OF_A_STREAM && items.hasNext()) {
      begin.add(items.next());
    }
    if (begin.size() == MOST_OF_A_STREAM && items.hasNext()) {
      begin.add(MimeBundle.plain("…"));
    }
    return begin;
  }

  /** Beans become maps, so that a DSL that shows maps shows them too. */
  private static Object asTable(Object value) {
    if (value instanceof Map || value instanceof Record) {
      return ofGrid(value);
    }
    if (value instanceof Collection<?> items) {
      List<Map<String, @Nullable Object>> beans = new ArrayList<>();
      for (Object item : items) {
        boolean isOther = item == null || item instanceof Map || item instanceof Record;
        Map<String, @Nullable Object> bean = isOther ? null : Bean.properties(item);
        if (bean == null) {
          return ofGrid(value);
        }
        beans.add(bean);
      }
      return beans.isEmpty() ? value : beans;
    }
    Map<String, @Nullable Object> bean = Bean.properties(value);
    return bean == null ? value : bean;
  }

  private static Object ofGrid(Object value) {
    Grid grid = Grid.of(value);
    return grid == null ? value : MimeBundle.plain(grid.text()).and(MimeBundle.HTML, grid.html());
  }
}
