package vethbook.dsl;

import groovy.lang.Closure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import vethbook.lab.PlanException;
import vethbook.linux.process.Cpus;
import vethbook.measure.Experiment;
import vethbook.measure.Measurement;
import vethbook.measure.RoundStep;
import vethbook.measure.Setting;

/** Collects the settings of one experiment while its block runs. */
final class ExperimentBlock implements ExperimentSpec {
  private final Features features;
  private final MeasurementReader reader;
  private final Linuxes linuxes;
  private Experiment experiment;
  private Grid grid = Grid.NONE;
  private boolean isOpen = true;

  ExperimentBlock(
      Experiment experiment, Features features, MeasurementReader reader, Linuxes linuxes) {
    this.experiment = experiment;
    this.features = features;
    this.reader = reader;
    this.linuxes = linuxes;
  }

  @Override
  public void setting(Map<String, ?> options, String name, Closure<?> body) {
    requireOpen("setting", "add setting '" + name + "'");
    Options checked = new Options(ExperimentSpec.class, "setting", options);
    if (name.isEmpty() && grid == Grid.NONE) {
      throw new PlanException(
          "Cannot add a setting without a name", "setting('host') { ... }, or over ... before it");
    }
    Closure<?> own = (Closure<?>) body.clone();
    Supplier<Optional<String>> absence = absence(checked);
    Duration limit = checked.time("timeLimit", Duration.ZERO);
    for (Map<String, Object> level : grid.levels()) {
      String full = Grid.name(name, level);
      if (linuxes.takes(full, checked)) {
        experiment =
            experiment.setting(new Setting(full, absence, limit, () -> measure(full, own, level)));
      }
    }
  }

  @Override
  public void over(Map<String, ?> factors) {
    requireOpen("over", "begin another grid");
    grid = Grid.of(factors);
  }

  @Override
  public void before(Closure<?> body) {
    requireOpen("before", "add what comes before a round");
    experiment = experiment.before(step(body));
  }

  @Override
  public void after(Closure<?> body) {
    requireOpen("after", "add what comes after a round");
    experiment = experiment.after(step(body));
  }

  private static RoundStep step(Closure<?> body) {
    Closure<?> own = (Closure<?>) body.clone();
    return round ->
        own.call(own.getMaximumNumberOfParameters() == 0 ? new Object[0] : new Object[] {round});
  }

  private void requireOpen(String word, String what) {
    if (!isOpen) {
      throw new PlanException(
          "Cannot " + what + " now",
          word + " belongs directly under experiment { }, not into another block");
    }
  }

  private Supplier<Optional<String>> absence(Options options) {
    Optional<String> absence =
        options.texts("needs").stream()
            .flatMap(feature -> features.absence(feature).stream())
            .findFirst()
            .or(() -> tooFewCpus(options.count("minCpus", 1, 1)));
    return () -> absence;
  }

  private static Optional<String> tooFewCpus(int wanted) {
    int there = Cpus.allowed().size();
    return there < wanted
        ? Optional.of("needs %d CPUs: this process may use %d".formatted(wanted, there))
        : Optional.empty();
  }

  private Measurement measure(String name, Closure<?> body, Map<String, Object> level) {
    return reader.read(name, Grid.call(body, level));
  }

  /** What was collected; the block is over. */
  Experiment close() {
    isOpen = false;
    return experiment;
  }
}
