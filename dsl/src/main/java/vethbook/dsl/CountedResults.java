package vethbook.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vethbook.dsl.GuestExperiment.EarlierExperiment;
import vethbook.extension.Host;
import vethbook.measure.Experiment;
import vethbook.measure.MachineRecord;
import vethbook.measure.Results;
import vethbook.measure.ResultsJournal;
import vethbook.measure.Sample;
import vethbook.measure.Skipped;
import vethbook.measure.Warning;

/** What an experiment finds in guests: one for each Linux that its settings name. */
final class CountedResults {
  private final Host host;
  private final Experiment experiment;
  private final Linuxes linuxes;

  CountedResults(Host host, Experiment experiment, Linuxes linuxes) {
    this.host = host;
    this.experiment = experiment;
    this.linuxes = linuxes;
  }

  /**
   * What a run before has found, if it came to its end. A part of it is no use: rounds of two
   * starts of a guest would be mixed.
   */
  static Optional<Results> complete(Path journal, Linuxes linuxes) {
    return ResultsJournal.read(journal)
        .filter(results -> !results.partial())
        .filter(results -> results.settings().equals(linuxes.settings()))
        .filter(
            results -> results.samples().size() == results.planned() * results.settings().size());
  }

  /** Runs one guest after the other. Of an interrupted one the runs so far are kept. */
  Results measure(List<EarlierExperiment> before, MeasurementReader reader) {
    List<Results> found = new ArrayList<>();
    for (String linux : linuxes.used()) {
      EarlierExperiment one = new GuestExperiment(host, experiment, linux, before).run();
      found.add(one.results());
      reader.ran(one.tests());
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    return found.size() == 1 && linuxes.used().size() == 1 ? found.get(0) : joined(found);
  }

  private Results joined(List<Results> found) {
    List<Sample> samples = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    Set<Warning> warnings = new LinkedHashSet<>();
    Set<String> releases = new LinkedHashSet<>();
    int warmUps = 0;
    for (Results one : found) {
      samples.addAll(one.samples());
      skipped.addAll(one.skipped());
      one.warnings().stream()
          .filter(warning -> warning.kind() != Warning.Kind.TOO_FEW_ROUNDS)
          .forEach(warnings::add);
      releases.add(one.machine().linux());
      warmUps += one.warmUpRuns();
    }
    warnings.add(
        new Warning(
            Warning.Kind.DESIGN,
            "Settings under Linux %s were measured in guests of their own: from one start of a guest to another all rates may move together by some per cent."
                .formatted(String.join(" and ", releases))));
    samples.sort(Comparator.comparingInt(Sample::round));
    Results first = found.get(0);
    return new Results(
        experiment.title(),
        experiment.baseline(),
        experiment.rounds(),
        first.seed(),
        warmUps,
        linuxes.settings().stream().filter(name -> isNotSkipped(name, skipped)).toList(),
        samples,
        skipped,
        List.copyOf(warnings),
        under(first.machine(), String.join(" and ", releases)),
        first.setup());
  }

  private static boolean isNotSkipped(String setting, List<Skipped> skipped) {
    return skipped.stream().noneMatch(one -> one.setting().equals(setting));
  }

  private static MachineRecord under(MachineRecord machine, String releases) {
    return new MachineRecord(
        releases,
        machine.cpuModel(),
        machine.cpus(),
        machine.mitigations(),
        machine.governor(),
        machine.clocksource(),
        machine.virtualisation(),
        machine.memoryBytes(),
        machine.congestionControl(),
        machine.java(),
        machine.loadAverage(),
        machine.tools(),
        machine.at());
  }
}
