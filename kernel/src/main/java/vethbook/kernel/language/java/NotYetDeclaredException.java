package vethbook.kernel.language.java;

import java.util.List;
import jdk.jshell.DeclarationSnippet;
import vethbook.extension.UserException;

/** A cell used a declaration that refers to what is not declared yet. */
final class NotYetDeclaredException extends UserException {
  private static final long serialVersionUID = 1;

  private final String name;
  private final String missing;

  NotYetDeclaredException(DeclarationSnippet used, List<String> missing) {
    super(used.name() + " cannot be used yet", null);
    this.name = used.name();
    this.missing = String.join(", ", missing);
  }

  @Override
  public String describe(String place) {
    return "Cannot use %s%s: it refers to %s.\n  next:  declare %s"
        .formatted(name, place.isEmpty() ? "" : " (" + place + ")", missing, missing);
  }
}
