package vethbook.kernel.language.java;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import vethbook.extension.Suggestion;
import vethbook.kernel.language.Language.Completeness;
import vethbook.kernel.language.Language.Completions;

/** What JShell knows of a text that is being typed, without running it. */
final class JavaText {
  private static final Pattern NAME_BEFORE = Pattern.compile("[\\w$]*$");
  private static final Pattern NAME_AFTER = Pattern.compile("^[\\w$]*");
  private static final String STEP = "    ";

  private JavaText() {}

  static Completeness completeness(SourceCodeAnalysis analysis, String code) {
    CompletionInfo info = analysis.analyzeCompletion(code);
    while (info.completeness().isComplete() && !info.remaining().isBlank()) {
      info = analysis.analyzeCompletion(info.remaining());
    }
    return switch (info.completeness()) {
      case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE ->
          new Completeness("incomplete", indent(code));
      case UNKNOWN -> Completeness.INVALID;
      default -> Completeness.COMPLETE;
    };
  }

  /** That of the last line, and a step more behind an opening bracket. */
  private static String indent(String code) {
    String last = code.substring(code.lastIndexOf('\n') + 1);
    String begin = last.substring(0, last.length() - last.stripLeading().length());
    String text = last.stripTrailing();
    boolean opens = text.endsWith("{") || text.endsWith("(") || text.endsWith("[");
    return opens ? begin + STEP : begin;
  }

  /**
   * Candidates at the cursor.
   *
   * @param more names that JShell does not know and that could begin an expression
   */
  static Completions complete(
      SourceCodeAnalysis analysis, String code, int cursor, Collection<String> more) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    int begin = beginOfSnippet(analysis, code, at);
    String text = code.substring(begin);
    int[] anchor = {at - begin};
    List<SourceCodeAnalysis.Suggestion> found =
        analysis.completionSuggestions(text, at - begin, anchor);
    Matcher before = NAME_BEFORE.matcher(code.substring(0, at));
    before.find();
    TreeSet<String> matching = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (SourceCodeAnalysis.Suggestion each : found) {
      (each.matchesType() ? matching : others).add(each.continuation());
    }
    int start = found.isEmpty() ? before.start() : begin + anchor[0];
    boolean isMember = code.substring(0, before.start()).stripTrailing().endsWith(".");
    if (!isMember && start == before.start()) {
      more.stream().filter(name -> name.startsWith(before.group())).forEach(others::add);
    }
    others.removeAll(matching);
    List<String> all = new ArrayList<>(matching);
    all.addAll(others);
    return new Completions(all.stream().map(JavaText::suggestion).toList(), start, at);
  }

  /** JShell writes a method with the bracket that opens its arguments. */
  private static Suggestion suggestion(String text) {
    String kind =
        text.contains("(")
            ? Suggestion.FUNCTION
            : SourceVersion.isKeyword(text)
                ? Suggestion.KEYWORD
                : Character.isUpperCase(text.charAt(0)) ? Suggestion.CLASS : Suggestion.INSTANCE;
    return Suggestion.of(text, kind);
  }

  static Optional<String> inspect(
      SourceCodeAnalysis analysis, String code, int cursor, boolean detailed) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    Matcher after = NAME_AFTER.matcher(code.substring(at));
    after.find();
    int end = at + after.end();
    int begin = beginOfSnippet(analysis, code, at);
    List<Documentation> found =
        analysis.documentation(code.substring(begin, end), end - begin, detailed);
    if (found.isEmpty()) {
      // of a method JShell knows only behind the bracket that opens its arguments
      String call = code.substring(begin, end) + "(";
      found = analysis.documentation(call, call.length(), detailed);
    }
    String text =
        found.stream()
            .map(each -> describe(each))
            .distinct()
            .collect(Collectors.joining("\n\n"))
            .strip();
    if (!text.isEmpty()) {
      return Optional.of(text);
    }
    String type = analysis.analyzeType(code.substring(begin, end), end - begin);
    return Optional.ofNullable(type)
        .map(known -> code.substring(begin, end).strip() + ": " + known);
  }

  private static String describe(Documentation each) {
    String comment = each.javadoc() == null ? "" : "\n" + JavadocText.plain(each.javadoc());
    return each.signature() + comment;
  }

  /** Where the snippet that holds the cursor begins. */
  private static int beginOfSnippet(SourceCodeAnalysis analysis, String code, int cursor) {
    int begin = 0;
    CompletionInfo info = analysis.analyzeCompletion(code.substring(0, cursor));
    while (info.completeness().isComplete() && !info.remaining().isBlank()) {
      begin = cursor - info.remaining().length();
      info = analysis.analyzeCompletion(info.remaining());
    }
    return begin;
  }
}
