package vethbook.kernel.language.java;

import vethbook.extension.UserException;

/** What the compiled classes of Java cells call. Public for them alone. */
@SuppressWarnings("DoNotCallSuggester") // calls are put in place of others
public final class CellGuard {
  private CellGuard() {}

  /**
   * Ends the cell when its thread was interrupted; called in each loop and each method.
   *
   * @throws CellStoppedError then; the interrupt stays, so that a cell that swallows this is
   *     stopped at its next loop
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CellStoppedError();
    }
  }

  /** In place of {@code System.exit}. */
  public static void exit(int status) {
    throw new ExitRefusedException("System.exit(" + status + ")");
  }

  /** In place of {@code Runtime.exit}. */
  public static void exit(Runtime runtime, int status) {
    throw new ExitRefusedException("Runtime.exit(" + status + ")");
  }

  /** In place of {@code Runtime.halt}. */
  public static void halt(Runtime runtime, int status) {
    throw new ExitRefusedException("Runtime.halt(" + status + ")");
  }

  /** An error, because cells catch exceptions. */
  static final class CellStoppedError extends Error {
    private static final long serialVersionUID = 1;

    CellStoppedError() {
      super("the cell was interrupted");
    }
  }

  private static final class ExitRefusedException extends UserException {
    private static final long serialVersionUID = 1;

    private final String call;

    ExitRefusedException(String call) {
      super(call + " would end the kernel", null);
      this.call = call;
    }

    @Override
    public String describe(String place) {
      return call
          + " would end the kernel with all its variables"
          + (place.isEmpty() ? "" : " (" + place + ")")
          + ".\n  next:  throw an exception to end a cell early";
    }
  }
}
