package vethbook.linux.libc;

import java.util.Map;

/**
 * The reason a system call failed (man 3 errno).
 *
 * @param number as in {@code asm-generic/errno.h}, which x86-64 and arm64 share
 */
public record Errno(int number) {
  /** No failure. */
  public static final Errno NONE = new Errno(0);

  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EBUSY = new Errno(16);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno ENODEV = new Errno(19);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ERANGE = new Errno(34);
  public static final Errno EXDEV = new Errno(18);
  public static final Errno ENODATA = new Errno(61);
  public static final Errno EHOSTUNREACH = new Errno(113);
  public static final Errno EOVERFLOW = new Errno(75);
  public static final Errno EBADFD = new Errno(77);
  public static final Errno EOPNOTSUPP = new Errno(95);
  public static final Errno EADDRNOTAVAIL = new Errno(99);
  public static final Errno ENETUNREACH = new Errno(101);
  public static final Errno ENOBUFS = new Errno(105);

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "EPERM"),
          Map.entry(2, "ENOENT"),
          Map.entry(3, "ESRCH"),
          Map.entry(4, "EINTR"),
          Map.entry(5, "EIO"),
          Map.entry(6, "ENXIO"),
          Map.entry(7, "E2BIG"),
          Map.entry(9, "EBADF"),
          Map.entry(11, "EAGAIN"),
          Map.entry(12, "ENOMEM"),
          Map.entry(13, "EACCES"),
          Map.entry(14, "EFAULT"),
          Map.entry(16, "EBUSY"),
          Map.entry(17, "EEXIST"),
          Map.entry(18, "EXDEV"),
          Map.entry(19, "ENODEV"),
          Map.entry(20, "ENOTDIR"),
          Map.entry(22, "EINVAL"),
          Map.entry(23, "ENFILE"),
          Map.entry(24, "EMFILE"),
          Map.entry(28, "ENOSPC"),
          Map.entry(30, "EROFS"),
          Map.entry(33, "EDOM"),
          Map.entry(34, "ERANGE"),
          Map.entry(38, "ENOSYS"),
          Map.entry(40, "ELOOP"),
          Map.entry(61, "ENODATA"),
          Map.entry(71, "EPROTO"),
          Map.entry(75, "EOVERFLOW"),
          Map.entry(77, "EBADFD"),
          Map.entry(90, "EMSGSIZE"),
          Map.entry(92, "ENOPROTOOPT"),
          Map.entry(93, "EPROTONOSUPPORT"),
          Map.entry(95, "EOPNOTSUPP"),
          Map.entry(97, "EAFNOSUPPORT"),
          Map.entry(98, "EADDRINUSE"),
          Map.entry(99, "EADDRNOTAVAIL"),
          Map.entry(100, "ENETDOWN"),
          Map.entry(101, "ENETUNREACH"),
          Map.entry(105, "ENOBUFS"),
          Map.entry(110, "ETIMEDOUT"),
          Map.entry(111, "ECONNREFUSED"),
          Map.entry(113, "EHOSTUNREACH"),
          Map.entry(114, "EALREADY"),
          Map.entry(115, "EINPROGRESS"));

  /**
   * What Java's file classes say about a failed call, with the name of its errno: {@code /proc/x
   * (Invalid argument)} and {@code Invalid argument} become {@code EINVAL (Invalid argument)}.
   */
  public static String in(java.io.IOException failure) {
    String message = String.valueOf(failure.getMessage());
    int open = message.lastIndexOf('(');
    String text =
        open >= 0 && message.endsWith(")")
            ? message.substring(open + 1, message.length() - 1)
            : message;
    return NAMES.keySet().stream()
        .map(Errno::new)
        .filter(errno -> LibC.Loaded.LIBC.strerror(errno.number()).equals(text))
        .findFirst()
        .map(Errno::toString)
        .orElse(text);
  }

  /** {@code EINVAL}, or {@code errno 200} for one that this table lacks. */
  public String name() {
    return NAMES.getOrDefault(number, "errno " + number);
  }

  /** {@code EINVAL (Invalid argument)}. */
  @Override
  public String toString() {
    return name() + " (" + LibC.Loaded.LIBC.strerror(number) + ")";
  }
}
