package vethbook.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates how wide a text will be without asking a font, because the fonts of whoever looks at
 * the picture are not known here.
 *
 * <p>Widths are Helvetica's (from its published metrics), a little enlarged, since Inter, Noto Sans
 * and DejaVu Sans are wider. Chinese, Japanese and Korean characters count 1 em.
 */
final class TextWidth {
  private static final String ASCII =
      "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
          + "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
          + "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 "
          + "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
          + "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 "
          + "556 556 333 500 278 556 500 722 500 500 500 334 260 334 584";
  private static final int[] WIDTHS =
      java.util.Arrays.stream(ASCII.split(" ")).mapToInt(Integer::parseInt).toArray();
  static final double REGULAR = 1.05;
  static final double BOLD = 1.10;

  private TextWidth() {}

  /** Widths of the characters 32 to 126 in thousandths of the font size. */
  static int[] ascii() {
    return WIDTHS.clone();
  }

  /**
   * Estimates the width of a text.
   *
   * @param size font size in pixels
   * @return the estimated width in pixels
   */
  static double of(String text, double size, boolean bold) {
    double thousandths = text.codePoints().mapToDouble(TextWidth::of).sum();
    return thousandths / 1000 * size * (bold ? BOLD : REGULAR);
  }

  /**
   * Breaks a text at blanks into lines no wider than a limit. A single word that is wider is cut,
   * with an ellipsis, and so is the last line when there are more than {@code lines}.
   *
   * @param limit in pixels
   * @param lines at least 1
   */
  static List<String> wrap(String text, double size, boolean bold, double limit, int lines) {
    List<String> result = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && of(longer, size, bold) > limit) {
        result.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    result.add(line);
    if (result.size() > lines) {
      String rest = String.join(" ", result.subList(lines - 1, result.size()));
      result = new ArrayList<>(result.subList(0, lines - 1));
      result.add(rest);
    }
    return result.stream().map(one -> cut(one, size, bold, limit)).toList();
  }

  /** The text, or its beginning and an ellipsis where it is wider than the limit in pixels. */
  static String cut(String text, double size, boolean bold, double limit) {
    if (of(text, size, bold) <= limit) {
      return text;
    }
    int end = text.length();
    while (end > 1 && of(text.substring(0, end) + "…", size, bold) > limit) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  private static double of(int character) {
    if (character >= 32 && character < 32 + WIDTHS.length) {
      return WIDTHS[character - 32];
    }
    return isWide(character) ? 1000 : 600;
  }

  static boolean isWide(int character) {
    return character >= 0x1100
        && (character <= 0x115f
            || (character >= 0x2e80 && character <= 0xd7a3)
            || (character >= 0xf900 && character <= 0xfaff)
            || (character >= 0xfe30 && character <= 0xfe6f)
            || (character >= 0xff00 && character <= 0xff60)
            || character >= 0x1f300);
  }
}
