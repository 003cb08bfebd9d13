package vethbook.kernel.language;

import org.jspecify.annotations.Nullable;
import vethbook.kernel.error.ProblemException;

/** A function of the notebook that cannot do what a cell asks for. */
public final class FunctionException extends ProblemException {
  private static final long serialVersionUID = 1;

  /**
   * @param problem what could not be done, without a final full stop
   * @param next what to do
   */
  FunctionException(String problem, String next, @Nullable Throwable cause) {
    super(problem, next, cause);
  }
}
