package vethbook.dsl;

import java.math.BigDecimal;

/**
 * Hundredths: {@code 0.1.percent}.
 *
 * @param value of hundredths
 */
public record Percent(double value) {
  /** {@code 0.1 %}. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + " %";
  }
}
