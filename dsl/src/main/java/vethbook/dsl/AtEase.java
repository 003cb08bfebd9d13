package vethbook.dsl;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does something for a cell that was interrupted, where no interrupt reaches it. */
final class AtEase {
  private AtEase() {}

  /** What the supplier gives, on a thread of its own; the caller's interrupt status stays. */
  static <T> T get(Supplier<T> supplier) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                result.complete(supplier.get());
              } catch (RuntimeException | StackOverflowError e) {
                result.completeExceptionally(e);
              }
            },
            "after an interrupt");
    worker.setDaemon(true);
    worker.start();
    return result.join();
  }
}
