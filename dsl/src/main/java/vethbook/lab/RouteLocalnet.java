package vethbook.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * On which devices packets with addresses of lo may leave and come in: {@code
 * net.ipv4.conf.DEV.route_localnet}, which is on where a rule needs it, and afterwards as it was.
 *
 * @see "Documentation/networking/ip-sysctl.rst, route_localnet"
 */
final class RouteLocalnet {
  private final Netns netns;
  private Map<String, String> old = Map.of();

  RouteLocalnet(Netns netns) {
    this.netns = netns;
  }

  /** What is to be changed so that it is on for these devices only. */
  List<Change> changes(Set<String> needed) {
    List<Change> changes = new ArrayList<>();
    needed.forEach(device -> write(device, "1", changes));
    old.forEach(
        (device, value) -> {
          if (!needed.contains(device)) {
            write(device, value, changes);
          }
        });
    return changes;
  }

  /** What was found on these devices before anything was changed. */
  Map<String, String> before(Set<String> needed) {
    Map<String, String> values = new HashMap<>();
    for (String device : needed) {
      String known = old.get(device);
      if (known != null || exists(device)) {
        values.put(device, known == null ? netns.sysctl(key(device)) : known);
      }
    }
    return values;
  }

  /** The changes have been made. */
  void changed(Map<String, String> before) {
    old = before;
  }

  private void write(String device, String value, List<Change> into) {
    if (exists(device)) {
      String present = netns.sysctl(key(device));
      if (!present.equals(value)) {
        into.add(new WriteSysctl(netns, key(device), value, present));
      }
    }
  }

  private boolean exists(String device) {
    return netns.device(device).link().isPresent();
  }

  private static String key(String device) {
    return "net/ipv4/conf/" + device + "/route_localnet";
  }
}
