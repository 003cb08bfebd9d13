package vethbook.linux.libc;

import vethbook.linux.ExperimentException;

/** A system call failed. */
public final class SystemCallException extends ExperimentException {
  private final Errno errno;

  /**
   * @param operation what the call was for, beginning with {@code Cannot}
   * @param call the call itself, such as {@code unshare(CLONE_NEWNET)}
   */
  public SystemCallException(String operation, String call, Errno errno) {
    super(operation, "linux", errno + "   [" + call + "]", advice(errno), null);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }

  private static @org.jspecify.annotations.Nullable String advice(Errno errno) {
    return errno.equals(Errno.EPERM)
        ? "this needs CAP_SYS_ADMIN: run as root, or through 'vethbook', which enters a user"
            + " namespace; 'vethbook doctor' says what is possible here"
        : null;
  }
}
