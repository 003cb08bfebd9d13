package vethbook.measure;

/**
 * A setting against the baseline, from the rounds in which both ran.
 *
 * @param summary of the setting's own values
 * @param pairs how many rounds
 * @param relative from the log ratios within rounds, their Hodges-Lehmann estimate: -0.18 for 18 %
 *     less than the baseline; NaN without pairs
 * @param interval of {@code relative}: 95 %, the values that the signed rank test would not reject;
 *     unknown below 6 pairs
 * @param p exact Wilcoxon signed rank, two-sided; 1 without pairs
 * @param adjustedP the same by Holm's method over all settings of the comparison
 * @param detectable the smallest relative change that these rounds with their spread would have
 *     shown with 80 % power; infinite when no change could have been shown
 * @param text the verdict in words: {@code slower by 18 %}
 */
public record Change(
    Summary summary,
    int pairs,
    double relative,
    Interval interval,
    double p,
    double adjustedP,
    double detectable,
    Verdict verdict,
    String text) {
  public String setting() {
    return summary.setting();
  }
}
