package vethbook.kernel.magic;

import org.jspecify.annotations.Nullable;
import vethbook.kernel.error.ProblemException;

/** A magic that cannot do what its line asks for. */
public final class MagicException extends ProblemException {
  private static final long serialVersionUID = 1;

  /**
   * @param problem what could not be done, without a final full stop
   * @param next what to do; null when that is not known
   */
  public MagicException(String problem, @Nullable String next) {
    this(problem, next, null);
  }

  public MagicException(String problem, @Nullable String next, @Nullable Throwable cause) {
    super(problem, next, cause);
  }

  /** Where its magic stands, by a frame as code of a cell has it. */
  void at(int cell, int line) {
    StackTraceElement[] frames = getStackTrace();
    StackTraceElement[] more = new StackTraceElement[frames.length + 1];
    more[0] = new StackTraceElement("cell", "magic", "cell_" + cell + ".groovy", line);
    System.arraycopy(frames, 0, more, 1, frames.length);
    setStackTrace(more);
  }
}
