package vethbook.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import vethbook.linux.ExperimentException;

/**
 * The one thread that starts child processes, for as long as this process lives.
 *
 * <p>Two reasons. The signal that ends a child with its parent (PR_SET_PDEATHSIG, man 2 prctl) is
 * sent when the starting <em>thread</em> ends. And the JDK starts its "process reaper" thread from
 * there: started from a thread inside a network namespace it would keep that namespace alive for a
 * minute (JDK 17 and 25).
 */
final class Launcher {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "process launcher");
            thread.setDaemon(true);
            return thread;
          });

  private Launcher() {}

  /**
   * Starts the thread now. Must be called first from a thread in the host's network namespace,
   * because threads inherit theirs.
   */
  static void prepare() {
    call(() -> null);
  }

  /**
   * The id of this thread, from a task on it. A file under {@code /proc/ID} is gone before Linux
   * sends the signal that ends the children of a dead parent: who reads one after asking for that
   * signal cannot miss the parent's death.
   */
  static String id() {
    try {
      return Path.of("/proc/thread-self").toRealPath().getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T call(Callable<T> task) {
    try {
      return THREAD.submit(task).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ExperimentException(
          "Cannot start a process", "linux", e.getCause().getMessage(), null, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted while starting a process");
    }
  }
}
