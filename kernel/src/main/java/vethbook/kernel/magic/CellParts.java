package vethbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.Brackets;

/**
 * A cell's text taken apart. Each part has blanks where the others are, so that lines and columns
 * in it are those of the cell.
 */
final class CellParts {
  private static final Pattern OVER = Pattern.compile("\\A\\s*%%([A-Za-z_]\\w*)([^\\n]*)");
  private static final Pattern LINE =
      Pattern.compile("^[ \\t]*%([A-Za-z_]\\w*)([^\\n]*)", Pattern.MULTILINE);

  private CellParts() {}

  /**
   * A magic, or code of the cell's language.
   *
   * @param name the magic's; null for code
   * @param text what follows the name on its line
   * @param code the code; for a magic on a line what follows its name, for one over a cell the rest
   */
  record Part(@Nullable String name, boolean isOver, String text, String code) {}

  /** The magic over the cell, alone; or what there is, in the order of the text. */
  static List<Part> of(String cell) {
    Matcher over = OVER.matcher(cell);
    if (over.find()) {
      String body = blank(cell, 0, over.end());
      return List.of(new Part(over.group(1), true, over.group(2).strip(), body));
    }
    List<Part> parts = new ArrayList<>();
    int begin = 0;
    Matcher line = LINE.matcher(cell);
    while (line.find()) {
      if (Brackets.of(cell.substring(begin, line.start())).isOpen()) {
        continue; // a remainder that is being computed, or text
      }
      addCode(parts, cell, begin, line.start());
      String code = only(cell, line.start(2), line.end());
      parts.add(new Part(line.group(1), false, line.group(2).strip(), code));
      begin = line.end();
    }
    addCode(parts, cell, begin, cell.length());
    return parts;
  }

  private static void addCode(List<Part> parts, String cell, int begin, int end) {
    boolean isRest = end == cell.length();
    if (!cell.substring(begin, end).isBlank() || (isRest && parts.isEmpty())) {
      parts.add(new Part(null, false, "", only(cell, begin, end)));
    }
  }

  /** The cell with blanks for its magics: what the language sees, at the same positions. */
  static String code(String cell) {
    List<Part> parts = of(cell);
    if (parts.get(0).isOver()) {
      return parts.get(0).code();
    }
    StringBuilder code = new StringBuilder(blank(cell, 0, cell.length()));
    for (Part part : parts) {
      if (part.name() == null || isCodeOf(part.name())) {
        for (int i = 0; i < part.code().length(); i++) {
          if (!Character.isWhitespace(part.code().charAt(i))) {
            code.setCharAt(i, part.code().charAt(i));
          }
        }
      }
    }
    return code.toString();
  }

  /** Magics whose line is code of the cell's language. */
  private static boolean isCodeOf(String magic) {
    return magic.equals("time");
  }

  /** The text up to an end, with blanks before a begin. */
  private static String only(String text, int begin, int end) {
    return blank(text.substring(0, end), 0, begin);
  }

  private static String blank(String text, int begin, int end) {
    return text.substring(0, begin)
        + text.substring(begin, end).replaceAll("[^\\n]", " ")
        + text.substring(end);
  }
}
