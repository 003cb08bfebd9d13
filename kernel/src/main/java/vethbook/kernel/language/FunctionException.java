package vethbook.kernel.language;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/** A function of the notebook that cannot do what a cell asks for. */
public final class FunctionException extends UserException {
  private static final long serialVersionUID = 1;

  private final String next;

  /**
   * @param problem what could not be done, without a final full stop
   * @param next what to do
   */
  FunctionException(String problem, String next, @Nullable Throwable cause) {
    super(problem, cause);
    this.next = next;
  }

  @Override
  public String describe(String place) {
    return getMessage() + (place.isEmpty() ? "" : " (" + place + ")") + ".\n  next:  " + next;
  }
}
