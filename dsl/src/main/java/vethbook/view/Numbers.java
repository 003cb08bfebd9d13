package vethbook.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them: few digits, thin thousands separators, a real minus sign. */
final class Numbers {
  /** Groups of three digits are kept apart, and never broken over a line (ISO 80000-1). */
  static final char THOUSANDS = '\u202f';

  static final String MINUS = "\u2212";

  private Numbers() {}

  /**
   * Four significant digits, more only left of the decimal point: {@code 60 118}, {@code 1.234}.
   */
  static String of(double value) {
    return fixed(value, decimals(value));
  }

  /**
   * How many decimals show four significant digits: 0 to 6.
   *
   * @param value anything but NaN and the infinities
   */
  static int decimals(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 0;
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
    return Math.max(0, Math.min(6, 3 - magnitude));
  }

  /** A number with as many decimals. */
  static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : MINUS + "∞";
    }
    DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
    symbols.setGroupingSeparator(THOUSANDS);
    DecimalFormat format = new DecimalFormat("#,##0", symbols);
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    String text = format.format(Math.abs(value));
    boolean isZero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return value < 0 && !isZero ? MINUS + text : text;
  }

  /** Up to four significant digits, without zeros at the end: {@code 5}, {@code 0.25}. */
  static String plain(double value) {
    String text = of(value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** Three significant digits and a decimal prefix: {@code 60.1k}, {@code 9.41G}. */
  static String brief(double value) {
    double size = Math.abs(value);
    if (size >= 1e9) {
      return significant(value / 1e9) + "G";
    }
    if (size >= 1e6) {
      return significant(value / 1e6) + "M";
    }
    return size >= 1e3 ? significant(value / 1e3) + "k" : significant(value);
  }

  /** A share as a signed percentage: {@code −20.0 %}, {@code +0.3 %}. */
  static String change(double share) {
    return signed(share) + "\u00a0%";
  }

  /** A share as a signed percentage without its sign: {@code −20.0}. */
  static String signed(double share) {
    double percent = share * 100;
    String text = fixed(percent, Math.abs(percent) < 99.95 ? 1 : 0);
    return percent > 0 && !text.equals("0.0") ? "+" + text : text;
  }

  private static String significant(double value) {
    String text =
        new BigDecimal(Math.abs(value))
            .round(new MathContext(3))
            .stripTrailingZeros()
            .toPlainString();
    return value < 0 ? MINUS + text : text;
  }
}
