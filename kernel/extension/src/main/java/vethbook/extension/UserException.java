package vethbook.extension;

import org.jspecify.annotations.Nullable;

/**
 * An error whose text is written for the person who typed the cell: shown without a stack trace.
 *
 * <p>The kernel adds the place, because only it knows which cell a line belongs to.
 */
public abstract class UserException extends RuntimeException {
  protected UserException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The whole text, several lines without a final newline.
   *
   * @param place where in the user's text, such as {@code cell 3, line 7}; empty when not known
   */
  public abstract String describe(String place);
}
