package vethbook.linux.netns;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.SystemCallException;

/**
 * Whether a thread may leave a new namespace again. Root of the machine may; in a user namespace
 * Linux refuses to let a thread back into the host's (man 2 setns), and each namespace takes a
 * thread of its own, which costs more than the namespace.
 */
final class WayBack {
  private WayBack() {}

  static boolean isOpen() {
    return Known.YES;
  }

  /** A class of its own: the thread that tries must not wait for the one that asks. */
  private static final class Known {
    static final boolean YES = tried();
  }

  /** On a thread that may be lost. */
  private static boolean tried() {
    FutureTask<Boolean> trial =
        new FutureTask<>(
            () -> {
              try {
                return after(
                    () -> {
                      Call.unshareNetwork();
                      return true;
                    });
              } catch (SystemCallException e) {
                return false; // not permitted: said again, with its reason, by what follows
              }
            });
    Thread thread = new Thread(trial, "netns trial");
    thread.setDaemon(true);
    thread.start();
    try {
      return trial.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted while making the first network namespace");
    }
  }

  /**
   * Runs a task that takes the calling thread into another namespace, and returns to where it was.
   * The task must start no thread: it would stay there.
   */
  static <T> T after(Supplier<T> task) {
    int here = Call.open("/proc/thread-self/ns/net");
    try {
      try {
        return task.get();
      } finally {
        Call.enterNetwork(here, "where the thread was");
      }
    } finally {
      Call.close(here);
    }
  }
}
