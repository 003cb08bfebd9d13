package vethbook.tun;

/** A daemon thread that can be told to end, and is not waited for if it does not. */
final class ProgramThread {
  private static final long GRACE_MILLIS = 500;

  private final Thread thread;
  private volatile boolean isStopped;

  ProgramThread(String name, Runnable task) {
    thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isStopped() {
    return isStopped;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void askToStop() {
    isStopped = true;
  }

  /** Interrupts it and waits for its end, half a second at most: it may be busy with a block. */
  void end() {
    if (thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
