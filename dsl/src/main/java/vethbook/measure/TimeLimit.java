package vethbook.measure;

import java.time.Duration;

/**
 * Interrupts the thread that made it once the time is over, unless it was closed before. Closing
 * takes the interrupt back, so that it ends what it was meant for and nothing else.
 */
final class TimeLimit implements AutoCloseable {
  private final Thread watched = Thread.currentThread();
  private final Thread clock;
  private boolean isClosed;
  private boolean isOver;

  private TimeLimit(Duration limit) {
    clock = new Thread(() -> watch(limit), "time limit");
    clock.setDaemon(true);
    if (!limit.isZero()) {
      clock.start();
    }
  }

  /** A limit that begins now; none when the time is zero. */
  static TimeLimit of(Duration limit) {
    return new TimeLimit(limit);
  }

  private void watch(Duration limit) {
    try {
      Thread.sleep(Math.max(1, limit.toMillis()));
      expire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed in time
    }
  }

  private synchronized void expire() {
    if (!isClosed) {
      isOver = true;
      watched.interrupt();
    }
  }

  /** Whether the thread was interrupted by this limit. */
  synchronized boolean isOver() {
    return isOver;
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      if (isOver) {
        Thread.interrupted();
      }
    }
    clock.interrupt();
  }
}
