package vethbook.kernel.language.java;

/** The text of a documentation comment without its markup. */
final class JavadocText {
  private JavadocText() {}

  static String plain(String comment) {
    return comment
        .replaceAll("\\{@(?:code|literal|link|linkplain|value)\\s+([^}]*)}", "$1")
        .replaceAll("(?i)<p>|</?(?:pre|ul|ol|dl|blockquote|h\\d)[^>]*>", "\n")
        .replaceAll("(?i)<li>|<dt>|<dd>", "\n  - ")
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .replaceAll("[ \\t]*\\n(?:[ \\t]*\\n)+", "\n\n")
        .strip();
  }
}
