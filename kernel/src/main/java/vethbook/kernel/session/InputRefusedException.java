package vethbook.kernel.session;

import vethbook.extension.UserException;

/** A cell asked for input where nobody can answer. */
public final class InputRefusedException extends UserException {
  private static final long serialVersionUID = 1;

  InputRefusedException(String prompt) {
    super("Cannot ask for input" + (prompt.isBlank() ? "" : " (\"" + prompt.strip() + "\")"), null);
  }

  @Override
  public String describe(String place) {
    return getMessage()
        + (place.isEmpty() ? "" : " (" + place + ")")
        + ".\n  next:  assign the value instead, or run the cell where a person can answer";
  }
}
