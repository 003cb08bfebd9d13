package vethbook.measure;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * One level of an experiment's factor.
 *
 * @param name unique within the experiment
 * @param absent why this machine cannot run it; empty when it can. Asked once, before the first
 *     run.
 * @param body one run; it may be interrupted
 */
public record Setting(String name, Supplier<Optional<String>> absent, Callable<Measurement> body) {
  /** A setting that every machine can run. */
  public Setting(String name, Callable<Measurement> body) {
    this(name, Optional::empty, body);
  }
}
