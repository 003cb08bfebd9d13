package vethbook.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import vethbook.lab.PlanException;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.Offload;
import vethbook.view.TableView;

/**
 * The offloads of a device at one moment: {@code ethtool -k}.
 *
 * @param device its name
 * @param features all that Linux knows
 */
public record Offloads(String device, List<Feature> features) {
  public Offloads {
    features = List.copyOf(features);
  }

  /** Whether one is on: {@code client.eth0.offloads()['tso']}. */
  public boolean getAt(String name) {
    return Offload.named(name)
        .map(offload -> offload.isOn(features))
        .orElseGet(() -> feature(name).isOn());
  }

  private Feature feature(String name) {
    return features.stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PlanException(
                    "Cannot find offload '%s' of device %s".formatted(name, device), null));
  }

  /** Those that are on or could be; those with a name of ethtool's first. */
  public Table table() {
    List<Feature> shown =
        features.stream()
            .filter(feature -> feature.isOn() || feature.canChange())
            .sorted(Comparator.comparing(feature -> word(feature).isEmpty()))
            .toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Feature feature : shown) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("offload", word(feature));
      row.put("feature", feature.name());
      row.put("state", feature.isOn() ? "on" : "off");
      row.put("fixed", feature.canChange() ? "" : "fixed");
      row.put("wanted", feature.isWanted() == feature.isOn() ? "" : wanted(feature));
      rows.add(row);
    }
    return TableView.table(
        "offloads of %s (%d more are fixed off)".formatted(device, features.size() - shown.size()),
        rows);
  }

  private static String wanted(Feature feature) {
    return feature.isWanted() ? "on" : "off";
  }

  private static String word(Feature feature) {
    return Offload.of(feature).map(Offload::shortName).orElse("");
  }

  /** {@code client.eth0: tx on, tso on, gro off}. */
  @Override
  public String toString() {
    List<String> states = new ArrayList<>();
    for (Offload offload : Offload.values()) {
      states.add(offload.shortName() + (offload.isOn(features) ? " on" : " off"));
    }
    return device + ": " + String.join(", ", states);
  }
}
