package vethbook.extension;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value in several media types; a front end shows the richest that it knows.
 *
 * <p>Text types hold a {@code String}, {@code image/png} holds base64 text, and types that end in
 * {@code json} hold plain maps, lists, numbers and strings.
 *
 * @param data media type to content, as in Jupyter's {@code display_data}
 * @param metadata media type to a map of hints, such as a picture's width
 */
public record MimeBundle(Map<String, Object> data, Map<String, Object> metadata) {
  public static final String PLAIN = "text/plain";
  public static final String HTML = "text/html";
  public static final String MARKDOWN = "text/markdown";
  public static final String LATEX = "text/latex";
  public static final String JSON = "application/json";
  public static final String SVG = "image/svg+xml";
  public static final String PNG = "image/png";
  public static final String JPEG = "image/jpeg";
  public static final String GIF = "image/gif";
  public static final String VEGA_LITE = "application/vnd.vegalite.v5+json";

  public MimeBundle {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  public static MimeBundle of(String type, Object content) {
    return new MimeBundle(Map.of(type, content), Map.of());
  }

  public static MimeBundle plain(String text) {
    return of(PLAIN, text);
  }

  /** This bundle with one more type. */
  public MimeBundle and(String type, Object content) {
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put(type, content);
    return new MimeBundle(more, metadata);
  }

  /** This bundle with hints for one of its types. */
  public MimeBundle with(String type, Map<String, Object> hints) {
    Map<String, Object> more = new LinkedHashMap<>(metadata);
    more.put(type, hints);
    return new MimeBundle(data, more);
  }

  /** The {@code text/plain} form, or a line that names the types where there is none. */
  public String text() {
    Object plain = data.get(PLAIN);
    return plain == null ? data.keySet().toString() : plain.toString();
  }
}
