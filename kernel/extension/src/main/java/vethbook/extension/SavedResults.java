package vethbook.extension;

import java.util.List;
import java.util.Map;

/** Measured results that were kept in a notebook, ready for a report. */
public interface SavedResults {
  /** The question; the same in each run of the notebook. */
  String title();

  /** What was found, as a table. */
  MimeBundle table();

  /** A setting in each row: what {@link #table} says, in few words. */
  List<Outcome> outcomes();

  /** What makes readers careful, disturbed, failed and skipped runs first of all. */
  List<String> doubts();

  /** Where and how it was measured, in the order in which it is shown. */
  Map<String, String> record();

  /** How the parts of the setup were set, by their names; empty when not known. */
  Map<String, String> settings();

  /** The commands that build the same setup without Vethbook; empty when not known. */
  List<String> commands();

  /** The names of the columns, with their units, then every run in a row. */
  List<List<String>> runs();

  /** All that was kept, as JSON. */
  String json();

  /**
   * These results against those of an earlier run.
   *
   * @throws UserException when the two cannot be compared
   */
  Against against(SavedResults earlier);

  /**
   * One setting.
   *
   * @param value with its unit, such as {@code 41 200 transactions/s}; empty when it did not run
   * @param change against the baseline with its sign, such as {@code ▼ −15 %}; why it did not run
   *     when it did not
   */
  record Outcome(String setting, String value, String change) {}

  /**
   * Two runs of an experiment.
   *
   * @param differences between how the two were made, a phrase each; empty when they are alike
   * @param table now against then, a setting in each row
   * @param regressions settings that got worse, a phrase each
   * @param unclear names of settings of which nothing could be shown
   */
  record Against(
      List<String> differences, MimeBundle table, List<String> regressions, List<String> unclear) {
    public Against {
      differences = List.copyOf(differences);
      regressions = List.copyOf(regressions);
      unclear = List.copyOf(unclear);
    }
  }
}
