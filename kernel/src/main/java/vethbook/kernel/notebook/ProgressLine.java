package vethbook.kernel.notebook;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/**
 * How runs go, for people: on a terminal one line that is written over, elsewhere a line a cell,
 * and one each half minute while a cell measures.
 */
public final class ProgressLine implements RunProgress {
  private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();
  private static final long BETWEEN_LINES_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int LEAST_TEXT = 18;

  private final PrintStream out;
  private final TerminalWidth width;
  private final boolean isTerminal;
  private final boolean isQuiet;
  private final int runs;
  private int run;
  private int cells;
  private int cell;
  private String title = "";
  private long shown;

  /**
   * @param width of the terminal; unknown where there is none
   * @param isQuiet true to show only what failed
   * @param runs how many notebooks are run
   */
  public ProgressLine(PrintStream out, TerminalWidth width, boolean isQuiet, int runs) {
    this.out = out;
    this.width = width;
    this.isTerminal = width.isTerminal();
    this.isQuiet = isQuiet;
    this.runs = runs;
  }

  @Override
  public synchronized void begins(
      Path notebook, Path output, Map<String, String> parameters, int all) {
    run++;
    cells = all;
    cell = 0;
    if (runs > 1) {
      String given = parameters.isEmpty() ? "" : " " + parameters.toString().replaceAll("[{}]", "");
      note(run + "/" + runs + " " + notebook.getFileName() + given);
    }
  }

  @Override
  public synchronized void cell(int place, String source) {
    cell = place;
    title = title(source);
    show(place() + " " + title, 0);
  }

  /** The first line that says something. */
  static String title(String source) {
    return source
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("//"))
        .findFirst()
        .orElse("");
  }

  @Override
  public synchronized void progress(Progress progress) {
    if (progress.fraction() < 1) {
      String left = progress.left().isZero() ? "" : " · " + time(progress.left()) + " left";
      String text = fit(place() + " " + progress.text(), left);
      show(text, isTerminal ? BETWEEN_NANOS : BETWEEN_LINES_NANOS);
    }
  }

  /** The time left stays in a narrow terminal; the text before it gives way. */
  private String fit(String text, String left) {
    int room = width.columns() - 1 - TerminalWidth.of(left);
    if (room < LEAST_TEXT) {
      return text;
    }
    return TerminalWidth.of(text) <= room ? text + left : TerminalWidth.cut(text, room) + left;
  }

  private String place() {
    return "[" + (runs > 1 ? run + "/" + runs + " " : "") + cell + "/" + cells + "]";
  }

  private void show(String text, long afterNanos) {
    long now = System.nanoTime();
    if (isQuiet || (afterNanos > 0 && now - shown < afterNanos)) {
      return;
    }
    shown = now;
    String line = TerminalWidth.cut(text, width.columns() - 1);
    if (isTerminal) {
      out.print("\r\u001b[K" + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  @Override
  public synchronized void cellEnded(
      int place, int count, String how, Duration took, @Nullable CellError error) {
    if (error != null && (how.equals("failed") || how.equals("timeout"))) {
      clear();
      out.println(
          how.equals("failed")
              ? "Cell " + count + " failed: " + title
              : "Cell " + count + " took longer than --timeout: " + title);
      if (how.equals("failed")) {
        error
            .traceback()
            .forEach(line -> out.println("  " + (isTerminal ? line : Ansi.strip(line))));
      }
    }
  }

  @Override
  public synchronized void note(String text) {
    clear();
    if (!isQuiet) {
      out.println(text);
    }
  }

  @Override
  public synchronized void ends(int exit, Duration took, Path output) {
    String how =
        switch (exit) {
          case ExitCodes.OK -> "Done in ";
          case ExitCodes.TIMED_OUT -> "Timed out after ";
          case ExitCodes.INTERRUPTED -> "Interrupted after ";
          default -> "Failed after ";
        };
    note(how + time(took) + "\n  notebook: " + output);
  }

  private void clear() {
    if (isTerminal && !isQuiet) {
      out.print("\r\u001b[K");
    }
  }

  /** {@code 1 min 20 s}. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds >= 3600) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
  }
}
