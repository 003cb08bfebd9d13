package vethbook.kernel.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;
import vethbook.kernel.notebook.NotebookRun;

@Command(
    name = "run",
    description = {
      "Run notebooks without a browser; write them back with their outputs, and as reports.",
      "What was done before a failure or an interrupt is kept."
    },
    mixinStandardHelpOptions = true)
final class Run implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "Notebook files (.ipynb).")
  private List<Path> notebooks = new ArrayList<>();

  @Mixin private ReportOptions reports = new ReportOptions();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the executed notebook goes (default: NAME-run.ipynb in this folder).")
  private @Nullable Path output;

  @Option(names = "--inplace", description = "Write the executed notebook over the given one.")
  private boolean inplace;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "Give a parameter of the notebook another value.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Stop when one cell takes longer.")
  private int timeout;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Override
  public Integer call() {
    check();
    AtomicReference<@Nullable NotebookRun> current = new AtomicReference<>();
    Runnable stop =
        () -> {
          NotebookRun run = current.get();
          if (run != null) {
            run.stop();
          }
        };
    Signals.on("INT", stop);
    Signals.on("TERM", stop);
    int worst = 0;
    for (Path file : notebooks) {
      NotebookRun run = plan(file);
      current.set(run);
      int exit = reports.after(run.run(), outputOf(file), file, quiet);
      if (exit != 0) {
        worst = exit;
        break;
      }
    }
    return worst;
  }

  private void check() {
    if (notebooks.size() > 1 && output != null) {
      throw new UsageException("Cannot write several notebooks to one --output file");
    }
    reports.check(notebooks);
    if (timeout < 0) {
      throw new UsageException("Cannot take --timeout " + timeout + ": it is 1 second or more");
    }
    if (inplace && output != null) {
      throw new UsageException("Cannot do both: say --output or --inplace");
    }
  }

  /** What is wrong with the files or the parameters is wrong with the command line. */
  private NotebookRun plan(Path file) {
    NotebookRun.Options options =
        new NotebookRun.Options(
            outputOf(file), parameters, Duration.ofSeconds(timeout), quiet, Version.text());
    try {
      return new NotebookRun(Notebook.read(file), file, options, Extensions.all());
    } catch (NotebookException e) {
      throw new UsageException(e.describe(""));
    }
  }

  private Path outputOf(Path file) {
    return inplace ? file : output != null ? output : Path.of(name(file) + "-run.ipynb");
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.ipynb$", "");
  }
}
