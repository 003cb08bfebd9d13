package vethbook.measure;

import java.util.Locale;

/**
 * What is commonly said, held against what was measured.
 *
 * @param said the claim in words
 * @param text the answer in words: {@code agrees in direction; the effect is larger here}
 * @param because what was seen, with numbers
 */
public record Claim(String said, Answer answer, String text, String because) {
  /** How a claim and a measurement can stand to each other. */
  public enum Answer {
    AGREES("✓", "holds here", "hold here"),
    IN_DIRECTION("✓", "holds in direction, not in size", "hold in direction, not in size"),
    DISAGREES("✗", "does not hold here", "do not hold here"),
    UNDECIDED("?", "is not decided", "are not decided");

    private final String sign;
    private final String one;
    private final String many;

    Answer(String sign, String one, String many) {
      this.sign = sign;
      this.one = one;
      this.many = many;
    }

    /** A character that stands for it. */
    public String sign() {
      return sign;
    }

    /** The verb that follows a number of claims. */
    public String of(long count) {
      return count == 1 ? one : many;
    }
  }

  /** A claim that something other than an experiment's comparison has decided. */
  public static Claim decided(String said, boolean holds, String because) {
    return new Claim(
        said,
        holds ? Answer.AGREES : Answer.DISAGREES,
        holds ? "agrees with what is seen here" : "disagrees with what is seen here",
        because);
  }

  /** A claim about which nothing can be said here. */
  public static Claim undecided(String said, String because) {
    return new Claim(said, Answer.UNDECIDED, "cannot be decided here", because);
  }

  /**
   * Holds a number that is said against a measured change.
   *
   * <p>It agrees when both have one direction and the number lies within the interval, agrees in
   * direction when the number does not. A range around zero says "close": it agrees when the whole
   * interval lies in it. What the interval rules out disagrees, also where no difference was found;
   * what it does not rule out is undecided then.
   *
   * @param low the smallest relative change that the claim covers, -0.125 for 12.5 % less
   * @param high the largest; the same as {@code low} for a single number
   * @param why more of what was seen; may be empty
   */
  public static Claim of(
      String said, Change change, String baseline, double low, double high, String why) {
    String because =
        "%s %s against %s%s%s"
            .formatted(
                change.setting(),
                percent(change.relative()),
                baseline,
                interval(change.interval()),
                why.isEmpty() ? "" : "; " + why);
    if ((low < 0 && high > 0) || (low == 0 && high == 0)) {
      return close(said, change.interval(), low, high, because);
    }
    boolean covered = high >= change.interval().low() && low <= change.interval().high();
    boolean sameWay = Math.signum(change.relative()) == Math.signum(low + high);
    return switch (change.verdict()) {
      case DIFFERS -> differing(said, change, low, high, covered, sameWay, because);
      case EQUIVALENT ->
          covered
              ? new Claim(said, Answer.AGREES, "agrees: it is as small here", because)
              : new Claim(said, Answer.DISAGREES, "disagrees: " + change.text(), because);
      case INCONCLUSIVE ->
          covered || !change.interval().isKnown()
              ? undecided(said, because)
              : new Claim(said, Answer.DISAGREES, "disagrees: these runs rule that out", because);
    };
  }

  private static Claim differing(
      String said,
      Change change,
      double low,
      double high,
      boolean covered,
      boolean sameWay,
      String because) {
    if (!sameWay) {
      return new Claim(said, Answer.DISAGREES, "disagrees: it is the other way round", because);
    }
    if (covered) {
      return new Claim(said, Answer.AGREES, "agrees", because);
    }
    boolean larger = Math.abs(change.relative()) > Math.max(Math.abs(low), Math.abs(high));
    return new Claim(
        said,
        Answer.IN_DIRECTION,
        "agrees in direction; the effect is " + (larger ? "larger" : "smaller") + " here",
        because);
  }

  private static Claim close(
      String said, Interval interval, double low, double high, String because) {
    if (interval.isKnown() && interval.isInside(low, high)) {
      return new Claim(said, Answer.AGREES, "agrees", because);
    }
    boolean apart = interval.high() < low || interval.low() > high;
    return apart
        ? new Claim(said, Answer.DISAGREES, "disagrees: it differs by more", because)
        : undecided(said, because);
  }

  private static String interval(Interval interval) {
    return interval.isKnown()
        ? " (95 %% interval %s to %s)".formatted(percent(interval.low()), percent(interval.high()))
        : " (too few rounds for an interval)";
  }

  private static String percent(double relative) {
    return String.format(Locale.ROOT, "%+.1f %%", relative * 100).replace('-', '−');
  }
}
