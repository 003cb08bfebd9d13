package vethbook.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.netns.NetnsHandle;

/**
 * The way to a network namespace that somebody else has made, such as a container's.
 *
 * @param path where Linux shows it
 * @param what how the user calls it, such as {@code process 4711} or {@code container web}
 * @param command gives it the name {@code %s} under {@code /run/netns}, for {@code ip -n}
 * @param elsewhere what to do when it is not there; null when not known
 */
public record Attachment(Path path, String what, String command, @Nullable String elsewhere) {
  private static final Path NAMED = Path.of("/run/netns");
  private static final String OTHER_USER =
      "it belongs to another user: start Jupyter, or 'vethbook run', as root; for a container of"
          + " rootless Podman start it with 'podman unshare'";

  /** The namespace that a process is in. */
  public static Attachment process(long pid) {
    return new Attachment(
        Path.of("/proc/" + pid + "/ns/net"),
        "process " + pid,
        "ip netns attach %s " + pid,
        "'vethbook ps --all' and namespaces() list those that there are");
  }

  /** The namespace that a process of a container is in. */
  public static Attachment container(String engine, String container, long pid) {
    return new Attachment(
        Path.of("/proc/" + pid + "/ns/net"),
        "container " + container,
        "ip netns attach %s \"$("
            + engine
            + " container inspect -f '{{.State.Pid}}' "
            + container
            + ")\"",
        "'" + engine + " ps' lists the containers that run");
  }

  /** A file that a namespace is mounted on. */
  public static Attachment file(Path file) {
    return new Attachment(
        file,
        file.toString(),
        file.startsWith(NAMED)
            ? "ln -sf " + file.getFileName() + " /run/netns/%s"
            : "touch /run/netns/%1$s && mount --bind " + file + " /run/netns/%1$s",
        "'ip netns list' lists those that have a name");
  }

  /**
   * @param name what the lab calls it
   * @throws PlanException when it is not there, not ours to enter, or none
   */
  NetnsHandle open(String name) {
    try {
      return NetnsHandle.open(path, name);
    } catch (SystemCallException e) {
      throw refused(e);
    }
  }

  private ExperimentException refused(SystemCallException refusal) {
    Errno errno = refusal.errno();
    String cannot = "Cannot attach " + what;
    if (errno.equals(Errno.ENOENT)) {
      return new PlanException(cannot + ": " + absence(), elsewhere);
    }
    if (errno.equals(Errno.EPERM) || errno.equals(Errno.EACCES)) {
      return refusal.during(cannot, OTHER_USER);
    }
    return errno.equals(Errno.EINVAL)
        ? refusal.during(cannot, path + " is no network namespace")
        : refusal;
  }

  private String absence() {
    if (!path.startsWith("/proc")) {
      return "there is no such file";
    }
    // what has ended but was not waited for has no namespace any more
    boolean isThere = Files.isDirectory(path.getParent().getParent());
    return isThere ? "it has ended" : "there is no such process";
  }

  /** The commands for a script: one line, or none when the namespace has this name already. */
  List<String> commands(String name) {
    boolean isNamed = path.equals(NAMED.resolve(name));
    return isNamed ? List.of() : List.of(command.formatted(name));
  }
}
