package vethbook.dsl;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import vethbook.extension.Slot;
import vethbook.extension.Suggestion;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.linux.ExperimentException;
import vethbook.linux.sysctl.Sysctl;
import vethbook.measure.Metric;
import vethbook.tool.builtin.BuiltInEngine;

/** What fits where a person types: names that only the lab and Linux know. */
final class Suggestions {
  private static final Map<Class<?>, List<String>> UNITS =
      Map.of(
          Duration.class,
          List.of("seconds", "milliseconds", "microseconds", "minutes"),
          DataSize.class,
          List.of("bytes", "kib", "mib"),
          BitRate.class,
          List.of("mbit", "gbit", "kbit"),
          Percent.class,
          List.of("percent"));

  /** Options that take a namespace, a device or both, besides addresses as text. */
  private static final Set<String> NETNS = Set.of("from", "to");

  private static final Set<String> DEVICES = Set.of("to", "via", "ports", "from");

  /** Options of words whose declaration does not tell that they take a time. */
  private static final Set<String> TIMES = Set.of("time", "interval", "timeout");

  private final Lab lab;
  private final Features features;

  /** Kernel parameters by namespace: which there are changes with devices only. */
  private final Map<String, List<String>> keys = new ConcurrentHashMap<>();

  Suggestions(Lab lab, Features features) {
    this.lab = lab;
    this.features = features;
  }

  List<Suggestion> at(Slot slot) {
    if (slot.inText()) {
      return texts(slot).stream().map(text -> Suggestion.of(text, Suggestion.PARAM)).toList();
    }
    Class<?> type = TIMES.contains(slot.option()) ? Duration.class : slot.type();
    List<String> units = UNITS.getOrDefault(type, List.of());
    if (slot.typed().matches("\\d[\\d_]*")) {
      return units.stream()
          .map(unit -> Suggestion.of(slot.typed() + "." + unit, Suggestion.INSTANCE))
          .toList();
    }
    if (slot.option().isEmpty() && !slot.word().equals("needs")) {
      return List.of();
    }
    if (slot.word().equals("rpsDefault") || slot.option().equals("cpus")) {
      return List.of(new Suggestion("none", Suggestion.INSTANCE, "no CPU"));
    }
    List<Suggestion> found = new ArrayList<>();
    if (slot.type() == Object.class) {
      addEnds(found, slot);
    }
    texts(slot).forEach(text -> found.add(Suggestion.of("'" + text + "'", Suggestion.PARAM)));
    return found;
  }

  /** Namespaces and devices, for options that take either or an address too. */
  private static void addEnds(List<Suggestion> found, Slot slot) {
    boolean takesNetns = NETNS.contains(slot.option());
    boolean takesDevice = DEVICES.contains(slot.option());
    slot.variables()
        .forEach(
            (name, value) -> {
              if (takesNetns && value instanceof Netns) {
                found.add(new Suggestion(name, Suggestion.INSTANCE, "Netns"));
              }
              if (takesDevice && value instanceof Device) {
                found.add(new Suggestion(name, Suggestion.INSTANCE, "Device"));
              }
            });
    slot.variables()
        .forEach(
            (name, value) -> {
              if (takesDevice && value instanceof Netns) {
                parts(value)
                    .keySet()
                    .forEach(
                        device ->
                            found.add(
                                new Suggestion(
                                    name + "." + device, Suggestion.INSTANCE, "Device")));
              }
            });
  }

  private Collection<String> texts(Slot slot) {
    if (slot.type().isEnum()) {
      return Arrays.stream(slot.type().getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
          .toList();
    }
    return switch (slot.word() + " " + slot.option()) {
      case "sysctl ", "sysctlKeys " -> slot.inText() ? sysctls(slot) : List.of();
      case "needs ", "has ", "absence ", "setting needs" -> features.names();
      case "netns " -> lab.namespaces().stream().map(Netns::name).toList();
      case "netns name" -> files("/run/netns");
      case "netperf engine" -> List.of("netperf", BuiltInEngine.NAME);
      case "forwardPolicy " -> List.of("accept", "drop");
      case "drop protocol", "allow protocol", "reject protocol" -> List.of("tcp", "udp", "icmp");
      case "route " -> List.of("default");
      case "compare ", "plot " -> metrics(slot);
      case "run ", "start " -> slot.typed().length() > 1 ? programs() : List.of();
      default -> List.of();
    };
  }

  private static List<String> metrics(Slot slot) {
    return slot.receiver() instanceof ExperimentResult result
        ? result.getResults().metrics().stream().map(Metric::name).toList()
        : List.of();
  }

  private List<String> sysctls(Slot slot) {
    Netns netns =
        slot.receiver() instanceof Netns said
            ? said
            : lab.namespaces().stream().findFirst().orElse(null);
    if (netns == null) {
      return List.of();
    }
    try {
      int devices = netns.devices().size();
      return keys.computeIfAbsent(
          netns.name() + " " + devices, any -> Sysctl.keys(netns.handle(), "net"));
    } catch (ExperimentException e) {
      return List.of(); // only planned: it has none yet
    }
  }

  private static List<String> files(String directory) {
    String[] names = new File(directory).list();
    return names == null ? List.of() : Arrays.stream(names).sorted().toList();
  }

  private static Set<String> programs() {
    Set<String> names = new TreeSet<>();
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      names.addAll(files(directory));
    }
    return names;
  }

  /** The devices of a namespace: those that words have named, and those that exist. */
  static Map<String, Object> parts(Object value) {
    Map<String, Object> parts = new LinkedHashMap<>();
    if (value instanceof Netns netns) {
      List<Device> devices = new ArrayList<>(netns.named());
      try {
        devices.addAll(netns.devices());
      } catch (ExperimentException e) {
        // only planned, or gone: those that are named are all there is to say
      }
      devices.forEach(device -> parts.putIfAbsent(device.name(), device));
    }
    return parts;
  }
}
