package vethbook.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * One level of an experiment's factor.
 *
 * @param name unique within the experiment
 * @param absent why this machine cannot run it; empty when it can. Asked once, before the first
 *     run.
 * @param limit how long one run may take; zero for as long as the experiment allows
 * @param body one run; it may be interrupted
 */
public record Setting(
    String name, Supplier<Optional<String>> absent, Duration limit, Callable<Measurement> body) {
  /** A setting that may take as long as the experiment allows. */
  public Setting(String name, Supplier<Optional<String>> absent, Callable<Measurement> body) {
    this(name, absent, Duration.ZERO, body);
  }

  /** A setting that every machine can run. */
  public Setting(String name, Callable<Measurement> body) {
    this(name, Optional::empty, body);
  }
}
