package vethbook.measure;

import java.util.Map;
import java.util.TreeMap;
import vethbook.linux.ExperimentException;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;

/** What the drivers of a namespace's devices count: {@code ethtool -S}. */
final class DeviceCounts {
  private DeviceCounts() {}

  /** {@code ethtool.eth0.rx_queue_0_xdp_packets}; devices that go meanwhile are left out. */
  static Map<String, Long> read(NetnsHandle netns) {
    Map<String, Long> counters = new TreeMap<>();
    try (Ethtool ethtool = Ethtool.in(netns)) {
      for (Link link : netns.links().list()) {
        statistics(ethtool, link.name())
            .forEach((name, value) -> counters.put("ethtool." + link.name() + "." + name, value));
      }
    }
    return counters;
  }

  private static Map<String, Long> statistics(Ethtool ethtool, String device) {
    try {
      return ethtool.driverStatistics(device);
    } catch (ExperimentException e) {
      return Map.of(); // lo and its like count nothing
    }
  }
}
