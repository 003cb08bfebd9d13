package vethbook.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says what differs between the machines of two records; when they were made does not count. */
final class MachineDifferences {
  private static final double GIB = 1L << 30;
  private static final String CLOCK = "clock";

  private final List<String> found = new ArrayList<>();

  private MachineDifferences() {}

  static List<String> between(MachineRecord a, MachineRecord b) {
    MachineDifferences differences = new MachineDifferences();
    differences.add("Linux", a.linux(), b.linux());
    differences.add("CPU", a.cpuModel(), b.cpuModel());
    differences.add("CPUs used", a.cpus(), b.cpus());
    differences.add("frequency governor", a.governor(), b.governor());
    differences.add("clock source", a.clocksource(), b.clocksource());
    differences.add("virtualisation", a.virtualisation(), b.virtualisation());
    differences.add("memory (GiB)", gib(a), gib(b));
    differences.add("TCP congestion control", a.congestionControl(), b.congestionControl());
    differences.add("Java", a.java(), b.java());
    differences.addAll("mitigation of ", a.mitigations(), b.mitigations());
    differences.addTools(a.tools(), b.tools());
    return List.copyOf(differences.found);
  }

  /** A guest's memory differs by a few pages between two starts of Linux. */
  private static double gib(MachineRecord machine) {
    return Math.round(10 * machine.memoryBytes() / GIB) / 10.0;
  }

  private void addAll(String prefix, Map<String, String> then, Map<String, String> now) {
    Collection<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      add(prefix + name, then.getOrDefault(name, ""), now.getOrDefault(name, ""));
    }
  }

  /** A tool that one of them did not use is no difference; that one clock counts is. */
  private void addTools(Map<String, String> then, Map<String, String> now) {
    Map<String, String> before = new TreeMap<>(then);
    Map<String, String> after = new TreeMap<>(now);
    before.keySet().removeIf(name -> !name.equals(CLOCK) && !now.containsKey(name));
    after.keySet().removeIf(name -> !name.equals(CLOCK) && !then.containsKey(name));
    addAll("", before, after);
  }

  private void add(String what, Object then, Object now) {
    if (!Objects.equals(then, now)) {
      found.add("%s: %s then, %s now".formatted(what, known(then), known(now)));
    }
  }

  private static String known(Object value) {
    return value.toString().isEmpty() ? "not known" : value.toString();
  }
}
