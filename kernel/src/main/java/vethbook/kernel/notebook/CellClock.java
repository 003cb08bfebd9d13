package vethbook.kernel.notebook;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops a cell that takes too long; one that does not react is told again, and left behind. */
final class CellClock implements AutoCloseable {
  private static final long BETWEEN_SECONDS = 5;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cell timeout");
            thread.setDaemon(true);
            return thread;
          });
  private final @Nullable Future<?> interrupts;
  private volatile boolean isOver;

  /**
   * @param limit zero for none
   */
  CellClock(Duration limit, Runnable interrupt) {
    interrupts =
        limit.isZero()
            ? null
            : clock.scheduleWithFixedDelay(
                () -> {
                  isOver = true;
                  interrupt.run();
                },
                limit.toMillis(),
                Math.max(limit.toMillis(), TimeUnit.SECONDS.toMillis(BETWEEN_SECONDS)),
                TimeUnit.MILLISECONDS);
  }

  boolean isOver() {
    return isOver;
  }

  @Override
  public void close() {
    if (interrupts != null) {
      interrupts.cancel(false);
    }
    clock.shutdownNow();
  }
}
