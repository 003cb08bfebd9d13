package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.extension.MimeBundle;
import vethbook.extension.SavedResults;
import vethbook.measure.Results;
import vethbook.measure.RunComparison;
import vethbook.measure.Sample;
import vethbook.measure.Warning;
import vethbook.view.ComparisonTable;
import vethbook.view.MachineTable;
import vethbook.view.RunComparisonTable;

/** An experiment's results as a report shows them. */
final class SavedExperiment implements SavedResults {
  private static final int NAMED_RUNS = 20;

  private final Results results;
  private final String tests;

  SavedExperiment(Results results, String tests) {
    this.results = results;
    this.tests = tests;
  }

  Results results() {
    return results;
  }

  @Override
  public String title() {
    return results.title();
  }

  @Override
  public MimeBundle table() {
    return results.samples().isEmpty()
        ? MimeBundle.plain(results + ": no run ended")
        : comparison().bundle();
  }

  @Override
  public List<Outcome> outcomes() {
    return results.samples().isEmpty() ? List.of() : comparison().outcomes();
  }

  private ComparisonTable comparison() {
    return ComparisonTable.of(results, results.compare(), tests);
  }

  @Override
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    results.warnings().stream().map(Warning::text).forEach(doubts::add);
    List<Sample> disturbed =
        results.samples().stream().filter(one -> one.load().isContaminated()).toList();
    disturbed.stream().limit(NAMED_RUNS).map(SavedExperiment::marked).forEach(doubts::add);
    if (disturbed.size() > NAMED_RUNS) {
      doubts.add(
          "%d more runs were disturbed; the raw rounds tell which."
              .formatted(disturbed.size() - NAMED_RUNS));
    }
    return doubts;
  }

  private static String marked(Sample sample) {
    return "Round %d, %s: %s."
        .formatted(sample.round(), sample.setting(), String.join("; ", sample.load().marks()));
  }

  @Override
  public Map<String, String> record() {
    Map<String, String> facts = new LinkedHashMap<>(MachineTable.facts(results.machine()));
    facts.put(
        "rounds",
        "%d of %d, order drawn with seed %d"
            .formatted(results.rounds().size(), results.planned(), results.seed()));
    if (results.warmUpRuns() > 0) {
      facts.put("warm-up", results.warmUpRuns() + " runs, not kept");
    }
    return facts;
  }

  @Override
  public Map<String, String> settings() {
    return results.setup().facts();
  }

  @Override
  public List<String> commands() {
    return results.setup().commands();
  }

  @Override
  public List<List<String>> runs() {
    return results.toRows();
  }

  @Override
  public String json() {
    return results.toCompactJson();
  }

  @Override
  public Against against(SavedResults earlier) {
    if (!(earlier instanceof SavedExperiment then)) {
      throw new IllegalArgumentException("not of this DSL: " + earlier.getClass());
    }
    RunComparison comparison = results.compare(then.results, "");
    return new Against(
        comparison.differences(),
        new RunComparisonTable(comparison).bundle(),
        comparison.regressions().stream().map(row -> row.setting() + ": " + row.text()).toList(),
        comparison.unclear());
  }
}
