package vethbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a line as a shell does, without its expansions. */
final class Words {
  private static final Pattern PIECE =
      Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"|'([^']*)'|(\\S)");

  private Words() {}

  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isOpen = false;
    int end = 0;
    Matcher piece = PIECE.matcher(line);
    while (piece.find()) {
      if (isOpen && piece.start() > end) {
        words.add(word.toString());
        word.setLength(0);
      }
      isOpen = true;
      end = piece.end();
      if (piece.group(1) != null) {
        word.append(piece.group(1).replaceAll("\\\\(.)", "$1"));
      } else {
        word.append(piece.group(2) != null ? piece.group(2) : piece.group(3));
      }
    }
    if (isOpen) {
      words.add(word.toString());
    }
    return words;
  }
}
