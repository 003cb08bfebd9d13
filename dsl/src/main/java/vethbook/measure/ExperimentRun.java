package vethbook.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;

/** One execution of an experiment. */
final class ExperimentRun {
  private final Experiment experiment;
  private final ExperimentListener listener;
  private final Random order;
  private final List<Setting> settings = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final MachineRecord machine = MachineRecord.capture();
  private final long started = System.nanoTime();
  private int warmUpRuns;

  ExperimentRun(Experiment experiment, ExperimentListener listener) {
    this.experiment = experiment;
    this.listener = listener;
    this.order = new Random(experiment.seed());
  }

  Results run() {
    plan();
    listener.planned(List.copyOf(skipped), List.copyOf(warnings));
    try (Counters counters = Counters.machine()) {
      for (int round = experiment.hasWarmUp() ? 0 : 1; round <= experiment.rounds(); round++) {
        if (!runRound(round, counters)) {
          return interrupted(round);
        }
      }
    }
    listener.progress(progress(experiment.rounds(), ""));
    warnOfContamination();
    return results();
  }

  private void plan() {
    List<String> names = experiment.settings().stream().map(Setting::name).toList();
    if (!names.contains(experiment.baseline())) {
      throw noBaseline(names);
    }
    for (Setting setting : experiment.settings()) {
      Optional<String> absent = setting.absent().get();
      if (absent.isEmpty()) {
        settings.add(setting);
      } else {
        skipped.add(new Skipped(setting.name(), absent.get()));
      }
    }
    skipped.forEach(this::warnOfSkipped);
    warnOfTooFewRounds();
  }

  private ExperimentException noBaseline(List<String> names) {
    List<String> near = Nearest.of(experiment.baseline(), names);
    return new ExperimentException(
        "Cannot compare with baseline '" + experiment.baseline() + "'",
        "vethbook",
        names.isEmpty()
            ? "the experiment has no setting"
            : "the settings are " + String.join(", ", names),
        near.isEmpty() ? null : "did you mean '" + near.get(0) + "'?",
        null);
  }

  private void warnOfSkipped(Skipped setting) {
    if (setting.setting().equals(experiment.baseline())) {
      throw new ExperimentException(
          "Cannot run baseline '" + setting.setting() + "'",
          "vethbook",
          setting.reason(),
          "choose another setting as baseline",
          null);
    }
    warnings.add(
        new Warning(
            Warning.Kind.SKIPPED, "'" + setting.setting() + "' did not run: " + setting.reason()));
  }

  private void warnOfTooFewRounds() {
    int comparisons = settings.size() - 1;
    int needed = Judge.roundsNeeded(comparisons);
    if (comparisons > 0 && experiment.rounds() < needed) {
      String compared = comparisons == 1 ? "one setting" : comparisons + " settings";
      warnings.add(
          new Warning(
              Warning.Kind.TOO_FEW_ROUNDS,
              "%s cannot show any difference, however large, between %s and the baseline: %d or more could."
                  .formatted(capital(Judge.rounds(experiment.rounds())), compared, needed)));
    }
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** False when interrupted. */
  private boolean runRound(int round, Counters counters) {
    List<Setting> shuffled = new ArrayList<>(settings);
    Collections.shuffle(shuffled, order);
    for (int i = 0; i < shuffled.size(); i++) {
      Setting setting = shuffled.get(i);
      listener.progress(progress(round, setting.name()));
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        keep(measure(setting, round, i + 1, counters));
      } catch (Exception | AssertionError e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
        throw failed(setting, round, e);
      }
    }
    return true;
  }

  private Sample measure(Setting setting, int round, int position, Counters counters)
      throws Exception {
    Instant at = Instant.now();
    LoadMeter meter = new LoadMeter();
    Map<String, Long> before = counters.read();
    long from = System.nanoTime();
    Measurement measurement = setting.body().call();
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    Map<String, Long> grown = Counters.difference(before, counters.read());
    if (measurement == null) {
      throw new ExperimentException(
          "Cannot use setting '" + setting.name() + "'",
          "vethbook",
          "its block measured nothing",
          "let its last line be a measurement, such as netperf TCP_RR, from: ..., to: ...",
          null);
    }
    return new Sample(setting.name(), round, position, measurement, meter.read(), grown, at, took);
  }

  private void keep(Sample sample) {
    if (sample.round() == 0) {
      warmUpRuns++;
      return;
    }
    List<Sample> all = new ArrayList<>(samples);
    all.add(sample);
    Comparability.check(all);
    samples.add(sample);
    listener.sampled(sample);
  }

  private ExperimentProgress progress(int round, String setting) {
    int done = warmUpRuns + samples.size();
    int runs = settings.size() * (experiment.rounds() + (experiment.hasWarmUp() ? 1 : 0));
    long perRun = done == 0 ? 0 : (System.nanoTime() - started) / done;
    Duration left = Duration.ofNanos(perRun * (runs - done));
    return new ExperimentProgress(
        round, experiment.rounds(), setting, soFar(setting), done, runs, left);
  }

  private @Nullable Summary soFar(String setting) {
    double[] values =
        samples.stream()
            .filter(sample -> sample.setting().equals(setting))
            .mapToDouble(sample -> sample.measurement().value())
            .toArray();
    return values.length == 0
        ? null
        : Summary.of(setting, samples.get(0).measurement().metric(), values);
  }

  private Results interrupted(int round) {
    stopped(Warning.Kind.INTERRUPTED, "Interrupted in " + place(round));
    return results();
  }

  private ExperimentStoppedException failed(Setting setting, int round, Throwable cause) {
    stopped(Warning.Kind.FAILED, "Setting '" + setting.name() + "' failed in " + place(round));
    return new ExperimentStoppedException(setting.name(), place(round), results(), cause);
  }

  private void stopped(Warning.Kind kind, String what) {
    warnings.add(
        new Warning(
            kind, what + ": " + samples.size() + " of the planned runs are in these results."));
    warnOfContamination();
  }

  private String place(int round) {
    return round == 0 ? "the warm-up round" : "round " + round + " of " + experiment.rounds();
  }

  private void warnOfContamination() {
    long marked = samples.stream().filter(sample -> sample.load().isContaminated()).count();
    if (marked > 0) {
      warnings.add(
          new Warning(
              Warning.Kind.CONTAMINATED,
              "The machine did other work during %d of %d runs; all are kept."
                  .formatted(marked, samples.size())));
    }
  }

  private Results results() {
    return new Results(
        experiment.title(),
        experiment.baseline(),
        experiment.rounds(),
        experiment.seed(),
        warmUpRuns,
        settings.stream().map(Setting::name).toList(),
        samples,
        skipped,
        warnings,
        machine);
  }
}
