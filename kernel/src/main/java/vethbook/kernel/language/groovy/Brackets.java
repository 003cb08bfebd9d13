package vethbook.kernel.language.groovy;

/**
 * Whether brackets and quotes of a text are closed.
 *
 * @param depth brackets that are open at the end
 * @param inText true within a triple-quoted string or a comment
 * @param continues true when the last line ends with a backslash or an operator that wants more
 */
public record Brackets(int depth, boolean inText, boolean continues) {
  public static Brackets of(String code) {
    int depth = 0;
    String closing = "";
    int i = 0;
    while (i < code.length()) {
      if (!closing.isEmpty()) {
        boolean escaped = code.charAt(i) == '\\' && !closing.equals("*/");
        if (code.startsWith(closing, i)) {
          i += closing.length();
          closing = "";
        } else if (closing.length() == 1 && code.charAt(i) == '\n') {
          closing = ""; // a plain string does not span lines
        } else {
          i += escaped ? 2 : 1;
        }
        continue;
      }
      String opened = opening(code, i);
      if (opened.equals("//")) {
        int end = code.indexOf('\n', i);
        i = end < 0 ? code.length() : end;
        continue;
      }
      if (!opened.isEmpty()) {
        closing = opened.equals("/*") ? "*/" : opened;
        i += opened.length();
        continue;
      }
      char c = code.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      i++;
    }
    String end = code.stripTrailing();
    boolean continues = end.endsWith("\\") || end.endsWith(",") || end.endsWith("=");
    return new Brackets(Math.max(0, depth), closing.length() > 1, continues);
  }

  private static String opening(String code, int at) {
    for (String mark : new String[] {"'''", "\"\"\"", "//", "/*", "'", "\""}) {
      if (code.startsWith(mark, at)) {
        return mark;
      }
    }
    return "";
  }

  public boolean isOpen() {
    return depth > 0 || inText || continues;
  }
}
