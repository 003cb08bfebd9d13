package vethbook.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SVG that stands for itself: it has a title and a description, follows the reader's dark mode,
 * and can share a page with others.
 *
 * <p>The same picture has the same text, ids included, so that running a notebook again changes no
 * file that did not change.
 */
final class SvgPicture {
  private static final Pattern ID = Pattern.compile("(id=\"|url\\(#|href=\"#)(?=[^\"]+)");
  private static final Pattern SIZE = Pattern.compile("(?<!-)\\b(width|height)=\"([0-9.]+)\"");

  private final String title;
  private final String description;
  private final String raw;

  /**
   * @param raw an SVG with {@code width} and {@code height} on its root, in the colours of {@link
   *     Theme}, given as attributes
   */
  SvgPicture(String title, String description, String raw) {
    this.title = title;
    this.description = description;
    this.raw = fontsOnRoot(raw);
  }

  String title() {
    return title;
  }

  /** What was drawn, before a dark style and ids are added. */
  String raw() {
    return raw;
  }

  /** Width in CSS pixels. */
  double width() {
    return size("width");
  }

  /** Height in CSS pixels. */
  double height() {
    return size("height");
  }

  /** The finished SVG document. */
  String svg() {
    String id = "v" + Integer.toHexString((raw + title).hashCode());
    String own = ID.matcher(raw).replaceAll(match -> match.group(1) + id + "-");
    int end = own.indexOf('>');
    String root =
        own.substring(0, end).replace(" class=\"marks\"", "")
            + " id=\"%s\" role=\"img\" style=\"max-width:100%%;height:auto\"".formatted(id);
    return root
        + "><title>%s</title><desc>%s</desc>".formatted(escape(title), escape(description))
        + Theme.darkStyle(id, raw)
        + own.substring(end + 1);
  }

  /** Text as it may stand in an element or an attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Vega names the fonts at every text, which would be a third of the file. */
  private static String fontsOnRoot(String svg) {
    String fonts = " font-family=\"" + Theme.FONTS + "\"";
    int root = svg.indexOf('>');
    String own = svg.substring(0, root).replaceFirst(" font-family=\"[^\"]*\"", "");
    return own.replaceFirst("<svg ", "<svg" + fonts + " ") + svg.substring(root).replace(fonts, "");
  }

  private double size(String dimension) {
    Matcher matcher = SIZE.matcher(raw.substring(0, raw.indexOf('>')));
    while (matcher.find()) {
      if (matcher.group(1).equals(dimension)) {
        return Double.parseDouble(matcher.group(2));
      }
    }
    throw new IllegalArgumentException("no " + dimension + " on the root of the SVG");
  }
}
