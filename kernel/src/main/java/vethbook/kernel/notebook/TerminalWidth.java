package vethbook.kernel.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The width of the terminal that standard error is, which may change while a run lasts. */
public final class TerminalWidth {
  private static final int USUAL = 80;
  private static final int LEAST = 20;
  private static final String STANDARD_ERROR = "/proc/self/fd/2";

  private final boolean isTerminal;
  private volatile int columns;

  TerminalWidth(boolean isTerminal, int columns) {
    this.isTerminal = isTerminal;
    this.columns = Math.max(LEAST, columns);
  }

  /** That of standard error: what the terminal says, else {@code $COLUMNS}, else 80. */
  public static TerminalWidth ofStandardError() {
    TerminalWidth width = new TerminalWidth(isTerminal(Path.of(STANDARD_ERROR)), USUAL);
    width.read();
    return width;
  }

  private static boolean isTerminal(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // it is closed
    }
  }

  /** Asks again, because the window has another size (SIGWINCH). */
  public void read() {
    String variable = String.valueOf(System.getenv("COLUMNS"));
    int otherwise = variable.matches("\\d{1,4}") ? Integer.parseInt(variable) : USUAL;
    columns = Math.max(LEAST, (isTerminal ? asked() : Optional.<Integer>empty()).orElse(otherwise));
  }

  /** {@code stty size} says rows and columns; nothing where the terminal does not know. */
  private static Optional<Integer> asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size").redirectInput(new File(STANDARD_ERROR)).start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] words = said.strip().split(" ");
      boolean isKnown =
          stty.waitFor(1, TimeUnit.SECONDS) && words.length == 2 && words[1].matches("[1-9]\\d*");
      return isKnown ? Optional.of(Integer.valueOf(words[1])) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no stty here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  boolean isTerminal() {
    return isTerminal;
  }

  /** How many columns there are. */
  public int columns() {
    return columns;
  }

  /** The columns that a text takes. */
  static int of(String text) {
    return text.codePoints().map(TerminalWidth::of).sum();
  }

  /** Letters of East Asian scripts take two. */
  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default ->
          (character >= 0x3000 && character <= 0x303E)
              || (character >= 0xFF01 && character <= 0xFF60)
              || (character >= 0x1F300 && character <= 0x1FAFF);
    };
  }

  /** The beginning of a text, with an ellipsis where something is left out. */
  static String cut(String text, int most) {
    if (of(text) <= most) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 1;
    for (int character : text.codePoints().toArray()) {
      width += of(character);
      if (width > most) {
        break;
      }
      cut.appendCodePoint(character);
    }
    return cut.append('…').toString();
  }
}
