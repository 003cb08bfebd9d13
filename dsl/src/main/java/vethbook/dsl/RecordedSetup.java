package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vethbook.lab.Device;
import vethbook.lab.DeviceEthtool;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.linux.CountedTime;
import vethbook.linux.ExperimentException;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.Offload;
import vethbook.linux.process.Cpus;
import vethbook.linux.tc.QdiscKind;
import vethbook.measure.MachineRecord;
import vethbook.measure.Setup;
import vethbook.tool.Netperf;

/** Writes down how a lab is set up, as far as it bears on what is measured in it. */
final class RecordedSetup {
  private static final String LOOPBACK = "lo";
  private static final int MOST_NAMESPACES = 16;

  /** Of each namespace; those that none has set are there, because defaults change with Linux. */
  private static final List<String> SYSCTLS =
      List.of(
          "net.ipv4.ip_forward",
          "net.ipv4.tcp_adv_win_scale",
          "net.ipv4.tcp_autocorking",
          "net.ipv4.tcp_congestion_control",
          "net.ipv4.tcp_ecn",
          "net.ipv4.tcp_limit_output_bytes",
          "net.ipv4.tcp_mtu_probing",
          "net.ipv4.tcp_notsent_lowat",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_sack",
          "net.ipv4.tcp_slow_start_after_idle",
          "net.ipv4.tcp_timestamps",
          "net.ipv4.tcp_window_scaling",
          "net.ipv4.tcp_wmem");

  private RecordedSetup() {}

  static Setup of(Lab lab) {
    Map<String, String> facts = new TreeMap<>();
    List<Netns> all = List.copyOf(lab.namespaces());
    all.stream().limit(MOST_NAMESPACES).forEach(netns -> record(facts, netns));
    if (all.size() > MOST_NAMESPACES) {
      facts.put("namespaces not recorded", Integer.toString(all.size() - MOST_NAMESPACES));
    }
    return new Setup(lab.commands(), facts);
  }

  /** What cannot be read is written down as that: it must not keep anybody from measuring. */
  private static void record(Map<String, String> facts, Netns netns) {
    try {
      for (String key : SYSCTLS) {
        facts.put(netns.name() + " " + key, netns.sysctl(key).replaceAll("\\s+", " "));
      }
    } catch (ExperimentException e) {
      facts.put(netns.name() + " sysctls", "not readable: " + e.answer());
    }
    for (Device device : netns.devices()) {
      if (!device.name().equals(LOOPBACK)) {
        try {
          add(facts, device);
        } catch (ExperimentException e) {
          facts.put(device + " settings", "not readable: " + e.answer());
        }
      }
    }
  }

  private static void add(Map<String, String> facts, Device device) {
    device
        .link()
        .ifPresent(
            link -> {
              facts.put(device + " kind", link.kind().isEmpty() ? "hardware" : link.kind());
              facts.put(device + " mtu", Integer.toString(link.mtu()));
              facts.put(device + " offloads", offloads(new DeviceEthtool(device).features()));
              facts.put(device + " qdisc", qdiscs(device));
              facts.put(
                  device + " rps",
                  String.join(
                      " ",
                      device.rps().stream()
                          .map(cpus -> cpus.isEmpty() ? "none" : Cpus.list(cpus))
                          .toList()));
            });
  }

  private static String offloads(List<Feature> features) {
    List<String> on = new ArrayList<>();
    for (Offload offload : Offload.values()) {
      if (offload.isOn(features)) {
        on.add(offload.shortName());
      }
    }
    return on.isEmpty() ? "none" : String.join(" ", on);
  }

  private static String qdiscs(Device device) {
    List<String> kinds =
        DeviceQdiscWords.qdisc(device).all().stream()
            .map(qdisc -> qdisc.kind() + " " + qdisc.known().map(QdiscKind::options).orElse(""))
            .map(String::strip)
            .toList();
    return kinds.isEmpty() ? "noqueue" : String.join("; ", kinds);
  }

  /** The machine with its clock, if it counts, and the versions of the tools that measure. */
  static MachineRecord tools(MachineRecord machine) {
    MachineRecord counted =
        CountedTime.qemu()
            .map(qemu -> machine.with("clock", CountedTime.CLOCK).with("QEMU", qemu))
            .orElse(machine);
    return Netperf.version().map(version -> counted.with("netperf", version)).orElse(counted);
  }
}
