package vethbook.kernel.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vethbook.extension.Extension;
import vethbook.extension.RunPlace;
import vethbook.extension.UserException;
import vethbook.kernel.notebook.ExitCodes;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookParameters;
import vethbook.kernel.notebook.ProgressJson;
import vethbook.kernel.notebook.ProgressLine;
import vethbook.kernel.notebook.RunProgress;
import vethbook.kernel.notebook.TerminalWidth;
import vethbook.kernel.parameter.ParameterTable;

@Command(
    name = "run",
    description = {
      "Run notebooks without a browser; write them back with their outputs, and as reports.",
      "What was done before a failure or an interrupt is kept: after each cell, and after each"
          + " round of an experiment."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0: all went well",
      "1: a cell failed",
      "2: the command line asks for something that cannot be; nothing was run",
      "3: a cell took longer than --timeout",
      "5: something got worse than in --baseline",
      "130: interrupted (143: terminated); --resume goes on"
    })
final class Run implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|min|h)?");
  private static final int MOST_SIGNALS = 3;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "Notebook files (.ipynb).")
  private List<Path> notebooks = new ArrayList<>();

  @Option(
      names = "--help-notebook",
      description = "List the parameters of a notebook and run nothing.")
  private boolean helpNotebook;

  @Mixin private ParameterOptions parameters = new ParameterOptions();

  @Option(
      names = "--output",
      paramLabel = "PLACE",
      description =
          "Where executed notebooks go: a file (.ipynb) or a folder. Default: NAME-run.ipynb in"
              + " this folder.")
  private @Nullable Path output;

  @Option(names = "--inplace", description = "Write the executed notebook over the given one.")
  private boolean inplace;

  @Option(
      names = "--resume",
      description =
          "Go on with a run that did not come to its end: experiments keep the rounds they have,"
              + " other cells run again, what is complete is left alone.")
  private boolean resume;

  @Option(
      names = "--keep-going",
      description = "Go on with the next cell, and the next notebook, after one that failed.")
  private boolean keepGoing;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop a cell that takes longer: 90, 90s, 10min, 2h.")
  private @Nullable String timeout;

  @Option(names = "--quiet", description = "Show no progress, only what failed.")
  private boolean quiet;

  @Option(
      names = "--progress",
      paramLabel = "KIND",
      description =
          "For people on standard error (text, the default), or for programs on standard output,"
              + " a JSON object a line (jsonl).")
  private ProgressKind progress = ProgressKind.text;

  @Mixin private ReportOptions reports = new ReportOptions();

  private final AtomicReference<@Nullable Job> current = new AtomicReference<>();
  private volatile int signalled;
  private volatile int signals;

  /** Named as people type them. */
  private enum ProgressKind {
    text,
    jsonl
  }

  private final List<RunPlace> places = new ArrayList<>();

  /** This command with the options of the places in which it can run. */
  static CommandLine command(List<Extension> extensions) {
    Run run = new Run();
    CommandLine command = new CommandLine(run);
    for (Extension extension : extensions) {
      for (RunPlace place : extension.runPlaces()) {
        run.places.add(place);
        command.addMixin(place.getClass().getSimpleName(), place);
      }
    }
    return command;
  }

  @Override
  public Integer call() {
    if (helpNotebook) {
      return describe();
    }
    Jobs.How how = new Jobs.How(timeout(), keepGoing, resume);
    List<Job> jobs = new Jobs(parameters, output, inplace, how).plan(notebooks);
    // a matrix has one report
    boolean isMatrix = parameters.hasMatrix();
    reports.check(isMatrix ? notebooks : jobs.stream().map(Job::title).toList(), isMatrix);
    Optional<RunPlace> elsewhere = places.stream().filter(RunPlace::isChosen).findFirst();
    if (elsewhere.isPresent()) {
      return run(elsewhere.get());
    }
    Signals.on("INT", () -> stop(ExitCodes.INTERRUPTED));
    Signals.on("TERM", () -> stop(ExitCodes.TERMINATED));
    Signals.on("HUP", () -> stop(ExitCodes.TERMINATED));
    return run(jobs, watcher(jobs.size()));
  }

  /** The same command line there, in the same folder, without the options that chose the place. */
  private int run(RunPlace place) {
    Signals.on("INT", place::interrupt);
    Signals.on("TERM", place::interrupt);
    Set<Path> folders = new LinkedHashSet<>(List.of(Path.of("").toAbsolutePath()));
    List<String> arguments = new ArrayList<>(List.of("run"));
    for (String argument : place.without(own(spec.commandLine().getParseResult().originalArgs()))) {
      arguments.add(argument);
      folder(argument.replaceFirst("^--[a-z-]+=", "")).ifPresent(folders::add);
    }
    return place.run(new RunPlace.Request(arguments, List.copyOf(folders)));
  }

  private static List<String> own(List<String> all) {
    return all.subList(all.indexOf("run") + 1, all.size());
  }

  /** Where a file of this name would be written, if it names one in a folder that exists. */
  private static Optional<Path> folder(String argument) {
    if (!argument.contains("/") || argument.startsWith("-")) {
      return Optional.empty();
    }
    Path path = Path.of(argument).toAbsolutePath().normalize();
    return Optional.ofNullable(Files.isDirectory(path) ? path : path.getParent())
        .filter(Files::isDirectory);
  }

  private int describe() {
    TerminalWidth width = TerminalWidth.ofStandardError();
    for (Path file : notebooks) {
      String text;
      try {
        NotebookParameters declared = new NotebookParameters(Notebook.read(file));
        text =
            declared.all().isEmpty()
                ? "none; to have one, " + declared.howToDeclare("rounds")
                : ParameterTable.text(declared.all(), width.columns());
      } catch (UserException e) {
        throw new UsageException(e.describe(""));
      }
      spec.commandLine().getOut().println("Parameters of " + file + ":\n\n" + text.indent(2));
    }
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  private Duration timeout() {
    if (timeout == null) {
      return Duration.ZERO;
    }
    Matcher matcher = TIME.matcher(timeout.strip());
    long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    if (number == 0) {
      throw new UsageException(
          "Cannot take --timeout " + timeout + ": it is 1 second or more, such as 90s or 10min");
    }
    return switch (String.valueOf(matcher.group(2))) {
      case "min" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private RunProgress watcher(int runs) {
    if (progress == ProgressKind.jsonl) {
      return new ProgressJson(stream(FileDescriptor.out));
    }
    TerminalWidth width = TerminalWidth.ofStandardError();
    Signals.on("WINCH", width::read);
    return new ProgressLine(stream(FileDescriptor.err), width, quiet, runs);
  }

  /** Past the streams that cells are given instead. */
  private static PrintStream stream(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** The first time it ends the cell, the second one that does not end, the third the process. */
  private synchronized void stop(int exit) {
    signalled = exit;
    signals++;
    if (signals >= MOST_SIGNALS) {
      Runtime.getRuntime().halt(exit);
    }
    Job job = current.get();
    if (job != null) {
      job.run().stop();
    }
  }

  private int run(List<Job> jobs, RunProgress watcher) {
    int first = ExitCodes.OK;
    Map<Job, Integer> exits = new LinkedHashMap<>();
    for (Job job : jobs) {
      current.set(job);
      int exit = signalled == 0 ? job.run().run(watcher) : signalled;
      current.set(null);
      exits.put(job, signalled == 0 ? exit : signalled);
      if (parameters.hasMatrix()) {
        Job.writeMatrix(job.notebook(), jobs, exits);
      } else {
        exit = reports.after(exit, job.run().output(), job.title(), quiet);
      }
      first = first == ExitCodes.OK ? exit : first;
      if (signalled != 0 || (exit != ExitCodes.OK && !keepGoing)) {
        break;
      }
    }
    if (parameters.hasMatrix()) {
      for (Path notebook : exits.keySet().stream().map(Job::notebook).distinct().toList()) {
        first = reports.matrix(first, Job.matrixFile(notebook, jobs), quiet);
      }
    }
    return signalled == 0 ? first : signalled;
  }
}
