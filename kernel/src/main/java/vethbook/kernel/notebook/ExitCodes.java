package vethbook.kernel.notebook;

/** How a run ends, for scripts. */
public final class ExitCodes {
  public static final int OK = 0;

  /** A cell failed. */
  public static final int FAILED = 1;

  /** A cell took longer than it may. */
  public static final int TIMED_OUT = 3;

  /** By SIGINT, as shells have it. */
  public static final int INTERRUPTED = 130;

  /** By SIGTERM or SIGHUP. */
  public static final int TERMINATED = 143;

  private ExitCodes() {}
}
