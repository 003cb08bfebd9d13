package vethbook.measure;

import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a {@link MachineRecord} from the files in which Linux describes the machine. */
final class MachineFiles {
  static final MachineFiles THIS = new MachineFiles("");

  private final String root;

  /** The machine whose /proc and /sys are below this folder; the empty text for this machine. */
  MachineFiles(String root) {
    this.root = root;
  }

  MachineRecord capture() {
    String cpuinfo = text("/proc/cpuinfo");
    return new MachineRecord(
        text("/proc/sys/kernel/osrelease"),
        cpuModel(cpuinfo),
        Runtime.getRuntime().availableProcessors(),
        mitigations(),
        text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
        text("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
        virtualisation(cpuinfo),
        memory(),
        text("/proc/sys/net/ipv4/tcp_congestion_control"),
        System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"),
        number(text("/proc/loadavg")),
        Map.of(),
        Instant.now());
  }

  private String text(String path) {
    return ProcFile.read(root + path).orElse("").strip();
  }

  /** ARM names no model; then the architecture must do. */
  private static String cpuModel(String cpuinfo) {
    return field(cpuinfo, "model name").orElse(System.getProperty("os.arch"));
  }

  private static Optional<String> field(String cpuinfo, String name) {
    return cpuinfo
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private Map<String, String> mitigations() {
    Map<String, String> found = new TreeMap<>();
    String folder = "/sys/devices/system/cpu/vulnerabilities";
    String[] names = new File(root + folder).list();
    for (String name : names == null ? new String[0] : names) {
      String state = text(folder + "/" + name);
      if (!state.equals("Not affected")) {
        found.put(name, state);
      }
    }
    return found;
  }

  private String virtualisation(String cpuinfo) {
    Optional<String> flags = field(cpuinfo, "flags");
    boolean guest = flags.map(all -> List.of(all.split(" ")).contains("hypervisor")).orElse(false);
    String vendor = text("/sys/class/dmi/id/sys_vendor");
    String product = text("/sys/class/dmi/id/product_name");
    String type = text("/sys/hypervisor/type");
    String known = (vendor + " " + product + " " + type).strip().replaceAll(" +", " ");
    if (!guest && type.isEmpty()) {
      return flags.isPresent() ? "none" : "";
    }
    return known.isEmpty() ? "virtual machine" : "virtual machine, " + known;
  }

  private long memory() {
    return field(text("/proc/meminfo"), "MemTotal")
        .map(size -> Long.parseLong(size.replaceAll("\\D", "")) * 1024)
        .orElse(0L);
  }

  private static double number(String loadAverage) {
    return loadAverage.isEmpty() ? Double.NaN : Double.parseDouble(loadAverage.split(" ", 2)[0]);
  }
}
