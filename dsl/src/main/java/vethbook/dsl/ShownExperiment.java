package vethbook.dsl;

import java.util.List;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.measure.ExperimentListener;
import vethbook.measure.ExperimentProgress;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Skipped;
import vethbook.measure.Warning;

/** Tells the notebook how an experiment goes, and its journal what it has found. */
final class ShownExperiment implements ExperimentListener {
  private final Host host;
  private final ExperimentListener journal;

  ShownExperiment(Host host, ExperimentListener journal) {
    this.host = host;
    this.journal = journal;
  }

  @Override
  public void planned(List<Skipped> skipped, List<Warning> warnings) {
    StringBuilder text = new StringBuilder();
    skipped.forEach(one -> text.append("skipped: %s; %s\n".formatted(one.setting(), one.reason())));
    warnings.stream()
        .filter(warning -> warning.kind() != Warning.Kind.SKIPPED)
        .forEach(warning -> text.append("warning: ").append(warning.text()).append('\n'));
    if (!text.isEmpty()) {
      host.display(MimeBundle.plain(text.toString().stripTrailing()));
    }
  }

  @Override
  public void doubted(Warning warning) {
    host.display(MimeBundle.plain("warning: " + warning.text()));
  }

  @Override
  public void started(Results none) {
    journal.started(none);
  }

  @Override
  public void progress(ExperimentProgress progress) {
    host.progress(
        new Progress(progress.fraction(), progress.left(), progress.text(), progress.facts()));
  }

  @Override
  public void sampled(Sample sample) {
    journal.sampled(sample);
  }

  @Override
  public void ended(Results results) {
    journal.ended(results);
  }
}
