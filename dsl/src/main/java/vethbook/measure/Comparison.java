package vethbook.measure;

import java.util.List;
import java.util.Optional;

/**
 * All settings of an experiment against its baseline, for one metric.
 *
 * @param margin relative difference below which settings count as the same: 0.03 for 3 %
 * @param baseline summary of the baseline's values
 * @param changes the other settings that ran, in the experiment's order
 * @param skipped those that did not
 * @param warnings what a reader must know to judge the result
 */
public record Comparison(
    Metric metric,
    double margin,
    Summary baseline,
    List<Change> changes,
    List<Skipped> skipped,
    List<Warning> warnings) {
  public Comparison {
    changes = List.copyOf(changes);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }

  /** The change of a setting; empty for the baseline and for one that did not run. */
  public Optional<Change> change(String setting) {
    return changes.stream().filter(change -> change.setting().equals(setting)).findFirst();
  }
}
