package vethbook.kernel.magic;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/** A magic that cannot do what its line asks for. */
public final class MagicException extends UserException {
  private static final long serialVersionUID = 1;

  private final @Nullable String next;

  /**
   * @param problem what could not be done, without a final full stop
   * @param next what to do; null when that is not known
   */
  public MagicException(String problem, @Nullable String next) {
    this(problem, next, null);
  }

  public MagicException(String problem, @Nullable String next, @Nullable Throwable cause) {
    super(problem, cause);
    this.next = next;
  }

  @Override
  public String describe(String place) {
    String where = place.isEmpty() ? "" : " (" + place + ")";
    return getMessage() + where + "." + (next == null ? "" : "\n  next:  " + next);
  }
}
