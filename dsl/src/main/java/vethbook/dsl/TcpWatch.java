package vethbook.dsl;

import groovy.lang.Closure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.sockdiag.TcpFlow;
import vethbook.linux.sockdiag.TcpFlows;

/** What the word {@code tcpInfo} does. */
final class TcpWatch {
  private static final Duration USUAL = Duration.ofMillis(10);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final int port;
  private final long begin = System.nanoTime();

  private TcpWatch(Options options) {
    port = options.count("port", 0, 1);
  }

  static TcpSeries now(Netns netns, Options options) {
    netns.lab().requireNoPlan("read connections");
    TcpWatch watch = new TcpWatch(options);
    try (TcpFlows flows = TcpFlows.of(netns.handle())) {
      return new TcpSeries(List.of(watch.read(flows)), null);
    }
  }

  static TcpSeries during(Netns netns, Options options, Closure<?> block) {
    netns.lab().requireNoPlan("read connections");
    Duration interval = options.time("interval", USUAL);
    if (interval.compareTo(SHORTEST) < 0) {
      throw new PlanException(
          "Cannot read connections every " + interval, "1.milliseconds or more");
    }
    TcpWatch watch = new TcpWatch(options);
    List<TcpSeries.Sample> samples = new ArrayList<>();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try (TcpFlows flows = TcpFlows.of(netns.handle())) {
      Runnable sampling =
          () -> {
            try {
              while (true) {
                samples.add(watch.read(flows));
                Thread.sleep(interval.toMillis());
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt(); // over
            } catch (RuntimeException e) {
              failure.set(e);
            }
          };
      Thread sampler = new Thread(sampling, "tcp connections");
      sampler.setDaemon(true);
      sampler.start();
      Object value;
      try {
        value = block.call();
      } finally {
        end(sampler);
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      return new TcpSeries(samples, value);
    }
  }

  private static void end(Thread sampler) {
    sampler.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    while (sampler.isAlive()) {
      try {
        sampler.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private TcpSeries.Sample read(TcpFlows flows) {
    Duration at = Duration.ofNanos(System.nanoTime() - begin);
    return new TcpSeries.Sample(at, flows.read().stream().filter(this::isWanted).toList());
  }

  private boolean isWanted(TcpFlow flow) {
    String end = ":" + port;
    return port == 0 || flow.local().endsWith(end) || flow.remote().endsWith(end);
  }
}
