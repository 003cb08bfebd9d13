package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vethbook.lab.filter.Filters;
import vethbook.lab.filter.OwnChain;
import vethbook.lab.filter.OwnRule;
import vethbook.lab.filter.OwnRule.Line;
import vethbook.lab.filter.OwnTable;
import vethbook.lab.filter.Translations;
import vethbook.lab.filter.Translations.Balance;
import vethbook.linux.Cidr;
import vethbook.linux.nft.Ruleset;

/** The filter and translation rules that words have made in one namespace. */
public final class PacketRules {
  private static final String OFF = "0";

  private final Netns netns;
  private final NftTexts texts;
  private final RouteLocalnet routeLocalnet;
  private OwnTable present = OwnTable.EMPTY;
  private int numbered;

  PacketRules(Netns netns) {
    this.netns = netns;
    this.texts = new NftTexts(netns);
    this.routeLocalnet = new RouteLocalnet(netns);
  }

  /** The rules there should be. */
  public OwnTable table() {
    return netns.lab().plan().map(plan -> plan.table(netns, present)).orElse(present);
  }

  /** Rulesets written by hand. */
  public NftTexts texts() {
    return texts;
  }

  void loaded(OwnTable now) {
    present = now;
  }

  /** All rules of the namespace, whoever has made them. */
  public Ruleset all() {
    return Ruleset.read(netns.handle());
  }

  /**
   * Opens a port that leads elsewhere, as Docker's {@code -p}.
   *
   * @throws vethbook.linux.netlink.NetlinkException when the namespace has no way there
   */
  public PacketRule publish(Mapping mapping) {
    PacketRule rule = add(mapping.publish(netns));
    noteNoForwarding(
        mapping.targets(), "only its own programs reach them by port " + mapping.port());
    noteDropped();
    return rule;
  }

  /** Opens an address and port that lead to one of several targets. */
  public PacketRule service(InetAddress address, Mapping mapping, Balance balance) {
    PacketRule rule = add(mapping.service(netns, address, balance));
    noteNoForwarding(mapping.targets(), "only its own programs reach them by this service");
    noteDropped();
    return rule;
  }

  /** Sends what is for one address to another. */
  public PacketRule dnat(InetAddress address, InetAddress target) {
    PacketRule rule = add(Translations.dnat(address, Mapping.target(netns, target, 0)));
    noteNoForwarding(List.of(target), "only its own programs reach it so");
    noteDropped();
    return rule;
  }

  /** Gives packets that leave another source. */
  public PacketRule snat(Cidr source, Device out, InetAddress to) {
    PacketRule rule = add(Translations.snat(source, out.name(), to));
    if (netns.addresses().stream().noneMatch(own -> own.address().equals(to))) {
      netns
          .lab()
          .note(
              "note: no device of %s has the address %s: answers come back only if others send them here"
                  .formatted(netns, Cidr.text(to)));
    }
    return rule;
  }

  /** Adds a rule that lets packets pass or not. */
  public PacketRule filter(OwnRule rule, boolean isNamed) {
    PacketRule added = isNamed ? add(rule) : addNumbered(rule);
    boolean isForward = rule.lines().get(0).chain() == OwnChain.FORWARD;
    if (isForward && isOff("net.ipv4.ip_forward") && isOff("net.ipv6.conf.all.forwarding")) {
      netns
          .lab()
          .note(
              "note: %s forwards nothing (net.ipv4.ip_forward is 0), so chain forward sees no packets: say chain: 'input' or 'output', or forwarding true"
                  .formatted(netns));
    }
    return added;
  }

  /** Lets the namespace forward all but what rules drop, or nothing but what rules allow. */
  public PacketRule forwardPolicy(boolean drops, boolean established, boolean published) {
    if (drops) {
      return add(Filters.dropForwarded(established, published));
    }
    delete(Filters.FORWARD_POLICY);
    return new PacketRule(netns, Filters.FORWARD_POLICY);
  }

  private void noteNoForwarding(List<InetAddress> targets, String consequence) {
    boolean ipv6 = targets.stream().allMatch(target -> target.getAddress().length == 16);
    String key = ipv6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
    if (isOff(key)) {
      netns
          .lab()
          .note(
              "note: %s does not forward (%s is 0): %s. To open it to others say forwarding true"
                  .formatted(netns, key, consequence));
    }
  }

  private boolean isOff(String key) {
    return netns.sysctl(key).equals(OFF);
  }

  private void noteDropped() {
    boolean isAllowed =
        table().rules().stream()
            .flatMap(rule -> rule.lines().stream())
            .filter(line -> line.chain() == OwnChain.FORWARD && !line.label().equals("established"))
            .anyMatch(line -> line.text().endsWith("accept"));
    if (table().dropsForwarded() && !isAllowed) {
      netns
          .lab()
          .note(
              "note: %s forwards nothing but what is allowed: say allow to: ... for it, or forwardPolicy 'drop', published: true"
                  .formatted(netns));
    }
  }

  /**
   * Adds a rule, or puts it in the place of the one of its name; nothing happens when that does the
   * same.
   */
  PacketRule add(OwnRule rule) {
    String what =
        switch (rule.kind()) {
          case TRANSLATION -> rule.name();
          case FILTER -> rule.words();
          case FORWARD_DROP -> "set the forward policy";
        };
    set(table().and(rule), what);
    return new PacketRule(netns, rule.name());
  }

  /** Adds a rule that has no name of its own, unless there is one that does the same. */
  private PacketRule addNumbered(OwnRule rule) {
    Optional<OwnRule> same = table().rules().stream().filter(rule::isLike).findFirst();
    if (same.isPresent()) {
      return add(same.get());
    }
    int number = 1 + Math.max(numbered, table().highestNumber());
    PacketRule added = add(rule.named(rule.name() + " " + number));
    if (netns.lab().plan().isEmpty()) {
      numbered = number;
    }
    return added;
  }

  void delete(String name) {
    set(table().without(name), "delete rule '" + name + "'");
  }

  private void set(OwnTable wanted, String what) {
    List<Change> changes = new ArrayList<>();
    if (!wanted.equals(table()) || !isThere()) {
      changes.add(new LoadRules(netns, wanted, table(), what));
    }
    Set<String> local = localDevices(wanted);
    Map<String, String> before = routeLocalnet.before(local);
    changes.addAll(routeLocalnet.changes(local));
    if (!changes.isEmpty()) {
      netns.lab().apply(changes);
    }
    if (!changes.isEmpty() && netns.lab().plan().isEmpty()) {
      routeLocalnet.changed(before);
    }
  }

  /** Whether Linux has the rules; a plan believes it. */
  private boolean isThere() {
    return netns.lab().plan().isPresent()
        || present.rules().isEmpty()
        || LoadRules.isThere(netns.handle(), present);
  }

  private static Set<String> localDevices(OwnTable wanted) {
    return wanted.rules().stream()
        .map(OwnRule::localDevice)
        .filter(device -> !device.isEmpty())
        .collect(Collectors.toSet());
  }

  String words(String name) {
    return table().rule(name).map(OwnRule::words).orElse("(deleted)");
  }

  /** The sum over the lines that count for it. */
  Ruleset.Counter counter(String name) {
    OwnRule rule = table().rule(name).orElseThrow(() -> noRule(name));
    Set<String> comments =
        rule.lines().stream().filter(Line::counts).map(rule::comment).collect(Collectors.toSet());
    List<Ruleset.Rule> counted =
        Ruleset.readTable(netns.handle(), OwnTable.FAMILY, OwnTable.NAME).chains().stream()
            .flatMap(chain -> chain.rules().stream())
            .filter(line -> comments.contains(line.comment()))
            .toList();
    return new Ruleset.Counter(
        counted.stream().mapToLong(Ruleset.Rule::packets).sum(),
        counted.stream().mapToLong(Ruleset.Rule::bytes).sum());
  }

  private PlanException noRule(String name) {
    return new PlanException(
        "Cannot count packets of '%s' in %s: it was deleted".formatted(name, netns), null);
  }
}
