package vethbook.kernel.error;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/** Something that cannot be done, and what to do instead where that is known. */
public abstract class ProblemException extends UserException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final @Nullable String next;

  /**
   * @param problem what could not be done, without a final full stop
   * @param next what to do; null when that is not known
   */
  protected ProblemException(String problem, @Nullable String next, @Nullable Throwable cause) {
    super(text(problem, next), cause);
    this.problem = problem;
    this.next = next;
  }

  @Override
  public final String describe(String place) {
    return text(place.isEmpty() ? problem : problem + " (" + place + ")", next);
  }

  private static String text(String problem, @Nullable String next) {
    return problem + "." + (next == null ? "" : "\n  next:  " + next);
  }
}
