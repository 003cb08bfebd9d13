package vethbook.kernel.protocol;

/** Bytes came in that are no message, or one that the sender cannot have signed. */
public final class MalformedMessageException extends Exception {
  MalformedMessageException(String message) {
    super(message);
  }

  MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
