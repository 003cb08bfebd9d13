package vethbook.view;

/** Pads text for a terminal, where a Chinese character takes two columns. */
final class Columns {
  private Columns() {}

  /** Columns that a text takes in a terminal. */
  static int width(String text) {
    return text.codePoints().map(c -> TextWidth.isWide(c) ? 2 : 1).sum();
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }
}
