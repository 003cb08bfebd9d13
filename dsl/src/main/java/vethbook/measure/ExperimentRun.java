package vethbook.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;

/** One execution of an experiment. */
final class ExperimentRun {
  private static final Duration MOMENT = Duration.ofMillis(1);

  /** The golden ratio of 2^64: neighbouring rounds get seeds that have nothing in common. */
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final Experiment experiment;
  private final ExperimentListener listener;
  private final List<Setting> settings = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private MachineRecord machine;
  private Setup setup;
  private final long started = System.nanoTime();
  private final List<Sample> warmUpSamples = new ArrayList<>();
  private int warmUpRuns;
  private int measured;
  private long roundStarted;
  private boolean isRoundSeen;

  ExperimentRun(Experiment experiment, ExperimentListener listener) {
    this.experiment = experiment;
    this.listener = listener;
    this.machine = experiment.currentMachine();
    this.setup = experiment.setupBefore();
  }

  Results run() {
    plan();
    listener.planned(List.copyOf(skipped), List.copyOf(warnings));
    listener.started(results(warmUpRuns + (experiment.hasWarmUp() ? settings.size() : 0)));
    if (missing() > 0) {
      try (Counters counters = experiment.openCounters()) {
        for (int round = experiment.hasWarmUp() ? 0 : 1; round <= experiment.rounds(); round++) {
          if (!runRound(round, counters)) {
            return interrupted(round);
          }
        }
      }
    }
    listener.progress(progress(experiment.rounds(), ""));
    return ended();
  }

  private Results ended() {
    warnOfWhatTheRunsShow();
    Results results = results();
    listener.ended(results);
    return results;
  }

  private int runs() {
    return settings.size() * experiment.rounds();
  }

  private int missing() {
    return runs() - samples.size();
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
    warnings.addAll(experiment.doubts().beforeTheFirstRun());
    Results earlier = experiment.earlier();
    if (earlier != null) {
      samples.addAll(earlier.samples());
      warmUpRuns = earlier.warmUpRuns();
      if (missing() > 0) {
        Resumption.warning(earlier, machine).ifPresent(warnings::add);
      } else {
        machine = earlier.machine();
        warnings.clear();
        warnings.addAll(earlier.warnings());
      }
    }
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
    if (round > 0 && settings.stream().allMatch(setting -> isDone(setting, round))) {
      return true;
    }
    boolean goesOn = false;
    try {
      step(experiment.before(), "before", round);
      roundStarted = System.nanoTime();
      goesOn = runSettings(shuffled(round), round, counters);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExperimentStoppedException e) {
      Uninterrupted.run(experiment.after(), round).ifPresent(e::addSuppressed);
      throw e;
    }
    finish(round);
    return goesOn;
  }

  /** An order that depends on the seed and the round only, so that any round can be repeated. */
  private List<Setting> shuffled(int round) {
    List<Setting> shuffled = new ArrayList<>(settings);
    long own = new SplittableRandom(experiment.seed() + round * ODD).nextLong();
    Collections.shuffle(shuffled, new Random(own));
    return shuffled;
  }

  private boolean isDone(Setting setting, int round) {
    return samples.stream()
        .anyMatch(done -> done.round() == round && done.setting().equals(setting.name()));
  }

  private boolean runSettings(List<Setting> shuffled, int round, Counters counters) {
    for (int i = 0; i < shuffled.size(); i++) {
      Setting setting = shuffled.get(i);
      if (round > 0 && isDone(setting, round)) {
        continue;
      }
      listener.progress(progress(round, setting.name()));
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        keep(limited(setting, round, i + 1, counters));
      } catch (Exception | AssertionError e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
        throw failed("setting '" + setting.name() + "'", round, e);
      }
    }
    if (!isRoundSeen) {
      isRoundSeen = true;
      List<Warning> doubts = experiment.doubts().afterTheFirstRound();
      warnings.addAll(doubts);
      doubts.forEach(listener::doubted);
    }
    return true;
  }

  private void step(RoundStep step, String name, int round) throws InterruptedException {
    try {
      step.run(round);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      throw failed("'" + name + "'", round, e);
    }
  }

  /** What is done after a round must be done for an interrupted one, too. */
  private void finish(int round) {
    Optional<Exception> failure = Uninterrupted.run(experiment.after(), round);
    if (failure.isPresent()) {
      throw failed("'after'", round, failure.get());
    }
  }

  private Sample limited(Setting setting, int round, int position, Counters counters)
      throws Exception {
    Duration own = experiment.limit(setting);
    Duration left = roundTimeLeft();
    boolean isRounds = !left.isZero() && (own.isZero() || left.compareTo(own) < 0);
    TimeLimit limit = TimeLimit.of(isRounds ? left : own);
    try (limit) {
      return measure(setting, round, position, counters);
    } catch (Exception e) {
      if (limit.isOver()) {
        limit.close();
        throw isRounds
            ? overdue(
                "the round took longer than " + text(experiment.roundLimit()), "roundLimit", e)
            : overdue("it took longer than " + text(own), "timeLimit", e);
      }
      throw e;
    }
  }

  /** Zero when rounds have no limit; else at least a moment. */
  private Duration roundTimeLeft() {
    if (experiment.roundLimit().isZero()) {
      return Duration.ZERO;
    }
    Duration left = experiment.roundLimit().minusNanos(System.nanoTime() - roundStarted);
    return left.compareTo(MOMENT) < 0 ? MOMENT : left;
  }

  private static ExperimentException overdue(String what, String option, Exception cause) {
    return new ExperimentException(
        "Ended the run: " + what, null, null, "allow more: " + option + ": 60.seconds", cause);
  }

  private static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
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
    measured++;
    List<Sample> all = new ArrayList<>(warmUpSamples);
    all.addAll(samples);
    all.add(sample);
    Comparability.check(all);
    if (sample.round() == 0) {
      warmUpRuns++;
      warmUpSamples.add(sample);
      return;
    }
    samples.add(sample);
    listener.sampled(sample);
  }

  private ExperimentProgress progress(int round, String setting) {
    int warmUpsLeft = round == 0 ? settings.size() - warmUpSamples.size() : 0;
    long perRun = measured == 0 ? 0 : (System.nanoTime() - started) / measured;
    return new ExperimentProgress(
        round,
        experiment.rounds(),
        setting,
        soFar(setting),
        changeSoFar(setting),
        samples.size(),
        runs(),
        Duration.ofNanos(perRun * (missing() + warmUpsLeft)));
  }

  /** Against the baseline; null for the baseline and before the first pair. */
  private @Nullable String changeSoFar(String setting) {
    if (setting.equals(experiment.baseline()) || samples.isEmpty()) {
      return null;
    }
    Results sofar = results();
    PairedChange pairs = sofar.pairs(setting, samples.get(0).measurement().metric());
    if (pairs.pairs() == 0) {
      return null;
    }
    return Judge.soFar(pairs) + " against " + experiment.baseline();
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
    return ended();
  }

  private ExperimentStoppedException failed(String what, int round, Throwable cause) {
    String capital = capital(what.startsWith("'") ? "the block " + what : what);
    stopped(Warning.Kind.FAILED, capital + " failed in " + place(round));
    return new ExperimentStoppedException(what, place(round), ended(), cause);
  }

  private void stopped(Warning.Kind kind, String what) {
    warnings.add(
        new Warning(
            kind,
            "%s: %d of the %d planned runs are in these results."
                .formatted(what, samples.size(), runs())));
  }

  private String place(int round) {
    return round == 0 ? "the warm-up round" : "round " + round + " of " + experiment.rounds();
  }

  private void warnOfWhatTheRunsShow() {
    if (missing() == 0 && measured == 0) {
      return; // nothing was run: these are an earlier experiment's results
    }
    warnOfContamination();
    if (!samples.isEmpty()) {
      Drift.warning(results()).ifPresent(warnings::add);
    }
    setup = new Setup(experiment.commandsAfter(), setup.facts());
    machine = experiment.machineAfter(machine);
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
    return results(warmUpRuns);
  }

  private Results results(int warmUps) {
    return new Results(
        experiment.title(),
        experiment.baseline(),
        experiment.rounds(),
        experiment.seed(),
        warmUps,
        settings.stream().map(Setting::name).toList(),
        samples,
        skipped,
        warnings,
        machine,
        setup);
  }
}
