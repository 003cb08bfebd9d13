package vethbook.kernel.display;

/** Text as HTML. */
public final class Html {
  private Html() {}

  /** The text with what HTML takes for markup made harmless, in elements and in attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
