package vethbook.lab;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.Rings;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;

/**
 * The ethtool settings of a network card, which it keeps when it moves between namespaces.
 *
 * @param features those that can be switched, by Linux's names, and whether each is wanted
 * @param channels in use: rx, tx, combined; empty for a driver without
 * @param rings their lengths: rx, tx; empty for a driver without
 */
record NicSettings(Map<String, Boolean> features, List<Integer> channels, List<Integer> rings) {
  static NicSettings of(NetnsHandle netns, String device) {
    try (Ethtool ethtool = Ethtool.in(netns)) {
      return of(ethtool, device);
    }
  }

  private static NicSettings of(Ethtool ethtool, String device) {
    Map<String, Boolean> features = new TreeMap<>();
    ethtool.features(device).stream()
        .filter(Feature::canChange)
        .forEach(feature -> features.put(feature.name(), feature.isWanted()));
    return new NicSettings(
        features,
        ifAny(
            () -> {
              Channels now = ethtool.channels(device);
              return List.of(now.rx(), now.tx(), now.combined());
            }),
        ifAny(
            () -> {
              Rings now = ethtool.rings(device);
              return List.of(now.rx(), now.tx());
            }));
  }

  private static List<Integer> ifAny(Supplier<List<Integer>> numbers) {
    try {
      return numbers.get();
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.EOPNOTSUPP)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Sets what differs. */
  void restore(NetnsHandle netns, String device) {
    try (Ethtool ethtool = Ethtool.in(netns)) {
      NicSettings now = of(ethtool, device);
      Map<String, Boolean> changed = new TreeMap<>(features);
      changed.entrySet().removeIf(was -> was.getValue().equals(now.features.get(was.getKey())));
      if (!changed.isEmpty()) {
        ethtool.setFeatures(device, changed);
      }
      if (!channels.equals(now.channels)) {
        Channels there = ethtool.channels(device);
        ethtool.setChannels(
            device, there.with(channels.get(0), channels.get(1), channels.get(2)), there);
      }
      if (!rings.equals(now.rings)) {
        Rings there = ethtool.rings(device);
        ethtool.setRings(device, there.with(rings.get(0), rings.get(1)), there);
      }
    }
  }
}
