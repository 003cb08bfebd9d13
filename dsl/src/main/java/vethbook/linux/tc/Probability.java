package vethbook.linux.tc;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A probability as netem keeps it.
 *
 * @param share in units of 1 / (2^32 - 1): 0 is never, 2^32 - 1 always
 */
public record Probability(long share) {
  public static final Probability NEVER = new Probability(0);
  public static final Probability ALWAYS = new Probability(0xffff_ffffL);

  /**
   * From hundredths.
   *
   * @param percent 0 to 100
   */
  public static Probability ofPercent(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent not in 0 to 100: " + percent);
    }
    return new Probability((long) Math.rint(percent / 100 * ALWAYS.share));
  }

  static Probability of(int bits) {
    return new Probability(Integer.toUnsignedLong(bits));
  }

  int bits() {
    return (int) share;
  }

  public boolean isNever() {
    return share == 0;
  }

  /** {@code 0.1%}: the shortest number that means the same. */
  @Override
  public String toString() {
    BigDecimal percent = BigDecimal.valueOf(100.0 * share / ALWAYS.share);
    for (int digits = 1; digits < 12; digits++) {
      BigDecimal shorter = percent.round(new MathContext(digits));
      if (shorter.doubleValue() <= 100 && ofPercent(shorter.doubleValue()).equals(this)) {
        return shorter.stripTrailingZeros().toPlainString() + "%";
      }
    }
    return percent.toPlainString() + "%";
  }
}
