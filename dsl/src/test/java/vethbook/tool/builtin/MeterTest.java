package vethbook.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MeterTest {
  private static final Duration RUN = Duration.ofMillis(200);

  @Test
  void aPauseInTheWarmUpIsNotCaughtUpWithInWhatIsMeasured() throws InterruptedException {
    Meter meter = new Meter(0, RUN, 200);

    run(meter, 1);

    assertThat(meter.rate()).isLessThan(300);
    assertThat(meter.histogram().getMaxValue()).isLessThan(Duration.ofMillis(400).toNanos());
  }

  @Test
  void aPauseInWhatIsMeasuredIsInTheTimesOfAllThatItDelayed() throws InterruptedException {
    Meter meter = new Meter(0, Duration.ofSeconds(1), 200);

    run(meter, 100);

    long late =
        meter
            .histogram()
            .getCountBetweenValues(Duration.ofMillis(100).toNanos(), RUN.toNanos() * 5);
    assertThat(late).isGreaterThan(20);
  }

  /** Round trips that take no time, but for one that takes 400 ms. */
  private static void run(Meter meter, int paused) throws InterruptedException {
    long before = System.nanoTime();
    meter.start(before);
    for (int i = 1; meter.isOpen(before); i++) {
      if (i == paused) {
        Thread.sleep(400);
      }
      long after = System.nanoTime();
      meter.record(after - before);
      before = meter.next(after);
    }
  }
}
