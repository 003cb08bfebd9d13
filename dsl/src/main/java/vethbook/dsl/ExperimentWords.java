package vethbook.dsl;

import groovy.lang.Closure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Nearest;
import vethbook.lab.Lab;
import vethbook.lab.MeasuringSlot;
import vethbook.lab.PlanException;
import vethbook.linux.CountedTime;
import vethbook.linux.ExperimentException;
import vethbook.measure.Calibration;
import vethbook.measure.Experiment;
import vethbook.measure.ExperimentStoppedException;
import vethbook.measure.Results;
import vethbook.measure.ResultsJournal;
import vethbook.measure.Setting;
import vethbook.view.Pictures;

/** Runs an {@code experiment} block: collects its settings, measures, shows how far it is. */
final class ExperimentWords {
  private final Host host;
  private final String notebook;
  private final Lab lab;
  private final Features features;
  private final Pictures pictures;
  private final WarmUp warmUp;
  private final Counting counting;
  private final ToolsUsed tools;
  private final Map<String, ExperimentResult> latest = new HashMap<>();
  private final Map<String, Integer> begun = new HashMap<>();
  private final List<Done> done = new ArrayList<>();
  private final Optional<Handover> handover = Handover.here();
  private @Nullable Path target;
  private @Nullable ExperimentResult last;
  private boolean isRunning;

  ExperimentWords(
      Host host,
      String notebook,
      Lab lab,
      Features features,
      Pictures pictures,
      WarmUp warmUp,
      Counting counting,
      ToolsUsed tools) {
    this.host = host;
    this.notebook = notebook;
    this.lab = lab;
    this.features = features;
    this.pictures = pictures;
    this.warmUp = warmUp;
    this.counting = counting;
    this.tools = tools;
  }

  ExperimentResult run(String title, Options options, Closure<?> block) {
    requireNoOther(title);
    Optional<ExperimentResult> handed = handed(title);
    if (handed.isPresent()) {
      return handed.get();
    }
    boolean isCounted = isCounted(title, options);
    lab.requireNoPlan("measure");
    MeasurementReader reader = new MeasurementReader();
    Linuxes linuxes = new Linuxes(isCounted, options);
    Experiment experiment = plan(title, options, block, reader, linuxes);
    boolean resume = options.has("resume") ? options.flag("resume") : host.resumes();
    return isCounted && !CountedTime.isOn() && handover.isEmpty()
        ? runInGuests(experiment, resume, reader, linuxes)
        : run(experiment, resume, reader);
  }

  /**
   * In a guest that was started for one experiment of a session, what the session's earlier ones
   * have found; empty for that one, and elsewhere.
   */
  private Optional<ExperimentResult> handed(String title) {
    if (handover.isEmpty()) {
      return Optional.empty();
    }
    Path file = handover.get().next(title);
    target = file;
    Optional<ExperimentResult> known =
        Handover.ended(file)
            .map(results -> new ExperimentResult(results, Handover.testsOf(file), pictures));
    known.ifPresent(result -> keepLatest(title, result));
    return known;
  }

  private void keepLatest(String title, ExperimentResult result) {
    last = result;
    latest.put(title, result);
  }

  private ExperimentResult runInGuests(
      Experiment experiment, boolean resume, MeasurementReader reader, Linuxes linuxes) {
    if (host.cells().isEmpty()) {
      throw new PlanException(
          "Cannot run experiment '%s' in counted time here: there are no cells that a guest could run"
              .formatted(experiment.title()),
          "write it into a notebook");
    }
    isRunning = true;
    Optional<MeasuringSlot> slot = MeasuringSlot.take(experiment.title(), this::note);
    try {
      Path file = journal(experiment);
      Optional<Results> complete =
          resume ? CountedResults.complete(file, linuxes) : Optional.empty();
      Results results =
          complete.isPresent()
              ? complete.get()
              : new CountedResults(host, experiment, linuxes).measure(before(), reader);
      ResultsJournal journal = new ResultsJournal(file, this::note);
      journal.started(results);
      journal.ended(results);
      return finished(
          results,
          experiment,
          reader,
          () -> {
            throw new PlanException(
                "Cannot calibrate '%s': it was measured in counted time".formatted(results.title()),
                "give two settings the same block in one experiment with clock: 'counted'");
          });
    } catch (ExperimentStoppedException stopped) {
      keep(stopped.results(), experiment, reader);
      throw stopped;
    } finally {
      slot.ifPresent(MeasuringSlot::close);
      isRunning = false;
    }
  }

  /** What the cells that have run well, and the running one, have measured. */
  private List<GuestExperiment.EarlierExperiment> before() {
    Set<Long> runs = host.cells().stream().map(Host.ExecutedCell::run).collect(Collectors.toSet());
    return done.stream().filter(one -> runs.contains(one.cell())).map(Done::experiment).toList();
  }

  /**
   * An experiment that ran to its end.
   *
   * @param cell the execution of a cell that ran it
   * @param kept as the notebook keeps it: compressed, because a session may hold many
   */
  private record Done(long cell, Object kept, String tests) {
    GuestExperiment.EarlierExperiment experiment() {
      return new GuestExperiment.EarlierExperiment(NotebookResults.results(kept), tests);
    }
  }

  private ExperimentResult run(Experiment experiment, boolean resume, MeasurementReader reader) {
    warmUp.await();
    isRunning = true;
    Optional<MeasuringSlot> slot = MeasuringSlot.take(experiment.title(), this::note);
    try {
      Path file = journal(experiment);
      Experiment whole = resume ? resumed(experiment, file) : experiment;
      ResultsJournal journal = new ResultsJournal(file, this::note);
      tools.clear();
      Results results = whole.run(new ShownExperiment(host, journal));
      if (handover.isPresent()) {
        Handover.end(file, results, reader.tests());
      }
      return finished(results, experiment, reader, () -> calibrated(experiment, reader));
    } catch (ExperimentStoppedException stopped) {
      keep(stopped.results(), experiment, reader);
      throw stopped;
    } finally {
      slot.ifPresent(MeasuringSlot::close);
      isRunning = false;
    }
  }

  /** Whether it asks for counted time. In a process that counts all time is. */
  private static boolean isCounted(String title, Options options) {
    if (!options.has("clock")) {
      return CountedTime.isOn();
    }
    String clock = options.text("clock");
    if (!List.of("counted", "real").contains(clock)) {
      throw new PlanException("Cannot find clock '" + clock + "'", "it is 'counted' or 'real'");
    }
    if (clock.equals("real") && CountedTime.isOn()) {
      throw new PlanException(
          "Cannot run experiment '%s' in real time here".formatted(title),
          "run the notebook without --counted");
    }
    return clock.equals("counted");
  }

  private void note(String text) {
    host.display(MimeBundle.plain(text));
  }

  /** In a run without a browser, that of the first, second... experiment of this title. */
  private Path journal(Experiment experiment) {
    String title = experiment.title();
    if (target != null) {
      return target;
    }
    return host.journals()
        .map(folder -> JournalFolder.file(folder, title, begun.merge(title, 1, Integer::sum)))
        .orElseGet(() -> JournalFolder.file(notebook, title));
  }

  private Experiment resumed(Experiment experiment, Path journal) {
    Optional<Results> earlier = ResultsJournal.read(journal);
    if (earlier.isEmpty()) {
      return experiment;
    }
    Experiment resumed = experiment.resuming(earlier.get());
    int runs = earlier.get().samples().size();
    note(
        "Resumed: %d of %d runs are there already, from %s."
            .formatted(
                runs,
                experiment.rounds() * earlier.get().settings().size(),
                earlier.get().machine().at().truncatedTo(ChronoUnit.SECONDS)));
    return resumed;
  }

  private ExperimentResult finished(
      Results results,
      Experiment experiment,
      MeasurementReader reader,
      Supplier<Calibration> calibration) {
    if (Thread.currentThread().isInterrupted()) {
      keep(results, experiment, reader);
      throw new ExperimentException(
          "Interrupted experiment '%s' after %d finished runs"
              .formatted(results.title(), results.samples().size()),
          null,
          null,
          "they are in lastExperiment; 'resume: true' goes on with them",
          null);
    }
    ExperimentResult result = new ExperimentResult(results, reader.tests(), pictures, calibration);
    MimeBundle bundle = NotebookResults.bundle(results, reader.tests());
    host.display(bundle);
    keepLatest(results.title(), result);
    List<Host.ExecutedCell> cells = host.cells();
    if (!cells.isEmpty()) {
      Object kept = Objects.requireNonNull(bundle.data().get(NotebookResults.TYPE));
      done.add(new Done(cells.get(cells.size() - 1).run(), kept, reader.tests()));
    }
    return result;
  }

  /** Keeps and shows what a stopped experiment has, and marks an older result of the same title. */
  private void keep(Results results, Experiment experiment, MeasurementReader reader) {
    ExperimentResult older = latest.get(experiment.title());
    if (older != null) {
      older.outdate(results);
    }
    ExperimentResult partial = new ExperimentResult(results, reader.tests(), pictures);
    last = partial;
    if (!results.samples().isEmpty()) {
      host.display(AtEase.get(() -> NotebookResults.bundle(results, reader.tests())));
      host.display(AtEase.get(partial::bundle));
    }
  }

  private Calibration calibrated(Experiment experiment, MeasurementReader reader) {
    Experiment same = experiment.calibration();
    requireNoOther(same.title());
    Optional<ExperimentResult> handed = handed(same.title());
    if (handed.isPresent()) {
      return Calibration.of(handed.get().getResults());
    }
    return Calibration.of(run(same, host.resumes(), reader).getResults());
  }

  /** Measures one block against itself. */
  Calibration calibrate(Options options, Closure<?> block) {
    requireNoOther("calibrate");
    MeasurementReader reader = new MeasurementReader();
    Closure<?> own = (Closure<?>) block.clone();
    Experiment one =
        empty("Calibration", options, reader)
            .setting("the setting", () -> reader.read("the setting", own.call()))
            .baseline("the setting");
    return calibrated(one, reader);
  }

  ExperimentResult load(String file) {
    Results results = ResultFile.load(Path.of(file));
    return new ExperimentResult(results, "measured", pictures);
  }

  ExperimentResult last() {
    if (last == null) {
      throw new PlanException(
          "Cannot find the last experiment: none was run", "experiment('...') { ... } runs one");
    }
    return last;
  }

  private void requireNoOther(String title) {
    if (isRunning) {
      throw new PlanException(
          "Cannot run experiment '" + title + "' inside another one",
          "end the first one's block before it");
    }
  }

  private Experiment empty(String title, Options options, MeasurementReader reader) {
    Experiment empty =
        Experiment.of(title, "")
            .rounds(options.count("rounds", Experiment.DEFAULT_ROUNDS, 1))
            .warmUp(!options.has("warmUp") || options.flag("warmUp"))
            .limit(options.time("timeLimit", Duration.ZERO))
            .roundLimit(options.time("roundLimit", Duration.ZERO))
            .counters(counting.aroundRuns(options, this::note))
            .doubts(new MeasuringDoubts(reader))
            .setup(() -> RecordedSetup.of(lab), lab::commands)
            .record(RecordedSetup::tools, tools::in);
    if (options.has("seed")) {
      empty = empty.seed(options.count("seed", 1, 1));
    }
    return empty;
  }

  private Experiment plan(
      String title, Options options, Closure<?> block, MeasurementReader reader, Linuxes linuxes) {
    ExperimentBlock collector =
        new ExperimentBlock(empty(title, options, reader), features, reader, linuxes);
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(collector);
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call();
    Experiment collected = collector.close();
    return collected.baseline(baseline(collected, options, linuxes.settings()));
  }

  /** The one wanted; among the settings of one Linux that lack it, the first. */
  private static String baseline(Experiment experiment, Options options, List<String> all) {
    List<String> names = experiment.settings().stream().map(Setting::name).toList();
    if (names.isEmpty()) {
      throw new PlanException(
          "Cannot run experiment '" + experiment.title() + "': it has no setting",
          "add setting('host') { netperf TCP_RR, from: ..., to: ... } to its block");
    }
    String wanted = options.has("baseline") ? options.text("baseline") : names.get(0);
    if (!names.contains(wanted) && all.contains(wanted)) {
      return names.get(0);
    }
    if (!names.contains(wanted)) {
      List<String> near = Nearest.of(wanted, names);
      throw new PlanException(
          "Cannot find baseline '" + wanted + "' among the settings",
          near.isEmpty()
              ? "they are " + String.join(", ", names)
              : "did you mean " + near.get(0) + "?");
    }
    return wanted;
  }
}
