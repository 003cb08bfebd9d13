package vethbook.tool.builtin;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import vethbook.tool.TrafficPlan;

/**
 * Decides when a run ends and keeps its round trips. The first third of a second (or 5 000 round
 * trips of a counted run) is warm-up: the JIT compiles the loop meanwhile, and nothing is kept.
 */
final class Meter {
  private static final long WARM_UP_NANOS = 300_000_000L;
  private static final long WARM_UP_TRANSACTIONS = 5_000;
  private static final long SLEEP_NANOS = 200_000L;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);
  private final boolean isCounted;
  private final long wanted;
  private final long nanos;
  private long warmUpEnd = Long.MAX_VALUE;
  private long warmUpTransactions;
  private long begin;
  private long end;
  private boolean isMeasuring;
  private final long interval;
  private long due;

  Meter(TrafficPlan plan) {
    this(plan.transactions(), plan.duration(), plan.intendedRate());
  }

  /**
   * @param transactions 0 for a run by time
   * @param intendedRate per second; 0 for one round trip after the other
   */
  Meter(long transactions, Duration duration, int intendedRate) {
    isCounted = transactions > 0;
    wanted = transactions;
    nanos = duration.toNanos();
    interval = intendedRate == 0 ? 0 : 1_000_000_000L / intendedRate;
  }

  /** Call before the first round trip. */
  void start(long now) {
    warmUpEnd = now + WARM_UP_NANOS;
    due = now;
  }

  /**
   * When the next round trip starts: now, or, at an intended rate, when it was to start. Waits for
   * that. One that is late because the last one was counts from when it was to start, so that a
   * pause is in the times of all that it delayed.
   */
  long next(long now) {
    if (interval == 0) {
      return now;
    }
    if (!isMeasuring && isWarm(System.nanoTime())) {
      isMeasuring = true;
      begin = System.nanoTime();
      due = begin; // what was held up in the warm-up is not caught up with in what is measured
    }
    due += interval;
    while (due - System.nanoTime() > SLEEP_NANOS) {
      LockSupport.parkNanos(due - System.nanoTime() - SLEEP_NANOS / 2);
      if (Thread.currentThread().isInterrupted()) {
        return due;
      }
    }
    while (due - System.nanoTime() > 0) {
      Thread.onSpinWait();
    }
    return due;
  }

  /** False when the run is over. */
  boolean isOpen(long started) {
    long now = interval == 0 ? started : System.nanoTime();
    if (!isMeasuring) {
      if (interval == 0 && isWarm(now)) {
        isMeasuring = true;
        begin = now;
      }
      return true;
    }
    boolean isOpen = isCounted ? histogram.getTotalCount() < wanted : now - begin < nanos;
    end = now;
    return isOpen;
  }

  private boolean isWarm(long now) {
    return isCounted ? warmUpTransactions >= WARM_UP_TRANSACTIONS : now >= warmUpEnd;
  }

  void record(long roundTripNanos) {
    if (isMeasuring) {
      histogram.recordValue(Math.min(roundTripNanos, LONGEST_NANOS));
    } else {
      warmUpTransactions++;
    }
  }

  Histogram histogram() {
    return histogram;
  }

  double rate() {
    return histogram.getTotalCount() * 1e9 / (end - begin);
  }

  /** All round trips made, the warm-up's included. */
  long transactions() {
    return histogram.getTotalCount() + warmUpTransactions;
  }
}
