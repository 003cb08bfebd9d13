package vethbook.dsl;

import java.util.Locale;

/**
 * A rate: {@code 100.mbit} is 100 million bits per second.
 *
 * @param bitsPerSecond 0 or more
 */
public record BitRate(long bitsPerSecond) {
  public BitRate {
    if (bitsPerSecond < 0) {
      throw new IllegalArgumentException("bitsPerSecond < 0: " + bitsPerSecond);
    }
  }

  /** What tc counts in, rounded down. */
  public long bytesPerSecond() {
    return bitsPerSecond / 8;
  }

  /** {@code 100 Mbit/s}. */
  @Override
  public String toString() {
    String[] units = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s"};
    double value = bitsPerSecond;
    int unit = 0;
    while (unit < units.length - 1 && value >= 1000) {
      value /= 1000;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.3f", value);
    return number.replaceFirst("\\.?0+$", "") + " " + units[unit];
  }
}
