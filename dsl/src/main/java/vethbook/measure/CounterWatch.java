package vethbook.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches counters of several places while something goes on: as they were before, now and then
 * meanwhile if wanted, and after.
 */
public final class CounterWatch implements AutoCloseable {
  /**
   * All counters at one moment.
   *
   * @param at since the watch began
   * @param values by place, then by name
   */
  public record Moment(Duration at, Map<String, Map<String, Long>> values) {}

  private final Map<String, Counters> places;
  private final Map<String, Counters> quick;
  private final List<Moment> moments = new ArrayList<>();
  private final long begin;
  private final Moment before;
  private volatile boolean isOver;
  private Thread sampler = new Thread();

  /**
   * Reads all once.
   *
   * @param places what is read before and after, by name
   * @param quick what is read meanwhile, of the same names; closed with this
   */
  public CounterWatch(Map<String, Counters> places, Map<String, Counters> quick) {
    this.places = new LinkedHashMap<>(places);
    this.quick = new LinkedHashMap<>(quick);
    this.begin = System.nanoTime();
    this.before = read(this.places);
  }

  /** Reads the quick ones at intervals from now on. */
  public void sample(Duration interval) {
    moments.add(read(quick));
    sampler = new Thread(() -> sampleUntilOver(interval.toNanos()), "counters");
    sampler.setDaemon(true);
    sampler.start();
  }

  private void sampleUntilOver(long nanos) {
    long next = System.nanoTime() + nanos;
    while (!isOver) {
      try {
        Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        return; // over
      }
      moments.add(read(quick));
      // what was missed on a busy machine is not made up for: each row says its time
      next = Math.max(next + nanos, System.nanoTime());
    }
  }

  private Moment read(Map<String, Counters> from) {
    Map<String, Map<String, Long>> values = new LinkedHashMap<>();
    Duration at = Duration.ofNanos(System.nanoTime() - begin);
    from.forEach((place, counters) -> values.put(place, counters.read()));
    return new Moment(at, values);
  }

  /** Ends the series. */
  public CounterGrowth end() {
    Moment after = read(places);
    isOver = true;
    sampler.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    try {
      sampler.join();
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    return new CounterGrowth(before, after, moments);
  }

  @Override
  public void close() {
    isOver = true;
    sampler.interrupt();
    places.values().forEach(Counters::close);
    quick.values().forEach(Counters::close);
  }
}
