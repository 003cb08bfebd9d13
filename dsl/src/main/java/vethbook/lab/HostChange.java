package vethbook.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.Errno;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.sysfs.QueueAttribute;

/**
 * A change that outlives a process, with what it takes to undo it.
 *
 * @param kind {@code sysctl}, {@code queue}, {@code nic} or {@code name}
 * @param what the key; the device and queue as {@code eth0 rps_cpus 0}; the network card; the file
 *     under {@code /run/netns}
 * @param old the value before; of a name, which namespace it is for
 * @param netns the namespace that it was made in when that is one that a lab has attached, see
 *     {@link Leftover} for what can be changed there; null for the host's own
 */
public record HostChange(String kind, String what, String old, @Nullable Attached netns) {
  /**
   * An attached namespace.
   *
   * @param inode its number now
   * @param cookie its number for ever, see {@link NetnsHandle#cookie}
   * @param name what the lab called it
   */
  record Attached(long inode, long cookie, String name) {}

  HostChange(String kind, String what, String old) {
    this(kind, what, old, null);
  }

  /** The same in an attached namespace. */
  HostChange in(Attached there) {
    return new HostChange(kind, what, old, there);
  }

  static HostChange sysctl(String key, String old) {
    return new HostChange("sysctl", key, old);
  }

  static HostChange queue(String device, QueueAttribute attribute, int queue, String old) {
    return new HostChange("queue", new QueuePlace(device, attribute, queue).text(), old);
  }

  /** A network card that is moved away. */
  static HostChange nic(String device, String state) {
    return new HostChange("nic", device, state);
  }

  static HostChange publishedName(String file, NetnsHandle netns) {
    return new HostChange("name", file, identity(Path.of(netns.path())));
  }

  /** One that another version of Vethbook has written down and this one cannot read. */
  static HostChange unknown(String text) {
    return new HostChange("unknown", text, "");
  }

  /** The same change of what is there at this moment. */
  HostChange asOfNow() {
    if (netns != null || (!isSysctl() && !kind.equals("queue"))) {
      return this;
    }
    try (NetnsHandle host = NetnsHandle.host()) {
      return new HostChange(kind, what, present(host));
    }
  }

  boolean isName() {
    return kind.equals("name");
  }

  /** What two changes have in common when the later one changes what the earlier one has made. */
  String place() {
    return (netns == null ? "" : netns.inode() + " " + netns.cookie() + " ")
        + kind
        + " "
        + what
        + (isName() ? " " + old : "");
  }

  /**
   * Undoes changes of the same place, last first.
   *
   * @return what was done, as text; empty when there was nothing to do any more
   */
  static String undo(List<HostChange> changes, OpenNamespaces namespaces) {
    HostChange first = changes.get(changes.size() - 1);
    Attached netns = first.netns();
    if (netns == null) {
      return first.undo();
    }
    // a namespace that is gone has taken all that was changed in it with it
    return namespaces
        .open(netns)
        .filter(there -> Leftover.remove(changes, there))
        .map(there -> Leftover.text(first) + " in netns " + netns.name())
        .orElse("");
  }

  /**
   * Puts the old value back.
   *
   * @return what was done, as text; empty when there was nothing to do any more: the value is the
   *     old one, its device is gone, or the name stands for another namespace now
   */
  String undo() {
    return switch (kind) {
      case "sysctl" ->
          putBack() ? "sysctl " + what + " is " + old.replace('\t', ' ') + " again" : "";
      case "queue" -> putBack() ? "host device " + what + " is " + old + " again" : "";
      case "nic" -> {
        bringBack();
        yield "host device " + what + " is back with what it had";
      }
      case "name" -> removeName() ? "removed " + what : "";
      default ->
          throw new PlanException(
              "Cannot undo a change that another version has made: " + kind + " " + what,
              "run 'vethbook clean' of that version");
    };
  }

  private boolean putBack() {
    if (!Files.exists(file())) {
      return false;
    }
    try (NetnsHandle host = NetnsHandle.host()) {
      if (!isSysctl()) {
        return QueuePlace.parse(what).putBack(host, old);
      }
      boolean differs = !WriteSysctl.same(present(host), old);
      if (differs) {
        Sysctl.write(host, what, old);
      }
      return differs;
    }
  }

  private void bringBack() {
    try (NetnsHandle host = NetnsHandle.host()) {
      HostNic.parse(old).restore(host);
    }
  }

  private String present(NetnsHandle host) {
    return isSysctl() ? Sysctl.read(host, what) : QueuePlace.parse(what).read(host);
  }

  private boolean isSysctl() {
    return kind.equals("sysctl");
  }

  private Path file() {
    return isSysctl()
        ? Path.of("/proc/sys", what.contains("/") ? what : what.replace('.', '/'))
        : QueuePlace.parse(what).file();
  }

  /** Leaves it alone when another program has made a namespace of this name since. */
  private boolean removeName() {
    Path file = Path.of(what);
    boolean isOurs = Files.exists(file) && (identity(file).equals(old) || isNotMountedYet(file));
    if (isOurs) {
      Call.unmountAndDelete(what);
    }
    return isOurs;
  }

  /** The file was made, and then the process was killed. */
  private static boolean isNotMountedYet(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return file.toFile().length() == 0
        && fileSystem(identity(file)).equals(fileSystem(identity(folder)));
  }

  private static String fileSystem(String identity) {
    return identity.substring(0, identity.indexOf(' '));
  }

  /** The numbers of a file's file system and of the file in it (man 2 stat). */
  private static String identity(Path file) {
    try {
      Map<String, Object> stat = Files.readAttributes(file, "unix:dev,ino");
      return stat.get("dev") + " " + stat.get("ino");
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot see what " + file + " is", "linux", Errno.in(e), null, e);
    }
  }
}
