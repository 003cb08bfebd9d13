package vethbook.kernel.parameter;

import org.jspecify.annotations.Nullable;
import vethbook.kernel.error.ProblemException;

/** A parameter cannot be declared so, or cannot take a value. */
public final class ParameterException extends ProblemException {
  private static final long serialVersionUID = 1;

  public ParameterException(String problem, @Nullable String next) {
    super(problem, next, null);
  }
}
