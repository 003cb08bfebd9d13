package vethbook.kernel.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vethbook.extension.MimeBundle;
import vethbook.extension.UserException;
import vethbook.kernel.display.Html;
import vethbook.kernel.language.CellSources.Place;

/** Errors as text with terminal colours that can be read on light and on dark. */
public final class ErrorText {
  private static final String RED = "\u001b[31m";
  private static final String BOLD = "\u001b[1m";
  private static final String OFF = "\u001b[0m";
  private static final int MOST_FRAMES = 12;

  private static final List<String> MACHINERY =
      List.of(
          "org.codehaus.groovy.",
          "org.apache.groovy.",
          "groovy.lang.",
          "java.lang.reflect.",
          "java.lang.invoke.",
          "jdk.internal.",
          "jdk.jshell.",
          "java.util.concurrent.",
          "java.lang.Thread",
          "vethbook.kernel.");

  private ErrorText() {}

  /** The line of a problem, in the colour of errors. */
  public static String problem(String line) {
    return RED + line + OFF;
  }

  /** A line of a cell: bold, for no other colour can be read on light and on dark. */
  public static String source(String line) {
    return BOLD + "    " + line + OFF;
  }

  /** In parentheses; empty for no place. */
  public static String at(Optional<Place> place) {
    return place.map(known -> " (" + known + ")").orElse("");
  }

  /**
   * An error that a cell threw.
   *
   * @param text the problem in one line, and what may follow it
   * @param line the cell's line that threw it; empty when not known
   */
  public static CellError thrown(Throwable error, String text, String line, List<String> frames) {
    List<String> lines = new ArrayList<>();
    String[] parts = text.split("\n", -1);
    lines.add(problem(parts[0]));
    if (!line.isBlank()) {
      lines.add(source(line.strip()));
    }
    lines.addAll(Arrays.asList(parts).subList(1, parts.length));
    lines.addAll(frames);
    String name = error.getClass().getSimpleName();
    return new CellError(name.isEmpty() ? error.getClass().getName() : name, parts[0], lines);
  }

  /** An error that is a value: its text, and folded where it comes from. */
  public static MimeBundle bundle(Throwable error) {
    String what = error instanceof UserException user ? user.describe("") : String.valueOf(error);
    List<String> frames = frames(error);
    String html = "<pre style=\"margin:0\">" + Html.escape(what) + "</pre>";
    return frames.isEmpty()
        ? MimeBundle.plain(what).and(MimeBundle.HTML, html)
        : MimeBundle.plain(what + "\n" + String.join("\n", frames))
            .and(
                MimeBundle.HTML,
                html
                    + "<details><summary>where it comes from</summary><pre style=\"margin:0\">"
                    + Html.escape(String.join("\n", frames))
                    + "</pre></details>");
  }

  /** Frames of the user's and of libraries, and the causes; not those of the kernel. */
  public static List<String> frames(Throwable error) {
    List<String> lines = new ArrayList<>();
    for (Throwable each = error;
        each != null && lines.size() < MOST_FRAMES;
        each = each.getCause()) {
      if (each != error) {
        lines.add("caused by " + each);
      }
      Arrays.stream(each.getStackTrace())
          .limit(endOfCells(each.getStackTrace()))
          .filter(frame -> MACHINERY.stream().noneMatch(frame.getClassName()::startsWith))
          .map(ErrorText::frame)
          .distinct()
          .limit(MOST_FRAMES)
          .forEach(lines::add);
    }
    return lines;
  }

  /** How many frames there are up to the outermost that is a cell's; all if none is. */
  private static int endOfCells(StackTraceElement[] frames) {
    for (int i = frames.length - 1; i >= 0; i--) {
      if (CellSources.place(frames[i]).isPresent()) {
        return i + 1;
      }
    }
    return frames.length;
  }

  private static String frame(StackTraceElement frame) {
    return "    at " + CellSources.place(frame).map(Place::toString).orElse(frame.toString());
  }
}
