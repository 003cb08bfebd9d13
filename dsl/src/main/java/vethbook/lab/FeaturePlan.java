package vethbook.lab;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vethbook.extension.Nearest;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.Offload;

/** What is to be switched on a device, given what it has. */
final class FeaturePlan {
  private final Device device;
  private final List<Feature> all;
  private final Map<String, Boolean> wanted = new LinkedHashMap<>();
  private final Map<String, Boolean> old = new LinkedHashMap<>();
  private final Set<String> decisive = new HashSet<>();
  private final StringBuilder words = new StringBuilder();

  FeaturePlan(Device device, List<Feature> all) {
    this.device = device;
    this.all = all;
  }

  /**
   * @param name as {@code ethtool -K} has it, short or long, or Linux's own
   * @throws PlanException for a name that nobody knows, and for what is fixed
   */
  void add(String name, boolean on) {
    Optional<Offload> offload = Offload.named(name);
    List<Feature> named = offload.map(group -> group.among(all)).orElseGet(() -> only(name));
    List<Feature> deciding = offload.map(group -> group.decisive(all)).orElse(named);
    if (named.isEmpty()) {
      throw unknown(name);
    }
    requireFree(name, on, on ? deciding : named);
    boolean isNew = false;
    for (Feature feature : named) {
      boolean isDeciding = !on || deciding.contains(feature);
      boolean differs = feature.isWanted() != on || (isDeciding && feature.isOn() != on);
      if (feature.canChange() && differs) {
        wanted.put(feature.name(), on);
        old.put(feature.name(), feature.isWanted());
        isNew = true;
        if (isDeciding) {
          decisive.add(feature.name());
        }
      }
    }
    if (isNew) {
      words.append(' ').append(name).append(on ? " on" : " off");
    }
  }

  private List<Feature> only(String name) {
    return all.stream().filter(feature -> feature.name().equals(name)).toList();
  }

  private PlanException unknown(String name) {
    List<String> known =
        Stream.concat(
                Stream.of(Offload.values()).map(Offload::shortName),
                all.stream().map(Feature::name))
            .toList();
    List<String> near = Nearest.of(name, known);
    return new PlanException(
        "Cannot find offload '%s' of device %s".formatted(name, Text.place(device)),
        near.isEmpty()
            ? device + ".offloads() shows all"
            : "did you mean " + String.join(" or ", near) + "?");
  }

  private void requireFree(String name, boolean on, List<Feature> deciding) {
    boolean isPossible =
        on
            ? deciding.stream().anyMatch(feature -> feature.isOn() || feature.canChange())
            : deciding.stream().allMatch(feature -> !feature.isOn() || feature.canChange());
    if (!isPossible) {
      throw new PlanException(
          "Cannot switch %s %s on device %s: it is fixed"
              .formatted(name, on ? "on" : "off", Text.place(device)),
          "Linux or the driver has it always " + (on ? "off" : "on"));
    }
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  SetFeatures change() {
    return new SetFeatures(device, wanted, old, decisive, words.toString());
  }
}
