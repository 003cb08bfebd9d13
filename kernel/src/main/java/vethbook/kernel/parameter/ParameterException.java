package vethbook.kernel.parameter;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/** A parameter cannot be declared so, or cannot take a value. */
public final class ParameterException extends UserException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final @Nullable String next;

  public ParameterException(String problem, @Nullable String next) {
    super(text(problem, next), null);
    this.problem = problem;
    this.next = next;
  }

  @Override
  public String describe(String place) {
    return text(place.isEmpty() ? problem : problem + " (" + place + ")", next);
  }

  private static String text(String problem, @Nullable String next) {
    return problem + "." + (next == null ? "" : "\n  next:  " + next);
  }
}
