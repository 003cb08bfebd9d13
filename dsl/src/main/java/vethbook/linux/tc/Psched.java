package vethbook.linux.tc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import vethbook.linux.ExperimentException;

/**
 * Linux's clock of packet schedulers: the tick that tbf and htb count time in, 64 ns since Linux
 * 2.6.31 ({@code /proc/net/psched}, its second number).
 */
final class Psched {
  private static final Path FILE = Path.of("/proc/net/psched");

  private Psched() {}

  /**
   * The time that so many bytes take at a rate.
   *
   * @return ticks, rounded up so that a burst is not shorter than was said
   */
  static int ticks(long bytes, long bytesPerSecond) {
    double nanos = bytes * 1e9 / bytesPerSecond;
    return (int) Math.min(0xffff_ffffL, (long) Math.ceil(nanos / Tick.NANOS));
  }

  /** The bytes that a rate sends in so many ticks. */
  static long bytes(int ticks, long bytesPerSecond) {
    return Math.round(Integer.toUnsignedLong(ticks) * (double) Tick.NANOS * bytesPerSecond / 1e9);
  }

  /** Ticks in a time, at most what fits 32 bits. */
  static int ticks(long nanos) {
    return (int) Math.min(0xffff_ffffL, nanos / Tick.NANOS);
  }

  private static final class Tick {
    static final long NANOS = read();

    private static long read() {
      try {
        String text = Files.readString(FILE, StandardCharsets.US_ASCII);
        return Long.parseLong(text.strip().split(" ")[1], 16);
      } catch (IOException | RuntimeException e) {
        throw new ExperimentException(
            "Cannot read the clock of packet schedulers (" + FILE + ")",
            "linux",
            String.valueOf(e.getMessage()),
            null,
            e);
      }
    }
  }
}
