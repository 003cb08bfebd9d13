package vethbook.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was measured: how the lab came to be, and how its devices and namespaces were set.
 *
 * @param commands that build the same lab, in order
 * @param facts by what they are of: {@code client.eth0 mtu}, {@code client.eth0 offloads}, {@code
 *     server net.ipv4.tcp_rmem}
 */
public record Setup(List<String> commands, Map<String, String> facts) {
  /** Nothing is known. */
  public static final Setup UNKNOWN = new Setup(List.of(), Map.of());

  public Setup {
    commands = List.copyOf(commands);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** What differs in a later one, a phrase each. Nothing when one of the two is not known. */
  public List<String> differences(Setup later) {
    List<String> found = new ArrayList<>();
    if (equals(UNKNOWN) || later.equals(UNKNOWN)) {
      return found;
    }
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(later.facts.keySet());
    for (String name : names) {
      String then = facts.getOrDefault(name, "absent");
      String now = later.facts.getOrDefault(name, "absent");
      if (!Objects.equals(then, now)) {
        found.add("%s: %s then, %s now".formatted(name, then, now));
      }
    }
    found.addAll(only("then only: ", commands, later.commands));
    found.addAll(only("now only: ", later.commands, commands));
    return found;
  }

  private static List<String> only(String when, List<String> these, List<String> those) {
    return these.stream().filter(command -> !those.contains(command)).map(when::concat).toList();
  }
}
