package vethbook.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.linux.Cidr;

/**
 * The address translation of a namespace: what its table {@code vethbook} holds.
 *
 * @param rules in the order in which they are tried
 */
record Nat(List<Masquerade> rules) {
  static final Nat NONE = new Nat(List.of());
  private static final String TABLE = "vethbook";
  private static final String CHAIN = "postrouting";

  /** Source addresses of a network become the address of the device they leave through. */
  record Masquerade(Cidr source, String out) {
    String command(Netns netns) {
      return "ip netns exec %s nft add rule %s %s %s %s saddr %s oifname %s counter masquerade"
          .formatted(
              netns.name(), family(source), TABLE, CHAIN, family(source), source, quote(out));
    }

    private static String quote(String device) {
      return "'\"" + device + "\"'";
    }
  }

  Nat and(Masquerade rule) {
    if (rules.contains(rule)) {
      return this;
    }
    List<Masquerade> more = new ArrayList<>(rules);
    more.add(rule);
    return new Nat(more);
  }

  /** The ruleset as nft's JSON (man 5 libnftables-json); loaded as one transaction. */
  Map<String, Object> json() {
    List<Object> commands = new ArrayList<>();
    for (String family : new String[] {"ip", "ip6"}) {
      // adding before deleting, so that deleting never fails
      commands.add(Map.of("add", Map.of("table", Map.of("family", family, "name", TABLE))));
      commands.add(Map.of("delete", Map.of("table", Map.of("family", family, "name", TABLE))));
      if (rules.stream().anyMatch(rule -> family(rule.source()).equals(family))) {
        commands.add(Map.of("add", Map.of("table", Map.of("family", family, "name", TABLE))));
        commands.add(Map.of("add", Map.of("chain", chain(family))));
      }
    }
    rules.forEach(rule -> commands.add(Map.of("add", Map.of("rule", rule(rule)))));
    return Map.of("nftables", commands);
  }

  private static Map<String, Object> chain(String family) {
    Map<String, Object> chain = new LinkedHashMap<>(Map.of("family", family, "table", TABLE));
    chain.putAll(Map.of("name", CHAIN, "type", "nat", "hook", "postrouting", "prio", 100));
    chain.put("policy", "accept");
    return chain;
  }

  private static Map<String, Object> rule(Masquerade rule) {
    String family = family(rule.source());
    Object network =
        Map.of(
            "prefix",
            Map.of(
                "addr", rule.source().address().getHostAddress(),
                "len", rule.source().prefixLength()));
    Object from = Map.of("payload", Map.of("protocol", family, "field", "saddr"));
    Object device = Map.of("meta", Map.of("key", "oifname"));
    List<Object> expressions =
        List.of(
            match(from, network),
            match(device, rule.out()),
            Map.of("counter", Map.of("packets", 0, "bytes", 0)),
            Map.of("masquerade", Map.of()));
    return Map.of("family", family, "table", TABLE, "chain", CHAIN, "expr", expressions);
  }

  private static Map<String, Object> match(Object left, Object right) {
    return Map.of("match", Map.of("op", "==", "left", left, "right", right));
  }

  private static String family(Cidr source) {
    return source.isIpv6() ? "ip6" : "ip";
  }

  /** The commands for people: the chain with its first rule, then a line a rule. */
  String commands(Netns netns, Nat before) {
    List<String> lines = new ArrayList<>();
    for (Masquerade rule : rules) {
      if (before.rules.contains(rule)) {
        continue;
      }
      String nft = "ip netns exec " + netns.name() + " nft ";
      String family = family(rule.source());
      lines.add(nft + "add table " + family + " " + TABLE);
      lines.add(
          nft
              + "'add chain %s %s %s { type nat hook postrouting priority 100; }'"
                  .formatted(family, TABLE, CHAIN));
      lines.add(rule.command(netns));
    }
    return String.join("\n", lines);
  }
}
