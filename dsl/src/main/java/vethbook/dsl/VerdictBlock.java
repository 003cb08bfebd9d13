package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.lab.PlanException;
import vethbook.measure.Change;
import vethbook.measure.Claim;
import vethbook.measure.Comparison;
import vethbook.measure.Results;
import vethbook.measure.Skipped;

/** Collects the claims of one verdict while its block runs. */
final class VerdictBlock implements VerdictSpec {
  private final List<Claim> claims = new ArrayList<>();

  @Override
  public void claim(
      Map<String, ?> options,
      String said,
      ExperimentResult result,
      String setting,
      Object expected) {
    Options checked = new Options(VerdictSpec.class, "claim", options);
    Results all = result.getResults();
    Results results = checked.has("against") ? against(all, checked.text("against")) : all;
    Comparison comparison =
        checked.has("metric") ? results.compare(checked.text("metric")) : results.compare();
    double[] range = range(expected);
    Optional<Change> change = comparison.change(setting);
    if (change.isPresent()) {
      String why =
          checked.has("why") ? why(result, results.baseline(), setting, checked.text("why")) : "";
      claims.add(Claim.of(said, change.get(), results.baseline(), range[0], range[1], why));
    } else {
      claims.add(Claim.undecided(said, absence(results, comparison, setting)));
    }
  }

  @Override
  public void claim(String said, @Nullable Boolean holds, String because) {
    claims.add(
        holds == null ? Claim.undecided(said, because) : Claim.decided(said, holds, because));
  }

  private static Results against(Results results, String setting) {
    requireKnown(results, setting);
    return results.against(setting);
  }

  private static String why(
      ExperimentResult result, String baseline, String setting, String counter) {
    return String.format(
        Locale.ROOT,
        "%s per transaction: %.1f in %s, %.1f in %s",
        counter,
        result.perTransactionIn(baseline, counter),
        baseline,
        result.perTransactionIn(setting, counter),
        setting);
  }

  private static String absence(Results results, Comparison comparison, String setting) {
    for (Skipped skipped : comparison.skipped()) {
      if (skipped.setting().equals(setting)) {
        return setting + " was not run: " + skipped.reason();
      }
    }
    requireKnown(results, setting);
    return setting + " was not compared with " + results.baseline();
  }

  private static void requireKnown(Results results, String setting) {
    if (results.samples(setting).isEmpty()) {
      List<String> near = Nearest.of(setting, results.settings());
      throw new PlanException(
          "Cannot judge a claim about '" + setting + "': the experiment has no runs of it",
          near.isEmpty()
              ? "it has " + String.join(", ", results.settings())
              : "did you mean " + String.join(" or ", near) + "?");
    }
  }

  /** The claim's number as the ends of a range of relative changes. */
  private static double[] range(Object expected) {
    if (expected instanceof Percent one) {
      return new double[] {one.value() / 100, one.value() / 100};
    }
    if (expected instanceof List<?> two
        && two.size() == 2
        && two.get(0) instanceof Percent low
        && two.get(1) instanceof Percent high) {
      return new double[] {
        Math.min(low.value(), high.value()) / 100, Math.max(low.value(), high.value()) / 100
      };
    }
    throw new PlanException(
        "Cannot take " + expected + " as the number of a claim",
        "write -12.5.percent, or a range [-5.percent, 5.percent]");
  }

  /** What was collected. */
  ClaimsView close() {
    if (claims.isEmpty()) {
      throw new PlanException(
          "Cannot come to a verdict: its block has no claim",
          "claim 'veth is 12 % slower', latency, 'veth', -12.percent");
    }
    return new ClaimsView(List.copyOf(claims));
  }
}
