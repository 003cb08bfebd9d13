package vethbook.kernel.language.groovy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The text of a cell up to the cursor, in tokens. Unlike the compiler's, these are found in a text
 * with errors too.
 *
 * @param tokens complete ones, and at last the name or number at which the cursor stands
 * @param text where the content of the open text begins that holds the cursor; -1 outside of texts
 * @param inComment true when the cursor is in a comment
 */
record CellTokens(List<Token> tokens, int text, boolean inComment) {
  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    OPEN,
    CLOSE,
    SIGN,
    LINE
  }

  record Token(Kind kind, String text, int start, int end) {
    boolean is(String sign) {
      return kind != Kind.TEXT && text.equals(sign);
    }

    boolean isName() {
      return kind == Kind.NAME;
    }

    /** A sign after which an expression must follow. */
    boolean wantsMore() {
      return kind == Kind.SIGN && !text.equals(";") && !text.equals("->");
    }
  }

  private static final List<String> LONG_SIGNS =
      List.of(
          "?.", "*.", ".&", "::", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "<<", "&&",
          "||", "..", "?:", "++", "--", "=~");
  private static final Set<String> BEFORE_REGEX = Set.of("return", "assert", "in", "case");

  static CellTokens of(String code) {
    return new Reader(code).read();
  }

  private static final class Reader {
    private final String code;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> opened = new ArrayDeque<>();
    private int at;

    Reader(String code) {
      this.code = code;
    }

    CellTokens read() {
      while (at < code.length()) {
        char c = code.charAt(at);
        if (code.startsWith("//", at) || (at == 0 && code.startsWith("#!"))) {
          int end = code.indexOf('\n', at);
          if (end < 0) {
            return new CellTokens(tokens, -1, true);
          }
          at = end;
        } else if (code.startsWith("/*", at)) {
          int end = code.indexOf("*/", at + 2);
          if (end < 0) {
            return new CellTokens(tokens, -1, true);
          }
          at = end + 2;
        } else if (quote(c) != null) {
          String quote = quote(c);
          at += quote.length();
          if (!text(quote)) {
            return new CellTokens(tokens, start, false);
          }
        } else if (c == '}' && !opened.isEmpty() && opened.peek().length() > 0) {
          String quote = opened.pop();
          add(Kind.CLOSE, 1);
          if (!text(quote)) {
            return new CellTokens(tokens, start, false);
          }
        } else {
          token(c);
        }
      }
      return new CellTokens(tokens, -1, false);
    }

    private int start;

    private String quote(char c) {
      if (code.startsWith("'''", at) || code.startsWith("\"\"\"", at)) {
        return code.substring(at, at + 3);
      }
      boolean isRegex = c == '/' && beginsValue() && code.indexOf('/', at + 1) > 0 && sameLine();
      return c == '\'' || c == '"' || isRegex ? String.valueOf(c) : null;
    }

    private boolean sameLine() {
      int line = code.indexOf('\n', at);
      return line < 0 || code.indexOf('/', at + 1) < line;
    }

    private boolean beginsValue() {
      if (tokens.isEmpty()) {
        return true;
      }
      Token last = tokens.get(tokens.size() - 1);
      return switch (last.kind()) {
        case OPEN, SIGN, LINE -> true;
        case NAME -> BEFORE_REGEX.contains(last.text());
        default -> false;
      };
    }

    /**
     * Reads a text's content up to its end or to an expression in it; false when the code ends
     * first.
     */
    private boolean text(String quote) {
      start = at;
      boolean expands = quote.startsWith("\"") || quote.equals("/");
      while (at < code.length()) {
        char c = code.charAt(at);
        if (c == '\\') {
          at = Math.min(code.length(), at + 2);
        } else if (expands && code.startsWith("${", at)) {
          tokens.add(new Token(Kind.TEXT, code.substring(start, at), start, at));
          add(Kind.OPEN, 2);
          opened.push(quote);
          return true;
        } else if (code.startsWith(quote, at)) {
          tokens.add(new Token(Kind.TEXT, code.substring(start, at), start, at + quote.length()));
          at += quote.length();
          return true;
        } else if (c == '\n' && quote.length() == 1) {
          tokens.add(new Token(Kind.TEXT, code.substring(start, at), start, at));
          return true; // a plain text does not span lines: a mistake, and the next line is code
        } else {
          at++;
        }
      }
      return false;
    }

    private void token(char c) {
      if (c == '\n') {
        add(Kind.LINE, 1);
      } else if (Character.isWhitespace(c) || c == '\\') {
        at++;
      } else if (Character.isJavaIdentifierStart(c)) {
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
          end++;
        }
        add(Kind.NAME, end - at);
      } else if (Character.isDigit(c)) {
        add(Kind.NUMBER, numberEnd() - at);
      } else if ("([{".indexOf(c) >= 0) {
        if (c == '{') {
          opened.push("");
        }
        add(Kind.OPEN, 1);
      } else if (")]}".indexOf(c) >= 0) {
        if (c == '}' && !opened.isEmpty()) {
          opened.pop();
        }
        add(Kind.CLOSE, 1);
      } else {
        boolean isLong = LONG_SIGNS.stream().anyMatch(sign -> code.startsWith(sign, at));
        add(Kind.SIGN, isLong ? 2 : Character.charCount(code.codePointAt(at)));
      }
    }

    private int numberEnd() {
      int end = at;
      while (end < code.length()) {
        char c = code.charAt(end);
        boolean isPoint =
            c == '.' && end + 1 < code.length() && Character.isDigit(code.charAt(end + 1));
        if (!isPoint && !Character.isLetterOrDigit(c) && c != '_') {
          break;
        }
        end++;
      }
      return end;
    }

    private void add(Kind kind, int length) {
      tokens.add(new Token(kind, code.substring(at, at + length), at, at + length));
      at += length;
    }
  }
}
