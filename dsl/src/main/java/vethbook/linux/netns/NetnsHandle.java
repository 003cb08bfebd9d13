package vethbook.linux.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.process.RunningProcess;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Links;
import vethbook.linux.rtnetlink.Routes;
import vethbook.linux.sysctl.Sysctl;

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

  private final String name;
  private final int fd;
  private final boolean isHost;
  private final NetlinkSocket socket;
  private final Set<RunningProcess> processes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sysfs = new AtomicInteger(NONE);
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
    FutureTask<NetnsHandle> task =
        new FutureTask<>(
            () -> {
              Call.unshareNetwork();
              NetnsHandle handle = new NetnsHandle(name, false);
              handle.prepare();
              return handle;
            });
    daemon("netns " + name, task).start();
    return result(task, "making netns " + name);
  }

  /** The namespace that this process itself is in. */
  public static NetnsHandle host() {
    RunningProcess.prepare();
    return new NetnsHandle("host", true);
  }

  private void prepare() {
    Links links = links();
    links.find("lo").ifPresent(lo -> links.setUp(lo.index(), true));
    for (String scope : new String[] {"all", "default"}) {
      Sysctl.writeHereIfPresent("net/ipv6/conf/" + scope + "/accept_dad", "0");
      Sysctl.writeHereIfPresent("net/ipv6/conf/" + scope + "/router_solicitations", "0");
    }
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

  public Links links() {
    return new Links(socket);
  }

  public Addresses addresses() {
    return new Addresses(socket);
  }

  public Routes routes() {
    return new Routes(socket);
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

  /** Starts a thread inside the namespace that lives as long as its task. */
  public Thread start(String threadName, Runnable task) {
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
    processes.removeIf(ended -> !ended.isAlive());
    processes.add(process);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
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
