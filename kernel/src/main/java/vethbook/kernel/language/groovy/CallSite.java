package vethbook.kernel.language.groovy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/**
 * The call among whose arguments the cursor stands.
 *
 * @param word the method's name
 * @param receiver the tokens of what it is called on, without the dot; empty for none
 * @param option the name of the argument that is being typed; empty for one without a name
 * @param position the number of arguments without a name before it
 * @param used names of the other arguments
 * @param isFresh true when nothing of the argument is there yet but the name being typed
 * @param inList true when the argument is within brackets
 */
record CallSite(
    String word,
    List<Token> receiver,
    String option,
    int position,
    Set<String> used,
    boolean isFresh,
    boolean inList) {
  private static final Set<String> NO_WORDS =
      Set.of(
          "return",
          "assert",
          "throw",
          "if",
          "while",
          "for",
          "switch",
          "case",
          "in",
          "new",
          "def",
          "var",
          "final",
          "else",
          "do",
          "try",
          "import",
          "package",
          "class",
          "as",
          "instanceof");

  /** The call around the place before token number {@code end}; null when there is none. */
  static @Nullable CallSite around(List<Token> tokens, int end) {
    Arguments arguments = new Arguments();
    int argumentEnd = end;
    int depth = 0;
    boolean inList = false;
    for (int i = end - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.CLOSE) {
        depth++;
      } else if (token.kind() == Kind.OPEN && depth > 0) {
        depth--;
      } else if (depth == 0 && token.is("(") && i > 0 && isCallee(tokens.get(i - 1))) {
        arguments.add(tokens.subList(i + 1, argumentEnd));
        return of(tokens, i, arguments, inList);
      } else if (depth == 0 && token.is("[")) {
        if (i > 0 && tokens.get(i - 1).end() == token.start() && !tokens.get(i - 1).is("(")) {
          return null; // an index
        }
        arguments = new Arguments();
        argumentEnd = end;
        inList = true;
      } else if (depth == 0 && token.is(",")) {
        arguments.add(tokens.subList(i + 1, argumentEnd));
        argumentEnd = i;
      } else if (depth == 0 && endsStatement(tokens, i)) {
        return command(tokens, i + 1, argumentEnd, arguments, end, inList);
      }
    }
    return command(tokens, 0, argumentEnd, arguments, end, inList);
  }

  private static boolean isCallee(Token token) {
    return token.isName() && !NO_WORDS.contains(token.text());
  }

  private static boolean endsStatement(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    if (token.kind() == Kind.LINE) {
      Token before = i == 0 ? null : tokens.get(i - 1);
      return before == null || !(before.wantsMore() || before.is("("));
    }
    return token.kind() == Kind.OPEN || token.is(";") || token.is("->") || token.is("=");
  }

  /** A call without parentheses: {@code client.route 'default', via: x}. */
  private static @Nullable CallSite command(
      List<Token> tokens, int start, int argumentEnd, Arguments arguments, int end, boolean list) {
    int i = start;
    while (i < end && (tokens.get(i).kind() == Kind.LINE || isPlainKeyword(tokens.get(i)))) {
      i++;
    }
    int last = Chain.end(tokens, i, end) - 1;
    boolean isBlock = last == end - 1 && last > i && tokens.get(last).is(")");
    if (isBlock) { // word(...) { : the block belongs to the word
      int open = Chain.opening(tokens, last);
      Arguments own = new Arguments();
      own.add(List.of());
      return open > i && isCallee(tokens.get(open - 1)) ? of(tokens, open, own, list) : null;
    }
    int callee = last;
    if (callee < i || callee >= argumentEnd || !isCallee(tokens.get(callee))) {
      return null;
    }
    boolean hasArgument = callee + 1 < end;
    if (hasArgument && !beginsArgument(tokens.get(callee + 1), tokens.get(callee))) {
      return null;
    }
    arguments.add(tokens.subList(callee + 1, argumentEnd));
    return of(tokens, callee + 1, arguments, list);
  }

  private static boolean isPlainKeyword(Token token) {
    return token.is("return") || token.is("assert") || token.is("def");
  }

  private static boolean beginsArgument(Token token, Token callee) {
    return switch (token.kind()) {
      case NAME, NUMBER, TEXT -> true;
      case OPEN -> token.is("{") || token.start() > callee.end();
      default -> false;
    };
  }

  private static CallSite of(List<Token> tokens, int after, Arguments arguments, boolean inList) {
    Token word = tokens.get(after - 1);
    int start = Chain.start(tokens, after);
    List<Token> receiver = start < after - 2 ? tokens.subList(start, after - 2) : List.of();
    return arguments.site(word.text(), receiver, inList);
  }

  /** Arguments, the last one first, each as its tokens. */
  private static final class Arguments {
    private final List<List<Token>> all = new ArrayList<>();

    void add(List<Token> argument) {
      all.add(argument.stream().filter(token -> token.kind() != Kind.LINE).toList());
    }

    CallSite site(String word, List<Token> receiver, boolean inList) {
      List<Token> current = all.get(0);
      Set<String> used = new HashSet<>();
      int position = 0;
      for (List<Token> other : all.subList(1, all.size())) {
        String name = name(other);
        if (name.isEmpty()) {
          position++;
        } else {
          used.add(name);
        }
      }
      String option = name(current);
      boolean isFresh = current.size() == (option.isEmpty() ? 0 : 2);
      return new CallSite(word, receiver, option, position, used, isFresh || inList, inList);
    }

    private static String name(List<Token> argument) {
      return argument.size() > 1 && argument.get(0).isName() && argument.get(1).is(":")
          ? argument.get(0).text()
          : "";
    }
  }
}
