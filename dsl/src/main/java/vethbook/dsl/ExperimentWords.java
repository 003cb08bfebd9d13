package vethbook.dsl;

import groovy.lang.Closure;
import java.util.List;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Nearest;
import vethbook.extension.Progress;
import vethbook.lab.PlanException;
import vethbook.measure.Experiment;
import vethbook.measure.ExperimentListener;
import vethbook.measure.ExperimentProgress;
import vethbook.measure.ExperimentStoppedException;
import vethbook.measure.Results;
import vethbook.measure.Setting;
import vethbook.measure.Skipped;
import vethbook.measure.Warning;
import vethbook.view.Pictures;

/** Runs an {@code experiment} block: collects its settings, measures, shows how far it is. */
final class ExperimentWords {
  private final Host host;
  private final Features features;
  private final Pictures pictures;
  private final WarmUp warmUp;

  ExperimentWords(Host host, Features features, Pictures pictures, WarmUp warmUp) {
    this.host = host;
    this.features = features;
    this.pictures = pictures;
    this.warmUp = warmUp;
  }

  ExperimentResult run(String title, Options options, Closure<?> block) {
    MeasurementReader reader = new MeasurementReader();
    Experiment experiment = plan(title, options, block, reader);
    warmUp.await();
    try {
      return result(experiment.run(new Shown()), reader);
    } catch (ExperimentStoppedException stopped) {
      if (!stopped.results().samples().isEmpty()) {
        host.display(result(stopped.results(), reader).bundle());
      }
      throw stopped;
    }
  }

  private Experiment plan(
      String title, Options options, Closure<?> block, MeasurementReader reader) {
    Experiment empty =
        Experiment.of(title, "")
            .rounds(options.count("rounds", Experiment.DEFAULT_ROUNDS, 1))
            .warmUp(!options.has("warmUp") || options.flag("warmUp"));
    if (options.has("seed")) {
      empty = empty.seed(options.count("seed", 1, 1));
    }
    ExperimentBlock collector = new ExperimentBlock(empty, features, reader);
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(collector);
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call();
    Experiment collected = collector.close();
    return collected.baseline(baseline(collected, options));
  }

  private static String baseline(Experiment experiment, Options options) {
    List<String> names = experiment.settings().stream().map(Setting::name).toList();
    if (names.isEmpty()) {
      throw new PlanException(
          "Cannot run experiment '" + experiment.title() + "': it has no setting",
          "add setting('host') { netperf TCP_RR, from: ..., to: ... } to its block");
    }
    String wanted = options.has("baseline") ? options.text("baseline") : names.get(0);
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

  private ExperimentResult result(Results results, MeasurementReader reader) {
    return new ExperimentResult(results, reader.tests(), pictures);
  }

  /** Tells the notebook how the experiment goes. */
  private final class Shown implements ExperimentListener {
    @Override
    public void planned(List<Skipped> skipped, List<Warning> warnings) {
      StringBuilder text = new StringBuilder();
      skipped.forEach(
          one -> text.append("skipped: %s; %s\n".formatted(one.setting(), one.reason())));
      warnings.stream()
          .filter(warning -> warning.kind() != Warning.Kind.SKIPPED)
          .forEach(warning -> text.append("warning: ").append(warning.text()).append('\n'));
      if (!text.isEmpty()) {
        host.display(MimeBundle.plain(text.toString().stripTrailing()));
      }
    }

    @Override
    public void progress(ExperimentProgress progress) {
      host.progress(new Progress(progress.fraction(), progress.left(), progress.text()));
    }
  }
}
