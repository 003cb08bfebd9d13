package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.kernel.notebook.Ansi;

/**
 * What programs print to a terminal, as HTML: colours and bold as a page has them, and lines that
 * were written over as they stood in the end.
 *
 * @see "ECMA-48, 8.3.117 SGR"
 */
final class TerminalText {
  private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;]*)m");
  private static final List<String> COLOURS =
      List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

  private static final int FOREGROUND = 30;
  private static final int BRIGHT = 90;
  private static final int EXTENDED = 38;

  private final StringBuilder html = new StringBuilder();
  private boolean isBold;
  private String colour = "";

  private TerminalText() {}

  static String html(String text) {
    TerminalText made = new TerminalText();
    String last = lastState(text);
    Matcher style = STYLE.matcher(last);
    int from = 0;
    while (style.find()) {
      made.append(last.substring(from, style.start()));
      made.take(style.group(1));
      from = style.end();
    }
    made.append(last.substring(from));
    return made.html.toString();
  }

  /** A carriage return begins the line anew: progress bars do that. */
  static String lastState(String text) {
    if (text.indexOf('\r') < 0) {
      return text;
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String kept = line.replaceFirst("\r+$", "");
      lines.add(kept.substring(kept.lastIndexOf('\r') + 1));
    }
    return String.join("\n", lines);
  }

  private void append(String text) {
    String plain = Html.escape(Ansi.strip(text));
    if (plain.isEmpty() || (colour.isEmpty() && !isBold)) {
      html.append(plain);
      return;
    }
    String classes = (isBold ? "bold " : "") + colour;
    html.append("<span class=\"").append(classes.strip()).append("\">").append(plain);
    html.append("</span>");
  }

  private void take(String codes) {
    for (String code : codes.isEmpty() ? new String[] {"0"} : codes.split(";")) {
      int number = code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code);
      if (number == EXTENDED || number == EXTENDED + 10) {
        return; // what follows are numbers of a palette
      } else if (number == 0) {
        isBold = false;
        colour = "";
      } else if (number == 1) {
        isBold = true;
      } else if (number == 22) {
        isBold = false;
      } else if (number == 39) {
        colour = "";
      } else if (number >= FOREGROUND && number < FOREGROUND + COLOURS.size()) {
        colour = COLOURS.get(number - FOREGROUND);
      } else if (number >= BRIGHT && number < BRIGHT + COLOURS.size()) {
        colour = COLOURS.get(number - BRIGHT);
      }
    }
  }
}
