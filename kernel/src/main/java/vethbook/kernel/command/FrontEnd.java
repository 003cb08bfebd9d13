package vethbook.kernel.command;

/**
 * The process that started this kernel: Jupyter's server, a console, nbconvert. A kernel whose
 * front end was killed would keep its network for ever, and nobody could reach it.
 */
final class FrontEnd {
  /** What Jupyter's clients tell a kernel that is to end with them. */
  private static final String PARENT = "JPY_PARENT_PID";

  private FrontEnd() {}

  /** Runs a task when the front end is gone; never where none has named itself. */
  static void onExit(Runnable task) {
    String pid = System.getenv(PARENT);
    if (pid == null || !pid.matches("[1-9][0-9]{0,9}")) {
      return;
    }
    // it may live in another pid namespace, where its number means nothing here
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(frontEnd -> watch(frontEnd, task));
  }

  private static void watch(ProcessHandle frontEnd, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              frontEnd.onExit().join();
              task.run();
            },
            "front end's end");
    thread.setDaemon(true);
    thread.start();
  }
}
