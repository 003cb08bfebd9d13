package vethbook.dsl;

import java.math.BigDecimal;
import java.time.Duration;

/** Units on numbers, as properties: {@code 5.seconds}, {@code 9000.bytes}. */
public final class Units {
  private Units() {}

  public static Duration getSeconds(Number value) {
    return nanos(value, 1_000_000_000L);
  }

  public static Duration getSecond(Number value) {
    return getSeconds(value);
  }

  public static Duration getMilliseconds(Number value) {
    return nanos(value, 1_000_000L);
  }

  public static Duration getMicroseconds(Number value) {
    return nanos(value, 1_000L);
  }

  public static Duration getMinutes(Number value) {
    return nanos(value, 60_000_000_000L);
  }

  public static DataSize getBytes(Number value) {
    return new DataSize(value.longValue());
  }

  /** 1024 bytes. */
  public static DataSize getKib(Number value) {
    return new DataSize(value.longValue() << 10);
  }

  /** 1024 * 1024 bytes. */
  public static DataSize getMib(Number value) {
    return new DataSize(value.longValue() << 20);
  }

  /** Thousand bits per second. */
  public static BitRate getKbit(Number value) {
    return bits(value, 1_000L);
  }

  /** Million bits per second. */
  public static BitRate getMbit(Number value) {
    return bits(value, 1_000_000L);
  }

  /** Thousand million bits per second. */
  public static BitRate getGbit(Number value) {
    return bits(value, 1_000_000_000L);
  }

  /** Hundredths: {@code 0.1.percent}. */
  public static Percent getPercent(Number value) {
    return new Percent(value.doubleValue());
  }

  private static BitRate bits(Number value, long each) {
    return new BitRate(
        new BigDecimal(value.toString()).multiply(BigDecimal.valueOf(each)).longValue());
  }

  private static Duration nanos(Number value, long each) {
    BigDecimal nanos = new BigDecimal(value.toString()).multiply(BigDecimal.valueOf(each));
    return Duration.ofNanos(nanos.longValue());
  }
}
