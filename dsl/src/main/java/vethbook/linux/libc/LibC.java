package vethbook.linux.libc;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.SaveError;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library that are bound. Each sets errno on failure; {@link Call} reads it.
 * Public only because jnr-ffi has to implement it: use {@link Call}.
 *
 * <p>{@code syscall} has seven parameters though no call here needs more than six: with exactly six
 * integers jnr-ffi 2.3.4 on x86-64 hands the callee garbage as the sixth (its stub compiler reads
 * the wrong stack slot); seven take another path, which is right. A test holds this down.
 */
public interface LibC {
  @SaveError
  int open(String path, int flags);

  @SaveError
  int close(int fd);

  @SaveError
  int unshare(int flags);

  @SaveError
  int setns(int fd, int type);

  @SaveError
  int socket(int domain, int type, int protocol);

  @SaveError
  int bind(int fd, ByteBuffer address, int length);

  @SaveError
  int setsockopt(int fd, int level, int name, ByteBuffer value, int length);

  @SaveError
  int getsockopt(int fd, int level, int name, ByteBuffer value, ByteBuffer length);

  @SaveError
  long send(int fd, ByteBuffer data, long length, int flags);

  @SaveError
  long recv(int fd, ByteBuffer data, long length, int flags);

  @SaveError
  int flock(int fd, int operation);

  @SaveError
  int ioctl(int fd, long request, ByteBuffer argument);

  @SaveError
  long read(int fd, long address, long length);

  @SaveError
  long write(int fd, long address, long length);

  @SaveError
  int poll(long descriptors, long count, int milliseconds);

  @SaveError
  int eventfd(int initial, int flags);

  @SaveError
  int sched_setaffinity(int pid, long size, ByteBuffer mask);

  @SaveError
  int sched_getaffinity(int pid, long size, ByteBuffer mask);

  @SaveError
  int execvp(String file, String[] argv);

  @SaveError
  int geteuid();

  int kill(int pid, int signal);

  @SaveError
  int umount2(String target, int flags);

  @SaveError
  int mount(String source, String target, String type, long flags, @Nullable String data);

  @SaveError
  long syscall(long number, long a, long b, long c, long d, long e, long f);

  String strerror(int errno);

  /** The library, loaded once for the process. */
  final class Loaded {
    static final LibC LIBC =
        LibraryLoader.create(LibC.class).option(LibraryOption.LoadNow, true).load("c");
    static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private Loaded() {}
  }
}
