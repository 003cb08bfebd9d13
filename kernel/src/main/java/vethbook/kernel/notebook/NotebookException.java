package vethbook.kernel.notebook;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/** A notebook cannot be read, written or given a parameter. */
public final class NotebookException extends UserException {
  private final String problem;
  private final @Nullable String next;

  public NotebookException(String problem, @Nullable String next, @Nullable Throwable cause) {
    super(text(problem, next), cause);
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
