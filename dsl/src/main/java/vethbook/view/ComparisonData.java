package vethbook.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison's plot and table show, in base units and in the order of the page.
 *
 * @param question what the experiment asked, such as {@code Is a container slower than its host?};
 *     may be empty
 * @param test what was run or measured, such as {@code TCP_RR}
 * @param quantity what was measured, in words that fit after "of the host's": {@code rate}
 * @param unit of all values, such as {@code transactions/s}
 * @param higherIsBetter false for a latency
 * @param engine which program made the traffic, such as {@code netperf 2.7}; empty when not known
 * @param rounds in how many rounds the settings ran
 * @param time how long one run took; zero when not known
 * @param margin relative difference below which settings count as the same: 0.03 for 3 %
 * @param baseline the setting that others are compared with
 * @param rows one for each setting, skipped ones included
 * @param notes what a reader must know to judge the result, a sentence each
 */
public record ComparisonData(
    String question,
    String test,
    String quantity,
    String unit,
    boolean higherIsBetter,
    String engine,
    int rounds,
    Duration time,
    double margin,
    String baseline,
    List<Row> rows,
    List<String> notes) {
  public ComparisonData {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** What the axis of the values says: {@code rate (transactions/s)}. */
  String axisTitle() {
    return unit.isEmpty() ? quantity : quantity + " (" + unit + ")";
  }

  /** The colour of a setting; the baseline is grey everywhere. */
  String colour(Palette palette, String setting) {
    return setting.equals(baseline) ? Theme.BASELINE : palette.colour(setting);
  }

  /** The rows with the baseline before the others. */
  List<Row> baselineFirst() {
    return rows.stream()
        .sorted(java.util.Comparator.comparing(row -> !row.setting().equals(baseline)))
        .toList();
  }

  /** The baseline's row; empty when it was skipped. */
  Optional<Row> baselineRow() {
    return rows.stream()
        .filter(row -> row.setting().equals(baseline) && row.skipped() == null)
        .findFirst();
  }

  /**
   * One setting.
   *
   * @param rounds what each run of it gave; empty when it was skipped
   * @param centre the value of the setting; NaN when it was skipped
   * @param low lower end of the 95 % interval of the centre; NaN with too few rounds
   * @param high upper end
   * @param change against the baseline; null for the baseline itself and for a skipped setting
   * @param skipped why it did not run; null when it did
   */
  public record Row(
      String setting,
      List<Round> rounds,
      double centre,
      double low,
      double high,
      @Nullable Change change,
      @Nullable String skipped) {
    public Row {
      rounds = List.copyOf(rounds);
    }

    /** Whether the interval is known. */
    boolean hasInterval() {
      return Double.isFinite(low) && Double.isFinite(high);
    }
  }

  /**
   * One run of a setting.
   *
   * @param number from 1
   * @param contaminated whether something else kept the machine busy meanwhile
   */
  public record Round(int number, double value, boolean contaminated) {}

  /**
   * A setting against the baseline.
   *
   * @param relative -0.2 for 20 % less than the baseline; NaN when no round had both
   * @param low lower end of its 95 % interval; NaN with too few rounds
   * @param high upper end
   * @param words the verdict for people: {@code slower by 18 %}
   */
  public record Change(double relative, double low, double high, Verdict verdict, String words) {}

  /** What can be said about a change. */
  public enum Verdict {
    /** More than the baseline, whether that is good or bad. */
    HIGHER("▲"),
    /** Less than the baseline. */
    LOWER("▼"),
    /** Shown to be the same within the margin. */
    SAME("≈"),
    /** No difference found, and none ruled out. */
    UNCLEAR("?");

    private final String sign;

    Verdict(String sign) {
      this.sign = sign;
    }

    /** A sign that can be told apart without colour. */
    public String sign() {
      return sign;
    }

    boolean differs() {
      return this == HIGHER || this == LOWER;
    }
  }
}
