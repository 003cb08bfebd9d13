package vethbook.linux.libc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file or folder locked against others that lock it too (man 2 flock). Linux lets go of it when
 * this process ends, however it ends; so a lock tells, better than a process id, whether the owner
 * lives: also when ids are used again, in another pid namespace, and after the clock was set.
 */
public final class FileLock implements AutoCloseable {
  private final int fd;

  private FileLock(int fd) {
    this.fd = fd;
  }

  /** Waits until nobody else, in this process or another, holds it. */
  public static FileLock of(Path file) {
    int fd = Call.open(file.toString());
    try {
      Call.lock(fd, file, true);
      return new FileLock(fd);
    } catch (SystemCallException e) {
      Call.close(fd);
      throw e;
    }
  }

  /** The lock if nobody holds it now. */
  public static Optional<FileLock> ifFree(Path file) {
    int fd = Call.open(file.toString());
    boolean locked = false;
    try {
      locked = Call.lock(fd, file, false);
      return locked ? Optional.of(new FileLock(fd)) : Optional.empty();
    } finally {
      if (!locked) {
        Call.close(fd);
      }
    }
  }

  /** Lets go of it. */
  @Override
  public void close() {
    Call.close(fd);
  }
}
