package vethbook.measure;

import java.util.List;

/** Hears how an experiment goes, on the thread that runs it; what takes long here delays it. */
public interface ExperimentListener {
  /** Hears nothing. */
  ExperimentListener NONE = progress -> {};

  /**
   * Once, before the first run.
   *
   * @param skipped settings that this machine cannot run
   * @param warnings what the planned rounds cannot show
   */
  default void planned(List<Skipped> skipped, List<Warning> warnings) {}

  /** When a doubt comes up while it runs. */
  default void doubted(Warning warning) {}

  /** Once, before the first run: the results without samples, or with those of an earlier part. */
  default void started(Results none) {}

  /** Before each run, and once after the last. */
  void progress(ExperimentProgress progress);

  /** After each run that is kept. */
  default void sampled(Sample sample) {}

  /** Once, with all samples and warnings: also when a run failed or it was interrupted. */
  default void ended(Results results) {}
}
