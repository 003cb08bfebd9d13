package vethbook.lab;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.ethtool.Rings;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.Qdiscs;

/**
 * What {@link Leftover} knows about the qdisc and the ethtool settings of a device that the lab has
 * not made.
 */
final class LeftoverSettings {
  private static final String BLANK = " ";

  private LeftoverSettings() {}

  /** A root qdisc that is about to be replaced; empty for what cannot be put back as it was. */
  static Optional<HostChange> qdisc(Device device, Optional<Qdisc> old) {
    if (old.isEmpty() || old.get().isDefault()) {
      return Optional.of(new HostChange("qdisc", device.name(), ""));
    }
    Qdisc there = old.get();
    if (!there.classes().isEmpty()) {
      return Optional.empty();
    }
    byte[] options = new byte[there.options().limit()];
    there.options().get(0, options);
    String text = there.kind() + BLANK + HexFormat.of().formatHex(options);
    return Optional.of(new HostChange("qdisc", device.name(), text));
  }

  /** A feature that is about to be switched. */
  static HostChange feature(Device device, String name, boolean wasWanted) {
    return new HostChange("feature", device.name() + BLANK + name, wasWanted ? "on" : "off");
  }

  static HostChange channels(Device device, Channels old) {
    return new HostChange(
        "channels", device.name(), old.rx() + BLANK + old.tx() + BLANK + old.combined());
  }

  static HostChange rings(Device device, Rings old) {
    return new HostChange("rings", device.name(), old.rx() + BLANK + old.tx());
  }

  /** The same in words. */
  static String text(HostChange change) {
    if (!change.kind().equals("qdisc")) {
      return "%s of device %s: %s again".formatted(change.kind(), change.what(), change.old());
    }
    String kind = change.old().split(BLANK)[0];
    return "qdisc of device %s is %s again"
        .formatted(change.what(), kind.isEmpty() ? "Linux's default" : kind);
  }

  /**
   * Puts back what was there.
   *
   * @return false when there was nothing to do
   */
  static boolean restore(HostChange change, NetnsHandle netns, Link link) {
    if (change.kind().equals("qdisc")) {
      return restoreQdisc(netns, link, change.old());
    }
    String[] old = change.old().split(BLANK);
    try (Ethtool ethtool = Ethtool.in(netns)) {
      return switch (change.kind()) {
        case "channels" -> restoreChannels(ethtool, link.name(), numbers(old));
        case "rings" -> restoreRings(ethtool, link.name(), numbers(old));
        default -> restoreFeature(ethtool, link.name(), change.what().split(BLANK)[1], old[0]);
      };
    }
  }

  private static int[] numbers(String[] texts) {
    return Arrays.stream(texts).mapToInt(Integer::parseInt).toArray();
  }

  private static boolean restoreChannels(Ethtool ethtool, String device, int[] old) {
    Channels now = ethtool.channels(device);
    Channels wanted = now.with(old[0], old[1], old[2]);
    if (!now.equals(wanted)) {
      ethtool.setChannels(device, wanted, now);
    }
    return !now.equals(wanted);
  }

  private static boolean restoreRings(Ethtool ethtool, String device, int[] old) {
    Rings now = ethtool.rings(device);
    Rings wanted = now.with(old[0], old[1]);
    if (!now.equals(wanted)) {
      ethtool.setRings(device, wanted, now);
    }
    return !now.equals(wanted);
  }

  private static boolean restoreFeature(Ethtool ethtool, String device, String name, String old) {
    boolean wasWanted = old.equals("on");
    boolean differs =
        ethtool.features(device).stream()
            .anyMatch(feature -> feature.name().equals(name) && feature.isWanted() != wasWanted);
    if (differs) {
      ethtool.setFeatures(device, Map.of(name, wasWanted));
    }
    return differs;
  }

  private static boolean restoreQdisc(NetnsHandle netns, Link link, String old) {
    Qdiscs qdiscs = netns.qdiscs();
    Optional<Qdisc> now = qdiscs.of(link.index()).stream().filter(Qdisc::isRoot).findFirst();
    boolean isDefault = now.isEmpty() || now.get().isDefault();
    if (old.isEmpty()) {
      if (!isDefault) {
        qdiscs.deleteRoot(link.index());
      }
      return !isDefault;
    }
    int blank = old.indexOf(BLANK);
    String kind = old.substring(0, blank);
    ByteBuffer options = ByteBuffer.wrap(HexFormat.of().parseHex(old.substring(blank + 1)));
    boolean differs =
        now.filter(q -> q.kind().equals(kind) && q.options().equals(options)).isEmpty();
    if (differs) {
      qdiscs.replaceRoot(link.index(), kind, options);
    }
    return differs;
  }
}
