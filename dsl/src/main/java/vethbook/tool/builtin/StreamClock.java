package vethbook.tool.builtin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The window in which a stream is measured: after a third of a second of warm-up, for as long as
 * the plan says. Both ends ask it; what is received inside counts.
 */
final class StreamClock {
  private static final long WARM_UP_NANOS = 300_000_000L;

  private final long nanos;
  private final AtomicLong begin = new AtomicLong(Long.MAX_VALUE);
  private volatile long bytes;
  private volatile long last;
  private volatile long first;

  StreamClock(Duration duration) {
    nanos = duration.toNanos();
  }

  /** The first call of the two ends counts. */
  void start() {
    begin.compareAndSet(Long.MAX_VALUE, System.nanoTime() + WARM_UP_NANOS);
  }

  boolean isOpen() {
    return System.nanoTime() - begin.get() < nanos;
  }

  /** Called by the receiving thread only. */
  void received(int count) {
    long now = System.nanoTime();
    if (now - begin.get() < 0) {
      first = now;
      return;
    }
    long sum = bytes + count; // one writer
    bytes = sum;
    last = now;
  }

  double bitsPerSecond() {
    long span = last - Math.max(first, begin.get());
    return span <= 0 ? 0 : bytes * 8e9 / span;
  }
}
