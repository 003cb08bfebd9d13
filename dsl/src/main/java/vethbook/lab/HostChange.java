package vethbook.lab;

import java.util.Set;
import java.util.TreeSet;
import vethbook.linux.libc.Call;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.sysfs.RxQueues;

/**
 * A change that outlives a process, with what it takes to undo it.
 *
 * @param kind {@code sysctl}, {@code rps} or {@code name}
 * @param what the key; the device and queue as {@code eth0 0}; the file under {@code /run/netns}
 * @param old the value before; empty for a name
 */
public record HostChange(String kind, String what, String old) {
  static HostChange sysctl(String key, String old) {
    return new HostChange("sysctl", key, old);
  }

  static HostChange rps(String device, int queue, Set<Integer> old) {
    return new HostChange("rps", device + " " + queue, Cpus.mask(old));
  }

  static HostChange publishedName(String file) {
    return new HostChange("name", file, "");
  }

  String text() {
    return switch (kind) {
      case "sysctl" -> "sysctl " + what + " is " + old.replace('\t', ' ') + " again";
      case "rps" -> "rps of host device " + what + " is " + old + " again";
      default -> "removed " + what;
    };
  }

  void undo() {
    switch (kind) {
      case "sysctl" -> withHost(host -> Sysctl.write(host, what, old));
      case "rps" -> {
        int blank = what.indexOf(' ');
        int queue = Integer.parseInt(what.substring(blank + 1));
        Set<Integer> cpus = new TreeSet<>(Cpus.ofMask(old));
        withHost(host -> new RxQueues(host, what.substring(0, blank)).setRps(queue, cpus));
      }
      case "name" -> Call.unmountAndDelete(what);
      default ->
          throw new PlanException(
              "Cannot undo a change of kind '" + kind + "' from another version", null);
    }
  }

  private static void withHost(java.util.function.Consumer<NetnsHandle> task) {
    try (NetnsHandle host = NetnsHandle.host()) {
      task.accept(host);
    }
  }
}
