package vethbook.linux.libc;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/** A system call failed. */
public final class SystemCallException extends ExperimentException {
  private final String call;
  private final Errno errno;

  /**
   * @param operation what the call was for, beginning with {@code Cannot}
   * @param call the call itself, such as {@code unshare(CLONE_NEWNET)}
   */
  public SystemCallException(String operation, String call, Errno errno) {
    this(operation, call, errno, advice(errno), null);
  }

  /**
   * @param next what to do now; null when that would be a guess
   */
  public SystemCallException(String operation, String call, Errno errno, @Nullable String next) {
    this(operation, call, errno, next, null);
  }

  private SystemCallException(
      String operation,
      String call,
      Errno errno,
      @Nullable String next,
      @Nullable SystemCallException cause) {
    super(operation, "linux", errno + "   [" + call + "]", next, cause);
    this.call = call;
    this.errno = errno;
  }

  /** The same refusal in the words of the one who asked. */
  public SystemCallException during(String operation, @Nullable String next) {
    return new SystemCallException(operation, call, errno, next, this);
  }

  public Errno errno() {
    return errno;
  }

  private static @Nullable String advice(Errno errno) {
    return errno.equals(Errno.EPERM)
        ? "this needs CAP_SYS_ADMIN: run as root, or through 'vethbook', which enters a user"
            + " namespace; 'vethbook doctor' says what is possible here"
        : null;
  }
}
