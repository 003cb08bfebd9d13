package vethbook.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an experiment is.
 *
 * @param round from 1; 0 in the warm-up round
 * @param rounds how many are planned, the warm-up not counted
 * @param setting that runs now; empty after the last run
 * @param soFar what is known of this setting; null before its first run ended
 * @param change of this setting against the baseline as known so far, in words; null before there
 *     is a pair
 * @param done runs that ended and were kept; those of a warm-up do not count
 * @param runs all that are planned, the warm-up not counted
 * @param left the time still needed, by the mean of the runs so far; zero when not known
 */
public record ExperimentProgress(
    int round,
    int rounds,
    String setting,
    @Nullable Summary soFar,
    @Nullable String change,
    int done,
    int runs,
    Duration left) {
  /** 0 to 1. */
  public double fraction() {
    return runs == 0 ? 1 : (double) done / runs;
  }

  /**
   * The same for programs: {@code round}, {@code rounds}, {@code setting}, {@code done}, {@code
   * runs}; with an estimate {@code metric}, {@code unit}, {@code median}, {@code low}, {@code
   * high}.
   */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("round", round);
    facts.put("rounds", rounds);
    facts.put("setting", setting);
    facts.put("done", done);
    facts.put("runs", runs);
    if (soFar != null) {
      facts.put("metric", soFar.metric().name());
      facts.put("unit", soFar.metric().unit());
      facts.put("median", soFar.median());
      if (soFar.interval().isKnown()) {
        facts.put("low", soFar.interval().low());
        facts.put("high", soFar.interval().high());
      }
    }
    return facts;
  }

  /** {@code round 3/10 · veth · 41 200 transactions/s (40 900 to 41 600)}. */
  public String text() {
    if (setting.isEmpty()) {
      return done + " of " + runs + " runs done";
    }
    String place = round == 0 ? "warm-up" : "round " + round + "/" + rounds;
    return place
        + " · "
        + setting
        + (soFar == null ? "" : " · " + estimate(soFar))
        + (change == null ? "" : " · " + change);
  }

  private static String estimate(Summary soFar) {
    Interval interval = soFar.interval();
    String unit = soFar.metric().unit();
    boolean bits = unit.equals("bit/s");
    double scale = bits ? 1e6 : 1;
    String text = number(soFar.median() / scale) + " " + (bits ? "Mbit/s" : unit);
    return interval.isKnown()
        ? text
            + " ("
            + number(interval.low() / scale)
            + " to "
            + number(interval.high() / scale)
            + ")"
        : text;
  }

  private static String number(double value) {
    String format = Math.abs(value) < 100 ? "%,.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value).replace(',', ' ');
  }
}
