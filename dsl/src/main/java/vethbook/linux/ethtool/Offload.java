package vethbook.linux.ethtool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that {@code ethtool -K} has for one or more features. */
public enum Offload {
  RX("rx", "rx-checksumming", "rx-checksum"),
  TX("tx", "tx-checksumming", "tx-checksum-.*"),
  SG("sg", "scatter-gather", "tx-scatter-gather.*"),
  TSO("tso", "tcp-segmentation-offload", "tx-tcp.*-segmentation"),
  UFO("ufo", "udp-fragmentation-offload", "tx-udp-fragmentation"),
  GSO("gso", "generic-segmentation-offload", "tx-generic-segmentation"),
  GRO("gro", "generic-receive-offload", "rx-gro"),
  LRO("lro", "large-receive-offload", "rx-lro"),
  RXVLAN("rxvlan", "rx-vlan-offload", "rx-vlan-hw-parse"),
  TXVLAN("txvlan", "tx-vlan-offload", "tx-vlan-hw-insert"),
  NTUPLE("ntuple", "ntuple-filters", "rx-ntuple-filter"),
  RXHASH("rxhash", "receive-hashing", "rx-hashing");

  private final String shortName;
  private final String longName;
  private final Pattern features;

  Offload(String shortName, String longName, String features) {
    this.shortName = shortName;
    this.longName = longName;
    this.features = Pattern.compile(features);
  }

  /** {@code tso}. */
  public String shortName() {
    return shortName;
  }

  /** By {@code tso} or {@code tcp-segmentation-offload}. */
  public static Optional<Offload> named(String name) {
    return Arrays.stream(values())
        .filter(offload -> offload.shortName.equals(name) || offload.longName.equals(name))
        .findFirst();
  }

  /** The one that a feature belongs to; empty for those with no name but Linux's. */
  public static Optional<Offload> of(Feature feature) {
    return Arrays.stream(values()).filter(offload -> offload.has(feature)).findFirst();
  }

  private boolean has(Feature feature) {
    return features.matcher(feature.name()).matches();
  }

  /**
   * Those of its features whose state is called its own. For tso that is {@code
   * tx-tcp-segmentation}: others of it stay on even where no packet is cut (Linux 6.18 leaves
   * {@code tx-tcp-accecn-segmentation} on without {@code tx}).
   */
  public List<Feature> decisive(List<Feature> all) {
    return switch (this) {
      case TSO -> named(all, "tx-tcp-segmentation");
      case SG -> named(all, "tx-scatter-gather");
      default -> among(all);
    };
  }

  private static List<Feature> named(List<Feature> all, String name) {
    return all.stream().filter(feature -> feature.name().equals(name)).toList();
  }

  /** Whether it is on. */
  public boolean isOn(List<Feature> all) {
    return decisive(all).stream().anyMatch(Feature::isOn);
  }

  /** Those of a device's features that it stands for. */
  public List<Feature> among(List<Feature> all) {
    return all.stream().filter(this::has).toList();
  }
}
