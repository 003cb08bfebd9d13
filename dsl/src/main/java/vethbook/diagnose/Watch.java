package vethbook.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.nft.Nft;

/** Counting rules in namespaces, for one probe; gone when it is closed. */
final class Watch implements AutoCloseable {
  private static final String TABLE = "vethbook_diagnose";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Probe probe;
  private final List<Netns> places = new ArrayList<>();

  private Watch(Probe probe) {
    this.probe = probe;
  }

  /**
   * Begins to count.
   *
   * @throws ExperimentException when nft is not installed or refuses
   */
  static Watch on(Collection<Netns> namespaces, Probe probe) {
    Watch watch = new Watch(probe);
    try {
      for (Netns netns : namespaces) {
        watch.places.add(netns); // first: an interrupt may come when the rules are in
        Nft.load(netns.handle(), watch.script(), "count packets in " + netns);
      }
    } catch (ExperimentException e) {
      watch.close();
      throw e;
    }
    return watch;
  }

  private String script() {
    // of a diagnosis that was killed, in a namespace that others made
    StringBuilder script =
        new StringBuilder("table inet %1$s\ndelete table inet %1$s\n".formatted(TABLE));
    script.append("table inet " + TABLE + " {\n");
    String type = probe.isIpv6() ? "ipv6_addr" : "ipv4_addr";
    for (Direction direction : Direction.values()) {
      for (Stage stage : List.of(Stage.ARRIVED, Stage.LEFT)) {
        script.append(
            "  set %s { type %2$s . %2$s . ifname; size 1024; flags dynamic; }\n"
                .formatted(set(stage, direction), type));
      }
    }
    for (Stage stage : Stage.values()) {
      script.append(
          "  chain %s {\n    type filter hook %s priority %d; policy accept;\n"
              .formatted(stage.chain(), stage.hook(), stage.priority()));
      for (Direction direction : Direction.values()) {
        script.append("    ").append(rule(stage, direction)).append('\n');
      }
      script.append("  }\n");
    }
    return script.append("}\n").toString();
  }

  private static String set(Stage stage, Direction direction) {
    return stage.chain() + "_" + direction.word();
  }

  private String rule(Stage stage, Direction direction) {
    String addresses = probe.isIpv6() ? "ip6 saddr . ip6 daddr" : "ip saddr . ip daddr";
    String note =
        switch (stage) {
          case ARRIVED -> " add @%s { %s . iifname }".formatted(set(stage, direction), addresses);
          case LEFT -> " add @%s { %s . oifname }".formatted(set(stage, direction), addresses);
          default -> "";
        };
    return "%s%s counter comment \"%s\"".formatted(probe.match(direction), note, direction.word());
  }

  /** What has been counted so far, by namespace. */
  Map<Netns, Counts> read() {
    Map<Netns, Counts> all = new LinkedHashMap<>();
    for (Netns netns : places) {
      all.put(netns, counts(Nft.list(netns.handle(), "-j", "list", "table", "inet", TABLE)));
    }
    return all;
  }

  /** How often each stage of one namespace saw the probe, and with which addresses. */
  record Counts(
      Map<Direction, Map<Stage, Long>> packets,
      Map<Direction, Map<Stage, List<Sighting>>> sightings) {
    long at(Direction direction, Stage stage) {
      return packets.getOrDefault(direction, Map.of()).getOrDefault(stage, 0L);
    }

    boolean saw(Direction direction, Stage stage) {
      return at(direction, stage) > 0;
    }

    List<Sighting> seen(Direction direction, Stage stage) {
      return sightings.getOrDefault(direction, Map.of()).getOrDefault(stage, List.of());
    }
  }

  private static Counts counts(String json) {
    Counts counts = new Counts(new EnumMap<>(Direction.class), new EnumMap<>(Direction.class));
    try {
      for (JsonNode entry : JSON.readTree(json).path("nftables")) {
        rule(entry.path("rule"), counts);
        elements(entry.path("set"), counts);
      }
    } catch (JsonProcessingException e) {
      throw new ExperimentException("Cannot read nft's JSON", "nft", e.getMessage(), null, e);
    }
    return counts;
  }

  private static void rule(JsonNode rule, Counts into) {
    for (Direction direction : Direction.values()) {
      for (Stage stage : Stage.values()) {
        if (rule.path("comment").asText().equals(direction.word())
            && rule.path("chain").asText().equals(stage.chain())) {
          long packets = 0;
          for (JsonNode expression : rule.path("expr")) {
            packets += expression.path("counter").path("packets").asLong();
          }
          into.packets
              .computeIfAbsent(direction, d -> new EnumMap<>(Stage.class))
              .put(stage, packets);
        }
      }
    }
  }

  private static void elements(JsonNode set, Counts into) {
    for (Direction direction : Direction.values()) {
      for (Stage stage : List.of(Stage.ARRIVED, Stage.LEFT)) {
        if (set.path("name").asText().equals(set(stage, direction))) {
          List<Sighting> seen = new ArrayList<>();
          set.path("elem").forEach(element -> seen.add(sighting(element)));
          into.sightings
              .computeIfAbsent(direction, d -> new EnumMap<>(Stage.class))
              .put(stage, seen);
        }
      }
    }
  }

  /** An element is the concatenation itself, or an object that holds it. */
  private static Sighting sighting(JsonNode element) {
    JsonNode value = element.has("elem") ? element.path("elem").path("val") : element;
    JsonNode parts = value.path("concat");
    return new Sighting(
        Cidr.parseAddress(parts.path(0).asText()),
        Cidr.parseAddress(parts.path(1).asText()),
        parts.path(2).asText());
  }

  @Override
  public void close() {
    for (Netns netns : places) {
      Nft.deleteTable(netns.handle(), TABLE, "stop counting in " + netns);
    }
    places.clear();
  }
}
