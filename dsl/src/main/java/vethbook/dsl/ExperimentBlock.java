package vethbook.dsl;

import groovy.lang.Closure;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import vethbook.lab.PlanException;
import vethbook.measure.Experiment;
import vethbook.measure.Measurement;
import vethbook.measure.Setting;

/** Collects the settings of one experiment while its block runs. */
final class ExperimentBlock implements ExperimentSpec {
  private final Features features;
  private final MeasurementReader reader;
  private Experiment experiment;
  private boolean isOpen = true;

  ExperimentBlock(Experiment experiment, Features features, MeasurementReader reader) {
    this.experiment = experiment;
    this.features = features;
    this.reader = reader;
  }

  @Override
  public void setting(Map<String, ?> options, String name, Closure<?> body) {
    if (!isOpen) {
      throw new PlanException(
          "Cannot add setting '" + name + "' now",
          "setting belongs directly under experiment { }, not into another setting");
    }
    Options checked = new Options(ExperimentSpec.class, "setting", options);
    Closure<?> own = (Closure<?>) body.clone();
    experiment = experiment.setting(new Setting(name, absence(checked), () -> measure(name, own)));
  }

  private Supplier<Optional<String>> absence(Options options) {
    if (!options.has("needs")) {
      return Optional::empty;
    }
    String feature = options.text("needs");
    Optional<String> absence = features.absence(feature);
    return () -> absence;
  }

  private Measurement measure(String name, Closure<?> body) {
    return reader.read(name, body.call());
  }

  /** What was collected; the block is over. */
  Experiment close() {
    isOpen = false;
    return experiment;
  }
}
