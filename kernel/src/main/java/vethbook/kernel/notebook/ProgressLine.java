package vethbook.kernel.notebook;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/**
 * How far a run is, on standard error: on a terminal one line that is written over, elsewhere a
 * line a cell.
 */
final class ProgressLine {
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 20;
  private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintStream out;
  private final boolean isTerminal;
  private final boolean isQuiet;
  private final int width;
  private final int cells;
  private int cell;
  private String title = "";
  private long shown;

  ProgressLine(PrintStream out, boolean isTerminal, boolean isQuiet, int width, int cells) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.isQuiet = isQuiet;
    this.width = width;
    this.cells = cells;
  }

  static ProgressLine open(boolean quiet, int cells) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new ProgressLine(err, isTerminal(), quiet, columns(), cells);
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false; // standard error is closed
    }
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{1,4}")
        ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }

  void skipped() {
    cell++;
  }

  /** A cell begins. */
  void cell(String source) {
    cell++;
    title =
        source
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("//"))
            .findFirst()
            .orElse("");
    show(place() + " " + title, true);
  }

  void progress(Progress progress) {
    if (!isTerminal || progress.fraction() >= 1) {
      return;
    }
    String left = progress.left().isZero() ? "" : " · " + time(progress.left()) + " left";
    show(place() + " " + progress.text() + left, false);
  }

  private String place() {
    return "[" + cell + "/" + cells + "]";
  }

  private void show(String text, boolean always) {
    long now = System.nanoTime();
    if (isQuiet || (!always && now - shown < BETWEEN_NANOS)) {
      return;
    }
    shown = now;
    if (isTerminal) {
      out.print("\r\u001b[K" + cut(text));
      out.flush();
    } else {
      out.println(cut(text));
    }
  }

  private String cut(String text) {
    int most = width - 1;
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  void failed(int count, @Nullable CellError error) {
    clear();
    out.println("Cell " + count + " failed: " + title);
    if (error != null) {
      error.traceback().forEach(line -> out.println("  " + (isTerminal ? line : Ansi.strip(line))));
    }
  }

  void done(String summary) {
    clear();
    if (!isQuiet) {
      out.println(summary);
    }
  }

  private void clear() {
    if (isTerminal && !isQuiet) {
      out.print("\r\u001b[K");
    }
  }

  /** {@code 1 min 20 s}. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
  }
}
