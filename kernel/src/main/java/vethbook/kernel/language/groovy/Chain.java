package vethbook.kernel.language.groovy;

import java.util.List;
import java.util.Set;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/** Where an expression such as {@code a.b(c)[0].d} begins and ends among tokens. */
final class Chain {
  private static final Set<String> DOTS = Set.of(".", "?.", "*.", ".&", "::");

  private Chain() {}

  static boolean isDot(Token token) {
    return token.kind() == Kind.SIGN && DOTS.contains(token.text());
  }

  /** The first token of the chain that ends before token number {@code end}. */
  static int start(List<Token> tokens, int end) {
    int i = end;
    while (i > 0) {
      int element = elementStart(tokens, i);
      if (element == i) {
        return i;
      }
      i = element;
      if (i > 0 && isDot(tokens.get(i - 1))) {
        i--;
      } else {
        return i > 0 && tokens.get(i - 1).is("new") ? i - 1 : i;
      }
    }
    return i;
  }

  /** The first token of the last element: a name with what follows it in brackets. */
  private static int elementStart(List<Token> tokens, int end) {
    int i = end;
    while (i > 0 && tokens.get(i - 1).kind() == Kind.CLOSE) {
      int open = opening(tokens, i - 1);
      if (open < 0) {
        return i;
      }
      boolean standsAlone =
          open == 0
              || !(tokens.get(open - 1).isName() || tokens.get(open - 1).kind() == Kind.CLOSE)
              || (!tokens.get(open).is("{")
                  && tokens.get(open - 1).end() != tokens.get(open).start());
      if (standsAlone) {
        return open;
      }
      i = open;
    }
    if (i > 0) {
      Kind kind = tokens.get(i - 1).kind();
      return kind == Kind.NAME || kind == Kind.TEXT || kind == Kind.NUMBER ? i - 1 : i;
    }
    return i;
  }

  /** The bracket that opens the one at a place; -1 for none. */
  static int opening(List<Token> tokens, int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      Kind kind = tokens.get(i).kind();
      depth += kind == Kind.CLOSE ? 1 : kind == Kind.OPEN ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The bracket that closes the one at a place, or the end. */
  static int closing(List<Token> tokens, int open, int end) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      Kind kind = tokens.get(i).kind();
      depth += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return end;
  }

  /** The end of the chain that begins at a token. */
  static int end(List<Token> tokens, int start, int limit) {
    int i = start;
    if (i >= limit || !(tokens.get(i).isName() || isValue(tokens.get(i)))) {
      return i;
    }
    i++;
    while (i < limit) {
      Token token = tokens.get(i);
      boolean follows = token.start() == tokens.get(i - 1).end();
      if (isDot(token) && i + 1 < limit && tokens.get(i + 1).isName()) {
        i += 2;
      } else if (token.kind() == Kind.OPEN && follows && !token.is("{")) {
        int close = closing(tokens, i, limit);
        if (close == limit) {
          return i;
        }
        i = close + 1;
      } else {
        return i;
      }
    }
    return i;
  }

  private static boolean isValue(Token token) {
    return token.kind() == Kind.TEXT || token.kind() == Kind.NUMBER;
  }
}
