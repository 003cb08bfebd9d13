package vethbook.linux.tc;

import java.math.BigDecimal;

/** Values in the words of {@code tc}, exact ones: man 8 tc, PARAMETERS. */
final class TcText {
  private TcText() {}

  /** {@code 100Mbit}, from bytes per second. */
  static String rate(long bytesPerSecond) {
    return scaled(Math.multiplyExact(bytesPerSecond, 8), 1000, "bit", "Kbit", "Mbit", "Gbit");
  }

  /** {@code 10ms} or {@code 0.5us}, from nanoseconds: netem of tc 6.1 does not know {@code ns}. */
  static String time(long nanos) {
    return nanos % 1000 == 0
        ? scaled(nanos / 1000, 1000, "us", "ms", "s")
        : BigDecimal.valueOf(nanos, 3).stripTrailingZeros().toPlainString() + "us";
  }

  /** In the largest unit that it is a whole number of. */
  private static String scaled(long value, long step, String... units) {
    long rest = value;
    int unit = 0;
    while (unit < units.length - 1 && rest != 0 && rest % step == 0) {
      rest /= step;
      unit++;
    }
    return rest + units[unit];
  }
}
