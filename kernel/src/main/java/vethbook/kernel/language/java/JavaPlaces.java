package vethbook.kernel.language.java;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import org.jspecify.annotations.Nullable;

/** Finds the cell and the line of a stack frame in one of JShell's classes. */
final class JavaPlaces {
  private static final Pattern CLASS = Pattern.compile("(REPL\\.\\$JShell\\$\\w+)(?:[.$].*)?");
  private static final int KEPT = 2_000;

  private final Map<Snippet, Start> starts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Snippet, Start> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * Where a snippet's text begins.
   *
   * @param line from 1
   */
  record Start(int cell, int line) {}

  synchronized void add(Snippet snippet, Start start) {
    starts.put(snippet, start);
  }

  /** Gives frames of cells the file {@code cell_3.java} and the cell's line, here and in causes. */
  synchronized void translate(Throwable error, SourceCodeAnalysis analysis) {
    int depth = 0;
    for (Throwable each = error; each != null && depth < 20; each = each.getCause(), depth++) {
      StackTraceElement[] frames = each.getStackTrace();
      boolean isChanged = false;
      for (int i = 0; i < frames.length; i++) {
        StackTraceElement found = translate(frames[i], analysis);
        if (found != null) {
          frames[i] = found;
          isChanged = true;
        }
      }
      if (isChanged) {
        each.setStackTrace(frames);
      }
    }
  }

  private @Nullable StackTraceElement translate(
      StackTraceElement frame, SourceCodeAnalysis analysis) {
    Matcher matcher = CLASS.matcher(frame.getClassName());
    boolean isCells = String.valueOf(frame.getFileName()).startsWith("$JShell$");
    if (!isCells || !matcher.matches() || frame.getLineNumber() < 1) {
      return null;
    }
    for (Map.Entry<Snippet, Start> each : starts.entrySet()) {
      SnippetWrapper wrapper = analysis.wrapper(each.getKey());
      if (wrapper.fullClassName().equals(matcher.group(1))) {
        String text = wrapper.wrapped();
        int first = lines(text, wrapper.sourceToWrappedPosition(0));
        int within = frame.getLineNumber() - 1 - first;
        if (within >= 0 && within <= lines(wrapper.source(), wrapper.source().length())) {
          Start start = each.getValue();
          return new StackTraceElement(
              frame.getClassName(),
              frame.getMethodName(),
              "cell_" + start.cell() + ".java",
              start.line() + within);
        }
      }
    }
    return null;
  }

  /** Line ends before a position. */
  static int lines(String text, int end) {
    return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
