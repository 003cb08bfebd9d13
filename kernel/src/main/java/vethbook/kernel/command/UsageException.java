package vethbook.kernel.command;

/** The command line asks for something that cannot be; ends with exit status 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
