package vethbook.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which percentiles a number of values can show: ten of them must lie beyond it. */
public final class Percentiles {
  private static final int BEYOND = 10;
  private static final Pattern NAME = Pattern.compile("p(\\d+(?:\\.\\d+)?)(?: .*)?");

  private Percentiles() {}

  /**
   * Whether so many values show this statistic: 1000 or more for {@code p99}, 20 for {@code p50}.
   *
   * @param statistic such as {@code p99.9} or {@code p50 latency}; others, such as {@code mean},
   *     are always shown
   * @param values how many there are; 0 when not known, which shows everything
   */
  public static boolean isShown(String statistic, long values) {
    Matcher matcher = NAME.matcher(statistic);
    if (values == 0 || !matcher.matches()) {
      return true;
    }
    double beyond = 1 - Double.parseDouble(matcher.group(1)) / 100;
    return values * beyond >= BEYOND - 1e-6;
  }
}
