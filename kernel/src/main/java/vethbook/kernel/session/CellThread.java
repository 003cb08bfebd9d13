package vethbook.kernel.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thread that runs cells, and the ways to stop one. An interrupt ends loops, which are compiled
 * with a check, and waits. What it cannot end, reading a socket or a library's endless computation,
 * is left behind on its thread, and the next cell gets a new one.
 */
final class CellThread implements AutoCloseable {
  private static final long STACK_BYTES = 16L << 20;
  private static final int BURSTS = 20;
  private static final int INTERRUPTS_IN_A_BURST = 50;
  private static final long BETWEEN_BURSTS_NANOS = 50_000_000;
  private static final long BETWEEN_INTERRUPTS_NANOS = 20_000;

  private static final long TIME_TO_REACT_NANOS = BURSTS * BETWEEN_BURSTS_NANOS;

  /** When a wait that no interrupt ends is given up. */
  private static final int GIVE_UP_WAIT_AT_BURST = 1;

  /** One cell, or something else that was asked of this thread. */
  static final class Task<T> {
    private final Function<Task<T>, T> body;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long began = Children.now();
    private volatile boolean wasInterrupted;
    private volatile long interruptedAt;
    private volatile boolean hasLostPrograms;

    private Task(Function<Task<T>, T> body) {
      this.body = body;
    }

    boolean wasInterrupted() {
      return wasInterrupted;
    }

    /** Whether programs that it waited for were ended: what it has read of them is not all. */
    boolean hasLostPrograms() {
      return hasLostPrograms;
    }

    private void endPrograms() {
      List<ProcessHandle> programs = Children.since(began);
      hasLostPrograms = !programs.isEmpty();
      Children.end(programs);
    }

    /** Whether nobody waits for its result any more. */
    boolean isLeftBehind() {
      return result.isDone();
    }
  }

  /** The thread went on without the task. */
  static final class LeftBehindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeftBehindException(String where) {
      super(where);
    }
  }

  /** One run of a task; another run is another object. */
  private static final class Running {
    private final Task<?> task;
    private final Thread thread;

    Running(Task<?> task, Thread thread) {
      this.task = task;
      this.thread = thread;
    }

    Task<?> task() {
      return task;
    }

    Thread thread() {
      return thread;
    }
  }

  private final Consumer<String> hint;
  private ExecutorService worker = newWorker();
  private volatile @Nullable Running running;

  /**
   * A thread for cells.
   *
   * @param hint tells the person that a cell does not react, and where it is
   */
  CellThread(Consumer<String> hint) {
    this.hint = hint;
  }

  private static ExecutorService newWorker() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(null, task, "cells", STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Runs a task after those before it, and waits for its end.
   *
   * @throws LeftBehindException if it was interrupted and did not end
   * @throws InterruptedException if the caller is interrupted; the task is, too
   * @throws ExecutionException with what the task threw
   */
  <T> T call(Function<Task<T>, T> body) throws InterruptedException, ExecutionException {
    Task<T> task = new Task<>(body);
    synchronized (this) {
      worker.execute(() -> perform(task));
    }
    try {
      return task.result.get();
    } catch (InterruptedException e) {
      interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LeftBehindException left) {
        throw left;
      }
      throw e;
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a cell throws is the cell's error
  private <T> void perform(Task<T> task) {
    Running self = new Running(task, Thread.currentThread());
    running = self;
    T value = null;
    Throwable error = null;
    try {
      value = task.body.apply(task);
    } catch (Throwable e) {
      error = e;
    }
    synchronized (this) {
      if (running == self) {
        running = null;
      }
    }
    Thread.interrupted(); // an interrupt that came at the end is not for the next task
    if (error == null) {
      task.result.complete(value);
    } else {
      task.result.completeExceptionally(error);
    }
  }

  /** Whether a task is running, on this thread. */
  boolean isCurrent() {
    Running now = running;
    return now != null && now.thread() == Thread.currentThread();
  }

  /**
   * Stops the running task; nothing happens when none runs. A second after that, leaves it behind.
   */
  void interrupt() {
    Running target = running;
    if (target == null) {
      return;
    }
    StackTraceElement[] stack = target.thread().getStackTrace();
    if (target.task().wasInterrupted) {
      if (System.nanoTime() - target.task().interruptedAt > TIME_TO_REACT_NANOS) {
        leaveBehind(target, stack);
      }
      return;
    }
    target.task().interruptedAt = System.nanoTime();
    target.task().wasInterrupted = true;
    target.thread().interrupt();
    Thread insist =
        new Thread(
            () -> {
              if (Blocked.isOnProcess(stack)) {
                target.task().endPrograms();
              }
              insist(target);
            },
            "interrupt");
    insist.setDaemon(true);
    insist.start();
  }

  /**
   * Some code swallows an interrupt: {@code for (;;) try { sleep 10 } catch (e) {}}. For a second
   * it is asked again in bursts: the first interrupt ends the wait, another is there when the loop
   * looks.
   */
  private void insist(Running target) {
    for (int i = 0; i < BURSTS; i++) {
      LockSupport.parkNanos(BETWEEN_BURSTS_NANOS);
      if (i == GIVE_UP_WAIT_AT_BURST) {
        StackTraceElement[] stack = target.thread().getStackTrace();
        if (Blocked.isInputOutputOfCell(stack)) {
          leaveBehind(target, stack);
          return;
        }
      }
      for (int j = 0; j < INTERRUPTS_IN_A_BURST; j++) {
        if (running != target) {
          return;
        }
        target.thread().interrupt();
        LockSupport.parkNanos(BETWEEN_INTERRUPTS_NANOS);
      }
    }
    if (running == target) {
      hint.accept(Blocked.place(target.thread().getStackTrace()));
    }
  }

  private void leaveBehind(Running target, StackTraceElement[] stack) {
    synchronized (this) {
      if (running != target) {
        return;
      }
      running = null;
      worker.shutdown();
      worker = newWorker();
    }
    target.thread().setName("left behind");
    target.task().result.completeExceptionally(new LeftBehindException(Blocked.place(stack)));
  }

  /** Stops the running task and waits a moment for it. */
  @Override
  public void close() {
    interrupt();
    ExecutorService last;
    synchronized (this) {
      last = worker;
    }
    last.shutdownNow();
    try {
      last.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
