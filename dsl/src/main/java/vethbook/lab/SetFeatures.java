package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.Offload;

/**
 * Switches features of a device, and sees to it that they are switched: Linux leaves those off
 * whose needs are not met (netdev_fix_features), and says so nowhere but in its log.
 *
 * @param wanted by Linux's names
 * @param old what was wanted of the same features
 * @param decisive those that must be so afterwards; of tso, not all are
 * @param words the same in those of {@code ethtool -K}
 */
record SetFeatures(
    Device device,
    Map<String, Boolean> wanted,
    Map<String, Boolean> old,
    Set<String> decisive,
    String words)
    implements Change {
  /** What would be said of a device that is only planned, and of which nothing is known yet. */
  static SetFeatures planned(Device device, Map<String, Boolean> wanted) {
    StringBuilder words = new StringBuilder();
    wanted.forEach((name, on) -> words.append(' ').append(name).append(on ? " on" : " off"));
    return new SetFeatures(device, wanted, Map.of(), Set.of(), words.toString());
  }

  @Override
  public void apply() {
    try (Ethtool ethtool = Ethtool.in(device.netns().handle())) {
      ethtool.setFeatures(device.name(), wanted);
      List<Feature> after = ethtool.features(device.name());
      List<Feature> unmoved =
          after.stream()
              .filter(feature -> decisive.contains(feature.name()))
              .filter(feature -> !wanted.getOrDefault(feature.name(), false).equals(feature.isOn()))
              .toList();
      if (!unmoved.isEmpty()) {
        ethtool.setFeatures(device.name(), old);
        throw refused(unmoved, after);
      }
    }
  }

  private PlanException refused(List<Feature> unmoved, List<Feature> all) {
    List<String> names = unmoved.stream().map(Feature::name).toList();
    List<String> missing = new ArrayList<>();
    for (Feature feature : unmoved) {
      needs(feature.name()).stream()
          .filter(need -> need.among(all).stream().noneMatch(Feature::isOn))
          .map(Offload::shortName)
          .filter(name -> !missing.contains(name))
          .forEach(missing::add);
    }
    return new PlanException(
        "Cannot switch%s on device %s: %s stayed %s"
            .formatted(
                words,
                Text.place(device),
                String.join(", ", names),
                unmoved.get(0).isOn() ? "on" : "off"),
        missing.isEmpty()
            ? "something else decides it: another offload, or the device that this one is built on"
            : "it needs "
                + String.join(" and ", missing)
                + ", which is off: switch that on as well");
  }

  /** What Linux wants on before it switches a feature on (net/core/dev.c, netdev_fix_features). */
  private static List<Offload> needs(String feature) {
    if (feature.startsWith("tx-tcp") || feature.startsWith("tx-udp")) {
      return List.of(Offload.SG, Offload.TX);
    }
    return switch (feature) {
      case "tx-generic-segmentation" -> List.of(Offload.SG);
      case "rx-lro", "rx-gro-hw" -> List.of(Offload.RX);
      default -> List.of();
    };
  }

  @Override
  public void undo() {
    try (Ethtool ethtool = Ethtool.in(device.netns().handle())) {
      ethtool.setFeatures(device.name(), old);
    }
  }

  @Override
  public String command() {
    return "ip netns exec %s ethtool -K %s%s"
        .formatted(device.netns().name(), device.name(), words);
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(
        () ->
            old.entrySet().stream()
                .map(was -> LeftoverSettings.feature(device, was.getKey(), was.getValue()))
                .toList());
  }

  @Override
  public String purpose() {
    return "switch%s on device %s".formatted(words, Text.place(device));
  }
}
