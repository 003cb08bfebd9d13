package vethbook.linux.libc;

import static vethbook.linux.libc.LibC.Loaded.LIBC;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reading, writing and waiting on file descriptors that Java has no class for: it would reopen a
 * device's file, and that is another device.
 */
public final class Descriptor {
  private static final int O_RDWR = 02;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final short POLLIN = 1;
  private static final short NOTHING = 0;
  private static final int POLLFD_BYTES = 8; // struct pollfd: int fd, short events, short revents

  private Descriptor() {}

  /** Opens for reading and writing, neither of which then waits; closed in child processes. */
  public static int open(String path, String operation, String next) {
    int fd = LIBC.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
      throw new SystemCallException(operation, "open " + path, Call.lastError(), next);
    }
    return fd;
  }

  /** A counter that wakes those who poll it (man 2 eventfd). */
  public static int event() {
    int fd = LIBC.eventfd(0, O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
      throw new SystemCallException("Cannot make an event", "eventfd", Call.lastError());
    }
    return fd;
  }

  /** Makes an event readable. */
  public static void putEvent(int fd) {
    exchange(fd, true);
  }

  /** True when an event was readable; it no longer is. */
  public static boolean takeEvent(int fd) {
    return exchange(fd, false) > 0;
  }

  private static long exchange(int fd, boolean isWrite) {
    ByteBuffer count = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).putLong(0, 1);
    try {
      return isWrite ? write(fd, address(count), 8) : read(fd, address(count), 8);
    } finally {
      java.lang.ref.Reference.reachabilityFence(count);
    }
  }

  /** Asks the driver behind a descriptor; the buffer is direct. */
  public static Errno ioctl(int fd, long request, ByteBuffer argument) {
    return LIBC.ioctl(fd, request, argument) < 0 ? Call.lastError() : Errno.NONE;
  }

  /** Where a direct buffer begins in memory. */
  public static long address(ByteBuffer direct) {
    return jnr.ffi.Pointer.wrap(LibC.Loaded.RUNTIME, direct).address();
  }

  /**
   * Reads into memory.
   *
   * @return bytes read, or the negative number of the errno
   */
  public static long read(int fd, long address, long length) {
    long result = LIBC.read(fd, address, length);
    return result < 0 ? -Call.lastError().number() : result;
  }

  /**
   * Writes from memory.
   *
   * @return bytes written, or the negative number of the errno
   */
  public static long write(int fd, long address, long length) {
    long result = LIBC.write(fd, address, length);
    return result < 0 ? -Call.lastError().number() : result;
  }

  /**
   * Waits until one of two descriptors has something to read or is broken; a signal ends it too.
   *
   * @param polled a direct buffer of 16 bytes in native order, for the call's own use
   * @return whether it is the second that is readable
   */
  public static boolean awaitReadable(int first, int second, ByteBuffer polled) {
    polled.putInt(0, first).putShort(4, POLLIN).putShort(6, NOTHING);
    polled.putInt(POLLFD_BYTES, second);
    polled.putShort(POLLFD_BYTES + 4, POLLIN).putShort(POLLFD_BYTES + 6, NOTHING);
    if (LIBC.poll(address(polled), 2, -1) < 0 && !Call.lastError().equals(Errno.EINTR)) {
      throw new SystemCallException("Cannot wait for packets", "poll", Call.lastError());
    }
    return (polled.getShort(POLLFD_BYTES + 6) & POLLIN) != 0;
  }
}
