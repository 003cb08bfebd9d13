package vethbook.dsl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Folders;
import vethbook.measure.Experiment;
import vethbook.measure.ExperimentStoppedException;
import vethbook.measure.Results;
import vethbook.measure.ResultsJournal;
import vethbook.measure.Sample;
import vethbook.measure.Warning;
import vethbook.vm.Guest;
import vethbook.vm.GuestProgram;
import vethbook.vm.VirtualMachine;

/**
 * Runs one experiment of a session in a guest whose clock counts instructions. The cells that have
 * run well in the session run again there, which builds its lab; earlier experiments are not
 * measured again, the guest is given their results; then the experiment runs, and what it writes
 * down is read here.
 */
final class GuestExperiment {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int LOOK_MS = 200;
  private static final int TAIL_LINES = 12;

  private final Host host;
  private final Experiment experiment;
  private final String linux;
  private final Path work = Folders.make("vm");
  private final Path journal;
  private long seenBytes = -1;
  private long firstSample;
  private String shown = "";

  /**
   * @param earlier what the session's experiments before this one have found, in their order
   */
  GuestExperiment(Host host, Experiment experiment, String linux, List<EarlierExperiment> earlier) {
    this.host = host;
    this.experiment = experiment;
    this.linux = linux;
    try {
      Path rounds = Files.createDirectory(work.resolve("rounds"));
      Handover handover = new Handover(rounds);
      earlier.forEach(
          one -> Handover.end(handover.next(one.results().title()), one.results(), one.tests()));
      journal = handover.next(experiment.title());
      Files.writeString(work.resolve("session.ipynb"), notebook(host).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare a guest", e);
    }
  }

  /** An experiment that the session has run, with the names of its tests. */
  record EarlierExperiment(Results results, String tests) {}

  private static ObjectNode notebook(Host host) {
    ObjectNode notebook = JsonNodeFactory.instance.objectNode();
    notebook.put("nbformat", 4).put("nbformat_minor", 5);
    notebook.withObject("/metadata/kernelspec").put("language", host.language());
    int number = 0;
    for (Host.ExecutedCell executed : host.cells()) {
      ObjectNode cell = notebook.withArray("/cells").addObject();
      cell.put("cell_type", "code").put("id", "c" + number++).put("source", executed.source());
      cell.putNull("execution_count").putObject("metadata");
      cell.putArray("outputs");
    }
    return notebook;
  }

  /**
   * Boots, measures, and ends the guest.
   *
   * @return what was found, with the names of the tests; of an interrupted one what there is, and
   *     this thread is still interrupted
   * @throws ExperimentException when the guest ends without a result
   */
  EarlierExperiment run() {
    boolean isInterrupted = false;
    try {
      VirtualMachine machine = VirtualMachine.create(linux).counted();
      String title = "Linux " + machine.release() + " in QEMU, one nanosecond an instruction";
      host.display(MimeBundle.plain("Measuring under " + title + "."));
      List<String> options =
          List.of(
              "-D" + Handover.FOLDER + "=" + VirtualMachine.SHARED + "/rounds",
              "-D" + Handover.LINUX + "=" + linux);
      String script = GuestProgram.script(Path.of("").toAbsolutePath(), options, arguments());
      try (Guest guest = machine.start(script, work)) {
        follow(guest);
      } catch (InterruptedException e) {
        isInterrupted = true; // closing the guest has ended it
      }
      return isInterrupted ? interrupted() : ended();
    } finally {
      host.progress(new Progress(1, Duration.ZERO, "the guest has ended"));
      Folders.delete(work);
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<String> arguments() {
    String notebook = VirtualMachine.SHARED + "/session";
    return List.of("run", notebook + ".ipynb", "--output", notebook + "-run.ipynb");
  }

  private EarlierExperiment ended() {
    return new EarlierExperiment(Handover.ended(journal).orElseThrow(), Handover.testsOf(journal));
  }

  private EarlierExperiment interrupted() {
    Results some =
        ResultsJournal.read(journal)
            .orElseThrow(
                () ->
                    new ExperimentException(
                        "Interrupted experiment '%s' before its first run"
                            .formatted(experiment.title())));
    int runs = some.settings().size() * some.planned();
    String text =
        "Interrupted: %d of the %d planned runs are in these results."
            .formatted(some.samples().size(), runs);
    return new EarlierExperiment(
        some.with(new Warning(Warning.Kind.INTERRUPTED, text)), "measured");
  }

  /** Shows how far the guest is until it has a result. */
  private void follow(Guest guest) throws InterruptedException {
    while (Handover.ended(journal).isEmpty()) {
      if (!guest.isRunning()) {
        Command.Output output = guest.waitFor(GRACE);
        if (Handover.ended(journal).isPresent()) {
          return; // it ended in the meantime
        }
        throw failed(output);
      }
      show(guest);
      Thread.sleep(LOOK_MS);
    }
  }

  private ExperimentException failed(Command.Output output) {
    String said =
        output
            .err()
            .lines()
            .filter(line -> !line.startsWith("["))
            .takeWhile(line -> !line.startsWith("Failed after"))
            .collect(Collectors.joining("\n"))
            .strip();
    List<String> lines = said.lines().toList();
    String tail = String.join("\n  ", lines.subList(0, Math.min(TAIL_LINES, lines.size())));
    String operation =
        "Cannot run experiment '%s' in counted time: its guest ended without a result"
            .formatted(experiment.title());
    String answer = tail.isEmpty() ? "exit status " + output.exit() : tail;
    String next =
        "the cells that ran well in this session ran again there; what they need from outside"
            + " (input, networks, programs, other machines) is not in the guest";
    return ResultsJournal.read(journal)
        .filter(some -> !some.samples().isEmpty())
        .<ExperimentException>map(
            some -> new ExperimentStoppedException(operation, answer, next, some))
        .orElseGet(() -> new ExperimentException(operation, "guest", answer, next, null));
  }

  private void show(Guest guest) {
    long bytes = journal.toFile().length();
    if (bytes > 0) {
      if (bytes != seenBytes) {
        seenBytes = bytes;
        ResultsJournal.read(journal).ifPresent(this::show);
      }
      return;
    }
    String last = guest.err().lines().filter(line -> line.startsWith("[")).reduce("", (a, b) -> b);
    String text = last.isEmpty() ? "booting Linux" : "the session's cells in the guest: " + last;
    if (!text.equals(shown)) {
      shown = text;
      host.progress(new Progress(0, Duration.ZERO, text));
    }
  }

  private void show(Results soFar) {
    int done = soFar.samples().size();
    int runs = soFar.planned() * soFar.settings().size();
    if (done == 0 || done >= runs) {
      host.progress(
          new Progress(
              0, Duration.ZERO, done == 0 ? "first runs in the guest" : "writing results"));
      return;
    }
    long now = System.nanoTime();
    firstSample = firstSample == 0 ? now : firstSample;
    Duration left =
        done < 2
            ? Duration.ZERO
            : Duration.ofNanos((now - firstSample) / (done - 1) * (runs - done));
    Sample last = soFar.samples().get(done - 1);
    String text =
        String.format(
            Locale.ROOT,
            "round %d/%d · %s · %,.0f %s · %d of %d runs",
            last.round(),
            soFar.planned(),
            last.setting(),
            last.measurement().value(),
            last.measurement().metric().unit(),
            done,
            runs);
    Map<String, Object> facts =
        Map.of(
            "round",
            last.round(),
            "rounds",
            soFar.planned(),
            "setting",
            last.setting(),
            "done",
            done,
            "runs",
            runs);
    host.progress(new Progress((double) done / runs, left, text, facts));
  }
}
