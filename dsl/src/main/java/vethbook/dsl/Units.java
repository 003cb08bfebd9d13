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

  private static Duration nanos(Number value, long each) {
    BigDecimal nanos = new BigDecimal(value.toString()).multiply(BigDecimal.valueOf(each));
    return Duration.ofNanos(nanos.longValue());
  }
}
