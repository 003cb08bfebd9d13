package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Extension;
import vethbook.kernel.session.Engine;

/** One run of a notebook without a browser. What is done is saved after each cell. */
public final class NotebookRun {
  private static final int FAILED = 1;
  private static final int TIMED_OUT = 3;
  private static final int INTERRUPTED = 130;

  private final Notebook notebook;
  private final Path file;
  private final Options options;
  private final List<Extension> extensions;
  private final Instant started = Instant.now();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean timedOut = new AtomicBoolean();
  private volatile @Nullable Engine engine;

  /**
   * How a run is done.
   *
   * @param output where the executed notebook goes
   * @param parameters values in place of the notebook's own
   * @param timeout for one cell; zero for none
   * @param quiet true to show no progress
   * @param version of this program, for the record
   */
  public record Options(
      Path output,
      Map<String, String> parameters,
      Duration timeout,
      boolean quiet,
      String version) {}

  /**
   * Plans a run.
   *
   * @throws NotebookException if the notebook is in another language, has no such parameters, or if
   *     its results could not be written where they are to go
   */
  public NotebookRun(Notebook notebook, Path file, Options options, List<Extension> extensions) {
    this.notebook = notebook.copy();
    this.file = file;
    this.options = options;
    this.extensions = extensions;
    requireLanguage();
    Notebook.requireWritable(options.output());
    NotebookParameters.removeInjected(this.notebook);
  }

  /** Ends the run: stops the running cell and saves what there is. */
  public void stop() {
    stopped.set(true);
    Engine running = engine;
    if (running != null) {
      running.interrupt();
    }
  }

  /**
   * Runs all cells.
   *
   * @return the exit status: 0, 1 when a cell failed, 3 when one took too long, 130 when stopped
   * @throws NotebookException for a file that cannot be written
   */
  public int run() {
    List<Cell> cells = notebook.cells().stream().filter(Cell::isCode).toList();
    cells.forEach(Cell::clear);
    ProgressLine line = ProgressLine.open(options.quiet(), cells.size());
    NotebookSink sink = new NotebookSink(line);
    int exit;
    try (Engine running = new Engine(extensions, sink, file.getFileName().toString(), language())) {
      engine = running;
      exit = run(running, cells, sink, line);
    } finally {
      engine = null;
      save();
    }
    line.done(summary(exit));
    return exit;
  }

  private void requireLanguage() {
    if (!List.of("groovy", "java").contains(language())) {
      throw new NotebookException(
          "Cannot run %s: it is written in %s".formatted(file, language()),
          "Vethbook runs notebooks in Groovy and Java; 'jupyter nbconvert --execute' runs others",
          null);
    }
  }

  private String language() {
    return notebook.metadata().path("kernelspec").path("language").asText("groovy");
  }

  private int run(Engine running, List<Cell> cells, NotebookSink sink, ProgressLine line) {
    int count = 0;
    for (Cell cell : cells) {
      if (cell.tags().contains("skip-execution") || cell.source().isBlank()) {
        line.skipped();
        continue;
      }
      count++;
      line.cell(cell.source());
      sink.begin(cell);
      Instant begin = Instant.now();
      Engine.Outcome outcome = execute(running, cell.source(), count);
      cell.count(count);
      timing(cell, begin);
      save();
      if (stopped.get()) {
        return INTERRUPTED;
      }
      if (timedOut.get()) {
        return TIMED_OUT;
      }
      if (!outcome.isOk() && !cell.tags().contains("raises-exception")) {
        line.failed(count, outcome.error());
        return FAILED;
      }
    }
    return 0;
  }

  private Engine.Outcome execute(Engine running, String source, int count) {
    if (options.timeout().isZero()) {
      return running.execute(source, count, false);
    }
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> end =
        clock.schedule(
            () -> {
              timedOut.set(true);
              running.interrupt();
            },
            options.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return running.execute(source, count, false);
    } finally {
      end.cancel(false);
      clock.shutdownNow();
    }
  }

  /** The keys that nbclient writes, with what is known here. */
  private static void timing(Cell cell, Instant begin) {
    ObjectNode execution = cell.metadata().withObject("/execution");
    execution.put("iopub.execute_input", begin.truncatedTo(ChronoUnit.MICROS).toString());
    execution.put("shell.execute_reply", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
  }

  private void save() {
    boolean isJava = language().equals("java");
    ObjectNode language = notebook.metadata().withObject("/language_info");
    language
        .put("name", isJava ? "java" : "groovy")
        .put("mimetype", isJava ? "text/x-java" : "text/x-groovy")
        .put("file_extension", isJava ? ".jsh" : ".groovy");
    ObjectNode kernelspec = notebook.metadata().withObject("/kernelspec");
    kernelspec
        .put("name", isJava ? "vethbook-java" : "vethbook")
        .put("display_name", isJava ? "Vethbook Java" : "Vethbook")
        .put("language", isJava ? "java" : "groovy");
    RunRecord.of(file, options.parameters(), options.version(), started).keepIn(notebook);
    notebook.write(options.output());
  }

  private String summary(int exit) {
    String took = ProgressLine.time(Duration.between(started, Instant.now()));
    String how =
        switch (exit) {
          case 0 -> "Done in " + took;
          case TIMED_OUT -> "Stopped after " + took + ": a cell took longer than --timeout";
          case INTERRUPTED -> "Interrupted after " + took;
          default -> "Failed after " + took;
        };
    return how + "\n  notebook: " + options.output();
  }
}
