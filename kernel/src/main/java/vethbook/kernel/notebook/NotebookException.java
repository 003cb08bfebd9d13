package vethbook.kernel.notebook;

import org.jspecify.annotations.Nullable;
import vethbook.kernel.error.ProblemException;

/** A notebook cannot be read, written or given a parameter. */
public final class NotebookException extends ProblemException {
  private static final long serialVersionUID = 1;

  public NotebookException(String problem, @Nullable String next, @Nullable Throwable cause) {
    super(problem, next, cause);
  }
}
