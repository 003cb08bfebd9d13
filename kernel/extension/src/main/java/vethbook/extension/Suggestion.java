package vethbook.extension;

/**
 * What could stand where the person types.
 *
 * @param text what replaces the typed part
 * @param kind what it is, in the words that front ends draw a sign for: {@code function}, {@code
 *     instance}, {@code property}, {@code class}, {@code module}, {@code path}, {@code keyword},
 *     {@code param}
 * @param detail one short line about it, such as a signature; empty for nothing
 */
public record Suggestion(String text, String kind, String detail) {
  public static final String FUNCTION = "function";
  public static final String INSTANCE = "instance";
  public static final String PROPERTY = "property";
  public static final String CLASS = "class";
  public static final String MODULE = "module";
  public static final String PATH = "path";
  public static final String KEYWORD = "keyword";
  public static final String PARAM = "param";

  public static Suggestion of(String text, String kind) {
    return new Suggestion(text, kind, "");
  }
}
