package vethbook.dsl;

import java.math.BigDecimal;

/**
 * Hundredths: {@code 0.1.percent}.
 *
 * @param value of hundredths
 */
public record Percent(double value) {
  /** So many hundredths less: {@code -12.5.percent}. */
  public Percent negative() {
    return new Percent(-value);
  }

  /** {@code 0.1 %}. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + " %";
  }
}
