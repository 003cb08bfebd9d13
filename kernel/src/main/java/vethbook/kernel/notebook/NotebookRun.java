package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Extension;
import vethbook.kernel.language.CellError;
import vethbook.kernel.parameter.Given;
import vethbook.kernel.session.Engine;

/**
 * One run of a notebook without a browser. What is done is saved after each cell, and after each
 * round of an experiment.
 *
 * <p>A run that goes on from an earlier one runs all cells again, because variables and networks
 * end with the process that has them; experiments in them take the rounds that are there already,
 * and measure those that are missing.
 */
public final class NotebookRun {
  private final Notebook notebook;
  private final Path file;
  private final Options options;
  private final List<Extension> extensions;
  private final NotebookKernel kernel;
  private final NotebookParameters declared;
  private final Map<String, Given> given;
  private final RoundsFolder rounds;
  private final PapermillRecord record;
  private final boolean resumes;
  private final @Nullable String completed;
  private Instant started = Instant.now();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile @Nullable CellRunner runner;

  /**
   * How a run is done.
   *
   * @param output where the executed notebook goes
   * @param parameters values in place of the notebook's own: {@link NotebookParameters.Text} as a
   *     person typed it, else numbers, texts, lists
   * @param timeout for one cell; zero for none
   * @param keepGoing true to go on after a cell that failed
   * @param resume true to go on from what the output has already
   * @param version of this program, for the record
   */
  public record Options(
      Path output,
      Map<String, @Nullable Object> parameters,
      Duration timeout,
      boolean keepGoing,
      boolean resume,
      String version) {
    /** A whole run with nothing special. */
    public static Options of(Path output, String version) {
      return new Options(output, Map.of(), Duration.ZERO, false, false, version);
    }
  }

  /**
   * Plans a run.
   *
   * @throws NotebookException if the notebook's kernel is not on this machine, if its results could
   *     not be written where they are to go, or if there is nothing of its kind to go on from
   * @throws vethbook.kernel.parameter.ParameterException if it has no such parameters
   */
  public NotebookRun(Notebook notebook, Path file, Options options, List<Extension> extensions) {
    this.notebook = notebook.copy();
    this.file = file;
    this.options = options;
    this.extensions = extensions;
    kernel = NotebookKernel.of(notebook, file);
    Notebook.requireWritable(options.output());
    NotebookParameters.removeInjected(this.notebook);
    PapermillRecord.removeMarks(this.notebook);
    declared = new NotebookParameters(this.notebook);
    Optional<EarlierRun> earlier =
        options.resume() ? EarlierRun.at(options.output()) : Optional.empty();
    given =
        declared.take(
            options.parameters().isEmpty() && earlier.isPresent()
                ? earlier.get().parameters()
                : options.parameters());
    declared.inject(this.notebook, given);
    earlier.ifPresent(then -> then.requireSame(this.notebook));
    resumes = earlier.isPresent();
    completed = earlier.flatMap(EarlierRun::completed).orElse(null);
    rounds = new RoundsFolder(options.output());
    record = new PapermillRecord(this.notebook);
  }

  /** Ends the run: stops the running cell and saves what there is. */
  public void stop() {
    stopped.set(true);
    CellRunner running = runner;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Where the executed notebook goes. */
  public Path output() {
    return options.output();
  }

  /** The parameters given, as people write them. */
  public Map<String, String> parameters() {
    Map<String, String> texts = new LinkedHashMap<>();
    given.forEach((name, each) -> texts.put(name, each.text()));
    return texts;
  }

  /**
   * Runs all cells, unless an earlier run that this one goes on from has done so.
   *
   * @return one of {@link ExitCodes}
   * @throws NotebookException for a file that cannot be written
   */
  public int run(RunProgress watcher) {
    List<Cell> cells = notebook.cells().stream().filter(Cell::isCode).toList();
    watcher.begins(file, options.output(), parameters(), cells.size());
    if (completed != null) {
      watcher.note("Nothing is left to do: " + options.output() + " was completed " + completed);
      return ExitCodes.OK;
    }
    begin(cells, watcher);
    NotebookSink sink = new NotebookSink(watcher, this::write);
    Engine.Played played =
        new Engine.Played(
            String.valueOf(file.getFileName()),
            kernel.language(),
            Optional.of(rounds.path()),
            resumes);
    int exit = ExitCodes.FAILED;
    try {
      sink.save();
      try (CellRunner running = kernel.start(extensions, sink, played, stopped::get)) {
        runner = running;
        exit = stopped.get() ? ExitCodes.INTERRUPTED : run(running, cells, sink, watcher);
      }
    } catch (NotebookException e) {
      if (!stopped.get()) {
        throw e;
      }
      exit = ExitCodes.INTERRUPTED; // while its kernel started
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      runner = null;
      record.end(exit == ExitCodes.OK);
      sink.save();
    }
    if (exit == ExitCodes.OK) {
      rounds.delete();
    }
    watcher.ends(exit, Duration.between(started, Instant.now()), options.output());
    if (exit != ExitCodes.OK && rounds.exists()) {
      watcher.note("  rounds:   " + rounds.path() + "; --resume goes on with them");
    }
    return exit;
  }

  private void begin(List<Cell> cells, RunProgress watcher) {
    started = Instant.now();
    cells.forEach(Cell::clear);
    record.begin(file, options.output(), declared.all(), given, options.version());
    if (cells.isEmpty()) {
      watcher.note("Nothing to run: " + file + " has no code cells");
    }
    if (!resumes) {
      rounds.delete();
    }
    if (options.resume() && !rounds.exists()) {
      watcher.note("Nothing to resume: no rounds in " + rounds.path() + "; this run begins anew");
    }
  }

  private int run(CellRunner running, List<Cell> cells, NotebookSink sink, RunProgress watcher) {
    int exit = ExitCodes.OK;
    int place = 0;
    int count = 0;
    for (Cell cell : cells) {
      place++;
      if (cell.tags().contains("skip-execution") || cell.source().isBlank()) {
        watcher.cellEnded(place, 0, "skipped", Duration.ZERO, null);
        continue;
      }
      count++;
      watcher.cell(place, cell.source());
      sink.begin(cell);
      int own = run(running, cell, new Turn(place, count), sink, watcher);
      exit = exit == ExitCodes.OK || own == ExitCodes.INTERRUPTED ? own : exit;
      if (stopped.get() || (own != ExitCodes.OK && !options.keepGoing())) {
        return exit;
      }
    }
    return exit;
  }

  /**
   * Which cell it is.
   *
   * @param place among the code cells, from 1
   * @param count of those run, which the cell shows
   */
  private record Turn(int place, int count) {}

  private int run(
      CellRunner running, Cell cell, Turn turn, NotebookSink sink, RunProgress watcher) {
    Instant begin = Instant.now();
    record.cellBegins(cell);
    @Nullable CellError error;
    boolean isOver;
    try (CellClock clock = new CellClock(options.timeout(), running::interrupt)) {
      error = running.execute(cell.source(), turn.count());
      isOver = clock.isOver();
    }
    cell.count(turn.count());
    timing(cell, begin);
    int exit = exit(cell, error, isOver);
    Duration took = Duration.between(begin, Instant.now());
    record.cellEnded(cell, took, exit == ExitCodes.OK);
    sink.save();
    String how =
        switch (exit) {
          case ExitCodes.OK -> "ok";
          case ExitCodes.TIMED_OUT -> "timeout";
          case ExitCodes.INTERRUPTED -> "interrupted";
          default -> "failed";
        };
    watcher.cellEnded(turn.place(), turn.count(), how, took, error);
    return exit;
  }

  private int exit(Cell cell, @Nullable CellError error, boolean isOver) {
    if (stopped.get()) {
      return ExitCodes.INTERRUPTED;
    }
    if (isOver && error != null) {
      return ExitCodes.TIMED_OUT;
    }
    boolean isExpected = cell.tags().contains("raises-exception");
    return error == null || isExpected ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /** The keys that nbclient writes, with what is known here. */
  private static void timing(Cell cell, Instant begin) {
    ObjectNode execution = cell.metadata().withObject("/execution");
    execution.put("iopub.execute_input", begin.truncatedTo(ChronoUnit.MICROS).toString());
    execution.put("shell.execute_reply", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
  }

  private void write() {
    kernel.keepIn(notebook);
    RunRecord.of(file, parameters(), options.version(), started, kernel.displayName(), extensions)
        .keepIn(notebook);
    notebook.write(options.output());
  }
}
