package vethbook.linux.libc;

import static vethbook.linux.libc.LibC.Loaded.LIBC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import vethbook.linux.ExperimentException;

/** System calls that say what failed. Flag values are those of the uapi headers. */
public final class Call {
  public static final int CLONE_NEWNET = 0x40000000;
  private static final int O_CLOEXEC = 02000000;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int SOL_NETLINK = 270;
  private static final int SOL_SOCKET = 1;
  private static final int SO_NETNS_COOKIE = 71;
  // linux/mount.h; the numbers are the same on every architecture
  private static final long SYS_FSOPEN = 430;
  private static final long SYS_FSCONFIG = 431;
  private static final long SYS_FSMOUNT = 432;
  private static final int FSCONFIG_CMD_CREATE = 6;
  private static final long MS_BIND = 4096;
  private static final int MNT_DETACH = 2;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int AFFINITY_BYTES = 128;

  /** The int 1; only read. */
  private static final ByteBuffer ONE =
      ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).putInt(0, 1);

  private Call() {}

  /** Opens for reading; closed in child processes. */
  public static int open(String path) {
    return check(LIBC.open(path, O_CLOEXEC), "Cannot open " + path, "open");
  }

  public static void close(int fd) {
    check(LIBC.close(fd), "Cannot close file descriptor " + fd, "close");
  }

  /** Puts the calling thread, and no other, into a new network namespace. */
  public static void unshareNetwork() {
    check(LIBC.unshare(CLONE_NEWNET), "Cannot make a network namespace", "unshare(CLONE_NEWNET)");
  }

  /** Puts the calling thread, and no other, into the namespace. */
  public static void enterNetwork(int namespaceFd, String name) {
    check(
        LIBC.setns(namespaceFd, CLONE_NEWNET), "Cannot enter netns " + name, "setns(CLONE_NEWNET)");
  }

  /** False when somebody else has it locked and it should not wait. */
  static boolean lock(int fd, Path file, boolean wait) {
    while (LIBC.flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) < 0) {
      Errno errno = lastError();
      if (!wait && errno.equals(Errno.EAGAIN)) {
        return false;
      }
      if (!errno.equals(Errno.EINTR)) {
        throw new SystemCallException("Cannot lock " + file, "flock", errno);
      }
    }
    return true;
  }

  /** A netlink socket in the calling thread's namespace. */
  public static int netlinkSocket(int protocol) {
    return check(
        LIBC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol),
        "Cannot open a netlink socket",
        "socket(AF_NETLINK)");
  }

  /** Switches an option on at level SOL_NETLINK (man 7 netlink). */
  public static void setNetlinkOption(int fd, int option) {
    check(
        LIBC.setsockopt(fd, SOL_NETLINK, option, ONE, 4),
        "Cannot set netlink option " + option,
        "setsockopt(SOL_NETLINK)");
  }

  /**
   * The number that Linux gives each network namespace once and never again until the machine
   * restarts (SO_NETNS_COOKIE, {@code asm-generic/socket.h}; since Linux 5.14).
   *
   * @param fd a socket in that namespace
   */
  public static long netnsCookie(int fd) {
    ByteBuffer value = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    ByteBuffer length = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
    length.putInt(0, 8);
    check(
        LIBC.getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, value, length),
        "Cannot tell a network namespace from others",
        "getsockopt(SO_NETNS_COOKIE)");
    return value.getLong(0);
  }

  /** Sends the bytes between position and limit as one datagram. */
  public static void send(int fd, ByteBuffer data) {
    check(LIBC.send(fd, data, data.remaining(), 0), "Cannot send a netlink message", "send");
  }

  /** Receives one datagram into the buffer, which is flipped; it must be direct. */
  public static void receive(int fd, ByteBuffer into) {
    into.clear();
    while (true) {
      long length = LIBC.recv(fd, into, into.capacity(), 0);
      if (length >= 0) {
        into.limit((int) length);
        return;
      }
      Errno errno = lastError();
      if (!errno.equals(Errno.EINTR)) {
        throw new SystemCallException("Cannot receive a netlink message", "recv", errno);
      }
    }
  }

  /**
   * A sysfs of the calling thread's namespace that is mounted nowhere: reach it through {@code
   * /proc/self/fd/N/class/net}, from any thread. Needs Linux 5.2 (fsopen, fsmount).
   */
  public static int detachedSysfs() {
    String operation = "Cannot mount the sysfs of a network namespace";
    ByteBuffer type = ByteBuffer.allocateDirect(8);
    type.put("sysfs\0".getBytes(StandardCharsets.US_ASCII)).flip();
    long name = jnr.ffi.Pointer.wrap(LibC.Loaded.RUNTIME, type).address();
    int context = check(syscall(SYS_FSOPEN, name, 1, 0, 0, 0), operation, "fsopen");
    try {
      check(syscall(SYS_FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0), operation, "fsconfig");
      return check(syscall(SYS_FSMOUNT, context, 1, 0, 0, 0), operation, "fsmount");
    } finally {
      close(context);
      java.lang.ref.Reference.reachabilityFence(type);
    }
  }

  /** An anonymous file in memory, readable by others as {@code /proc/PID/fd/N}. */
  public static int memoryFile(String name) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(name.length() + 1);
    bytes.put((name + "\0").getBytes(StandardCharsets.US_ASCII)).flip();
    long address = jnr.ffi.Pointer.wrap(LibC.Loaded.RUNTIME, bytes).address();
    long number = System.getProperty("os.arch").equals("aarch64") ? 279 : 319;
    try {
      return check(
          syscall(number, address, 1, 0, 0, 0), "Cannot make a memory file", "memfd_create");
    } finally {
      java.lang.ref.Reference.reachabilityFence(bytes);
    }
  }

  /**
   * The bpf system call (man 2 bpf).
   *
   * @param attribute union bpf_attr, direct, from its position to its limit
   * @return a file descriptor or 0, as the command has it
   */
  public static int bpf(int command, ByteBuffer attribute) {
    long number = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    try {
      return check(
          syscall(number, command, address(attribute), attribute.remaining(), 0, 0),
          "Cannot do BPF command " + command,
          "bpf");
    } finally {
      java.lang.ref.Reference.reachabilityFence(attribute);
    }
  }

  /** Where a direct buffer's next byte is in memory; the buffer must outlive the use of this. */
  public static long address(ByteBuffer direct) {
    return jnr.ffi.Pointer.wrap(LibC.Loaded.RUNTIME, direct).address();
  }

  /** Gives a file, such as a namespace, a name: makes an empty file there and mounts it over. */
  public static void bindMount(String source, String target) {
    String operation = "Cannot mount " + source + " on " + target;
    try {
      Files.createDirectories(Path.of(target).toAbsolutePath().getParent());
      Files.createFile(Path.of(target));
    } catch (IOException e) {
      throw new ExperimentException(operation, "linux", String.valueOf(e.getMessage()), null, e);
    }
    int result = LIBC.mount(source, target, "none", MS_BIND, null);
    if (result < 0) {
      Errno errno = lastError();
      delete(target);
      throw new SystemCallException(operation, "mount(MS_BIND)", errno);
    }
  }

  /** Takes back {@link #bindMount}; nothing happens when it is gone already. */
  public static void unmountAndDelete(String target) {
    if (LIBC.umount2(target, MNT_DETACH) < 0) {
      Errno errno = lastError();
      if (!errno.equals(Errno.EINVAL) && !errno.equals(Errno.ENOENT)) {
        throw new SystemCallException("Cannot unmount " + target, "umount2", errno);
      }
    }
    delete(target);
  }

  private static void delete(String file) {
    try {
      Files.deleteIfExists(Path.of(file));
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot delete " + file, "linux", String.valueOf(e.getMessage()), null, e);
    }
  }

  /** The CPUs that the calling thread may run on. */
  public static Set<Integer> affinity() {
    ByteBuffer mask = ByteBuffer.allocateDirect(AFFINITY_BYTES);
    check(
        LIBC.sched_getaffinity(0, AFFINITY_BYTES, mask),
        "Cannot read the CPUs of a thread",
        "sched_getaffinity");
    Set<Integer> cpus = new TreeSet<>();
    for (int cpu = 0; cpu < AFFINITY_BYTES * 8; cpu++) {
      if ((mask.get(cpu / 8) & 1 << cpu % 8) != 0) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }

  /** Lets the calling thread, and those it starts, run on these CPUs only. */
  public static void pin(Set<Integer> cpus) {
    ByteBuffer mask = ByteBuffer.allocateDirect(AFFINITY_BYTES);
    for (int cpu : cpus) {
      mask.put(cpu / 8, (byte) (mask.get(cpu / 8) | 1 << cpu % 8));
    }
    check(
        LIBC.sched_setaffinity(0, AFFINITY_BYTES, mask),
        "Cannot pin a thread to cpus " + cpus,
        "sched_setaffinity");
  }

  /**
   * Sends a signal to a process (man 2 kill).
   *
   * @param signal its number, such as 2 for SIGINT
   */
  public static void kill(long pid, int signal) {
    check(LIBC.kill(Math.toIntExact(pid), signal), "Cannot signal process " + pid, "kill");
  }

  public static int effectiveUser() {
    return LIBC.geteuid();
  }

  /** Replaces this process by another program; returns only by throwing. */
  public static void exec(String... argv) {
    String[] terminated = java.util.Arrays.copyOf(argv, argv.length + 1);
    LIBC.execvp(argv[0], terminated);
    throw new SystemCallException("Cannot run " + argv[0], "execvp", lastError());
  }

  /**
   * Any system call with up to five arguments. Made through seven parameters: see {@link LibC}.
   *
   * @return what Linux returned; -1 leaves errno in {@link #lastError}
   */
  static long syscall(long number, long a, long b, long c, long d, long e) {
    return LIBC.syscall(number, a, b, c, d, e, 0);
  }

  static Errno lastError() {
    return new Errno(LibC.Loaded.RUNTIME.getLastError());
  }

  private static int check(long result, String operation, String call) {
    if (result < 0) {
      throw new SystemCallException(operation, call, lastError());
    }
    return (int) result;
  }
}
