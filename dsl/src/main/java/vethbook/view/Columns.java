package vethbook.view;

import java.util.ArrayList;
import java.util.List;

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

  /** Breaks a text into lines of so many columns, at blanks and commas where there are any. */
  static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (width(rest) > width) {
      int end = 0;
      int columns = 0;
      int blank = -1;
      while (columns + width(rest.substring(end, rest.offsetByCodePoints(end, 1))) <= width) {
        int next = rest.offsetByCodePoints(end, 1);
        columns += width(rest.substring(end, next));
        blank = rest.charAt(end) == ' ' ? end : blank;
        end = next;
      }
      if (rest.charAt(end) == ' ') {
        blank = end;
      }
      int at = blank > 0 ? blank : Math.max(end, 1);
      lines.add(rest.substring(0, at).stripTrailing());
      rest = rest.substring(at).stripLeading();
    }
    if (!rest.isEmpty() || lines.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }
}
