package vethbook.linux.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import vethbook.linux.ExperimentException;
import vethbook.linux.bpf.IngressFilters;
import vethbook.linux.libc.Call;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.process.RunningProcess;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Links;
import vethbook.linux.rtnetlink.Neighbours;
import vethbook.linux.rtnetlink.Routes;
import vethbook.linux.rtnetlink.Rules;
import vethbook.linux.rtnetlink.SavedRoutes;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.tc.Qdiscs;

/**
 * A network namespace held by a file descriptor, without a name on the machine: when this process
 * ends, however it ends, Linux removes the namespace and every device in it (man 7
 * network_namespaces).
 *
 * <p>A namespace belongs to a thread. Work inside is done on threads made for it that end when it
 * is done; no thread ever comes back out, because without root it may not (setns to the host's
 * namespace is EPERM in a user namespace).
 */
public final class NetnsHandle implements AutoCloseable {
  private static final int NONE = -1;

  /** The index of lo, in every namespace. */
  private static final int LOOPBACK = 1;

  /** Read once, in the host's namespace: new ones do not show what they inherit by. */
  private static final Map<String, String> PREPARATION = preparation();

  private final String name;
  private final int fd;
  private final boolean isHost;
  private final NetlinkSocket socket;
  private final Set<RunningProcess> processes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sysfs = new AtomicInteger(NONE);
  private final AtomicInteger nextIndex = new AtomicInteger(LOOPBACK + 1);
  private volatile boolean isNumbering;
  private volatile boolean hasRun;
  private volatile Runnable beforeTraffic = () -> {};
  private boolean closed;

  private NetnsHandle(String name, boolean isHost) {
    this.name = name;
    this.isHost = isHost;
    this.fd = Call.open("/proc/thread-self/ns/net");
    this.socket = NetlinkSocket.open(NetlinkSocket.ROUTE);
  }

  /**
   * Makes a new namespace with lo up, and without IPv6 duplicate address detection and router
   * solicitations, which would delay addresses by seconds and add packets to every count.
   *
   * @throws vethbook.linux.libc.SystemCallException EPERM without CAP_SYS_ADMIN
   */
  public static NetnsHandle create(String name) {
    RunningProcess.prepare();
    if (WayBack.isOpen()) {
      return WayBack.after(() -> created(name));
    }
    FutureTask<NetnsHandle> task = new FutureTask<>(() -> created(name));
    daemon("netns " + name, task).start();
    return result(task, "making netns " + name);
  }

  private static NetnsHandle created(String name) {
    Call.unshareNetwork();
    NetnsHandle handle = new NetnsHandle(name, false);
    handle.prepare();
    handle.isNumbering = true;
    return handle;
  }

  /**
   * Opens a namespace that somebody else has made; nothing in it is changed.
   *
   * @param path {@code /proc/PID/ns/net}, or a file that such a namespace is mounted on
   * @throws vethbook.linux.libc.SystemCallException ENOENT when there is no such process or file,
   *     EACCES when it belongs to another user, EPERM when its user namespace is not ours, EINVAL
   *     when the file is no network namespace
   */
  public static NetnsHandle open(Path path, String name) {
    RunningProcess.prepare();
    FutureTask<NetnsHandle> task =
        new FutureTask<>(
            () -> {
              int fd = Call.open(path.toString());
              try {
                Call.enterNetwork(fd, name);
              } finally {
                Call.close(fd);
              }
              return new NetnsHandle(name, false);
            });
    daemon("netns " + name, task).start();
    return result(task, "opening netns " + name);
  }

  /** The namespace that this process itself is in. */
  public static NetnsHandle host() {
    RunningProcess.prepare();
    return new NetnsHandle("host", true);
  }

  private void prepare() {
    links().setUp(LOOPBACK, true);
    PREPARATION.forEach((key, value) -> Sysctl.writeHereIfPresent(key.replace('.', '/'), value));
  }

  /**
   * What makes addresses of IPv6 usable at once. For the detection of duplicates the higher of
   * {@code all} and the device's own value counts, and {@code all} is 0 unless new namespaces
   * inherit what the host has ({@code net.core.devconf_inherit_init_net}).
   */
  private static Map<String, String> preparation() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("net.ipv6.conf.default.accept_dad", "0");
    values.put("net.ipv6.conf.default.router_solicitations", "0");
    if (!Sysctl.here("net.core.devconf_inherit_init_net").orElse("0").equals("0")) {
      values.put("net.ipv6.conf.all.accept_dad", "0");
    }
    return values;
  }

  /** The commands that make such a namespace. */
  public static List<String> commands(String name) {
    List<String> commands = new ArrayList<>();
    commands.add("ip netns add " + name);
    commands.add("ip -n " + name + " link set dev lo up");
    PREPARATION.forEach(
        (key, value) ->
            commands.add("ip netns exec %s sysctl -q -e -w %s=%s".formatted(name, key, value)));
    return commands;
  }

  public String name() {
    return name;
  }

  /** True for the namespace that this process itself is in. */
  public boolean isHost() {
    return isHost;
  }

  public int fd() {
    return fd;
  }

  /** A path that other processes can enter it by, while this process lives. */
  public String path() {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
  }

  /** {@link #inode} of the namespace that this process itself is in. */
  public static long hostInode() {
    return NetnsEntry.inode(Path.of("/proc/self/ns/net"));
  }

  /** Its number in {@code /proc/PID/ns/net}; used again for another once this one is gone. */
  public long inode() {
    return NetnsEntry.inode(Path.of("/proc/self/fd/" + fd));
  }

  /** A number that no other namespace gets until the machine restarts. */
  public long cookie() {
    return socket.netnsCookie();
  }

  public Links links() {
    return new Links(socket);
  }

  public Addresses addresses() {
    return new Addresses(socket);
  }

  public Routes routes() {
    return new Routes(socket);
  }

  public Rules rules() {
    return new Rules(socket);
  }

  public Neighbours neighbours() {
    return new Neighbours(socket);
  }

  public IngressFilters ingressFilters() {
    return new IngressFilters(socket);
  }

  /** Its routes as they can be put back. */
  public SavedRoutes savedRoutes() {
    return new SavedRoutes(socket);
  }

  public Qdiscs qdiscs() {
    return new Qdiscs(socket);
  }

  /**
   * Runs a task on a new thread inside the namespace and waits for it.
   *
   * @return the task's result; its exceptions pass through, checked ones wrapped
   */
  public <T> T call(Callable<T> task) {
    FutureTask<T> future =
        new FutureTask<>(
            () -> {
              enter();
              return task.call();
            });
    daemon("in netns " + name, future).start();
    return result(future, "working in netns " + name);
  }

  /** What has to be done before a program in here may send packets. */
  public void beforeTraffic(Runnable task) {
    beforeTraffic = task;
  }

  /** Says that something in here may send packets from now on. */
  public void expectTraffic() {
    beforeTraffic.run();
  }

  /**
   * Starts a thread inside the namespace that lives as long as its task, and that may send packets.
   */
  public Thread start(String threadName, Runnable task) {
    expectTraffic();
    FutureTask<Boolean> entered =
        new FutureTask<>(
            () -> {
              enter();
              return true;
            });
    Thread thread =
        daemon(
            threadName,
            () -> {
              entered.run();
              if (!Thread.currentThread().isInterrupted() && succeeded(entered)) {
                task.run();
              }
            });
    thread.start();
    result(entered, "entering netns " + name);
    return thread;
  }

  private static boolean succeeded(FutureTask<Boolean> entered) {
    try {
      return entered.get();
    } catch (ExecutionException | InterruptedException e) {
      return false; // the thread that called start() gets the exception
    }
  }

  private void enter() {
    if (closed) {
      throw new ExperimentException("Cannot work in netns " + name + ": it is closed");
    }
    if (!isHost) {
      Call.enterNetwork(fd, name);
    }
  }

  /** Where this namespace's own {@code /sys} is reachable from any thread of this process. */
  public String sysfs() {
    if (isHost) {
      return "/sys";
    }
    synchronized (sysfs) {
      if (sysfs.get() == NONE) {
        sysfs.set(call(Call::detachedSysfs));
      }
      return "/proc/self/fd/" + sysfs.get();
    }
  }

  /** Ends the process, if it still runs, when the namespace is closed. */
  public void adopt(RunningProcess process) {
    hasRun = true;
    processes.removeIf(ended -> !ended.isAlive());
    processes.add(process);
  }

  /**
   * An index that a new device may be given, so that nobody needs to ask which one it got; 0 where
   * Linux has to choose.
   */
  public int nextIndex() {
    return isNumbering ? nextIndex.getAndIncrement() : 0;
  }

  /** Notes an index that Linux has chosen: the next ones follow it. */
  public void sawIndex(int index) {
    nextIndex.accumulateAndGet(index + 1, Math::max);
  }

  /** Lets Linux choose the indexes while a task runs: one was taken. */
  public void withoutNumbering(Runnable task) {
    boolean before = isNumbering;
    isNumbering = false;
    try {
      task.run();
    } finally {
      isNumbering = before;
    }
  }

  /** True when a program has been started in it. */
  public boolean hasRun() {
    return hasRun;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Lets the error tell who asked: the cell, whose thread is another one. */
  private static void addCaller(Throwable error) {
    List<StackTraceElement> frames = new ArrayList<>(List.of(error.getStackTrace()));
    frames.addAll(List.of(Thread.currentThread().getStackTrace()));
    error.setStackTrace(frames.toArray(StackTraceElement[]::new));
  }

  private static <T> T result(FutureTask<T> task, String doing) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted while " + doing);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      addCaller(cause);
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof IOException io) {
        throw new UncheckedIOException(io);
      }
      throw new IllegalStateException(cause);
    }
  }

  /**
   * Ends the processes started inside and lets go of the namespace; Linux removes it soon after.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    processes.forEach(RunningProcess::close);
    socket.close();
    if (sysfs.get() != NONE) {
      Call.close(sysfs.get());
    }
    Call.close(fd);
  }

  /** {@code netns client}. */
  @Override
  public String toString() {
    return "netns " + name;
  }
}
