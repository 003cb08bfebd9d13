package vethbook.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vethbook.linux.ExperimentException;

/** Goes on with an experiment that was stopped, if it is the same one. */
final class Resumption {
  private Resumption() {}

  static void check(Experiment experiment, Results earlier) {
    List<String> names = experiment.settings().stream().map(Setting::name).toList();
    List<String> before = new ArrayList<>(earlier.settings());
    earlier.skipped().forEach(skipped -> before.add(skipped.setting()));
    if (!before.containsAll(names) || !names.containsAll(before)) {
      throw refused(
          experiment,
          "then its settings were %s, now they are %s"
              .formatted(String.join(", ", before), String.join(", ", names)));
    }
    if (!earlier.baseline().equals(experiment.baseline())) {
      throw refused(
          experiment,
          "then its baseline was '%s', now it is '%s'"
              .formatted(earlier.baseline(), experiment.baseline()));
    }
    if (earlier.rounds().stream().anyMatch(round -> round.number() > experiment.rounds())) {
      throw refused(
          experiment,
          "it had already begun round %d of %d"
              .formatted(earlier.rounds().size(), earlier.planned()));
    }
  }

  private static ExperimentException refused(Experiment experiment, String difference) {
    return new ExperimentException(
        "Cannot resume experiment '" + experiment.title() + "'",
        "vethbook",
        difference,
        "leave resume: out to begin anew",
        null);
  }

  /** What a reader must know about results that were taken in two parts. */
  static Optional<Warning> warning(Results earlier, MachineRecord now) {
    Optional<Instant> last =
        earlier.samples().stream()
            .map(sample -> sample.started().plus(sample.took()))
            .max(Instant::compareTo);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "Resumed after %s: %d runs are from before."
            .formatted(pause(Duration.between(last.get(), now.at())), earlier.samples().size()));
    if (!earlier.partial() && earlier.rounds().size() == earlier.planned()) {
      text.append(
          " All %d rounds planned then had been run; adding more after seeing a result makes false findings more likely."
              .formatted(earlier.planned()));
    }
    List<String> changed = earlier.machine().differences(now);
    if (!changed.isEmpty()) {
      text.append(" The machine has changed: ").append(String.join("; ", changed)).append('.');
    }
    return Optional.of(new Warning(Warning.Kind.RESUMED, text.toString()));
  }

  private static String pause(Duration pause) {
    if (pause.toHours() > 0) {
      return pause.toHours() + " h " + pause.toMinutesPart() + " min";
    }
    return pause.toMinutes() > 0
        ? pause.toMinutes() + " min"
        : Math.max(0, pause.toSeconds()) + " s";
  }
}
