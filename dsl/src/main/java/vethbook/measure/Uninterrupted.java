package vethbook.measure;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a step to its end, although the calling thread is or gets interrupted: on a thread of its
 * own.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Runs it; the interrupt status of the calling thread stays.
   *
   * @return why it failed; empty when it did not
   */
  static Optional<Exception> run(RoundStep step, int round) {
    if (step == RoundStep.NONE) {
      return Optional.empty();
    }
    CompletableFuture<Optional<Exception>> end = new CompletableFuture<>();
    Thread worker = new Thread(() -> end.complete(tried(step, round)), "after a round");
    worker.setDaemon(true);
    worker.start();
    return end.join(); // not ended by an interrupt, which it leaves in place
  }

  private static Optional<Exception> tried(RoundStep step, int round) {
    try {
      step.run(round);
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(e);
    } catch (StackOverflowError | AssertionError e) {
      return Optional.of(new IllegalStateException(e));
    }
  }
}
