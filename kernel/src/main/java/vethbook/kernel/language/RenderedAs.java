package vethbook.kernel.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

/** A value in the media types that a cell asks for. */
final class RenderedAs {
  private RenderedAs() {}

  /**
   * Those types of the bundle; text is what it says in any text type.
   *
   * @throws IllegalArgumentException for a type that the value does not have
   */
  static MimeBundle of(MimeBundle bundle, @Nullable Object value, List<String> types) {
    if (types.isEmpty()) {
      return bundle;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    for (String type : types) {
      Object content =
          value instanceof CharSequence text ? text.toString() : bundle.data().get(type);
      if (content == null) {
        throw new IllegalArgumentException(
            "a "
                + (value == null ? "null" : value.getClass().getSimpleName())
                + " cannot be shown as "
                + type
                + "; it can as "
                + String.join(", ", bundle.data().keySet()));
      }
      data.put(type, content);
    }
    data.putIfAbsent(MimeBundle.PLAIN, bundle.text());
    return new MimeBundle(data, bundle.metadata());
  }
}
