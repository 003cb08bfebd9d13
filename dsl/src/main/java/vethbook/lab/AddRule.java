package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.rtnetlink.Rule;

/** Adds a rule that chooses a routing table, or takes it away. */
record AddRule(Netns netns, Rule rule, boolean adds) implements Change {
  @Override
  public void apply() {
    set(adds);
  }

  @Override
  public void undo() {
    set(!adds);
  }

  private void set(boolean add) {
    if (add) {
      netns.handle().rules().add(rule);
    } else {
      netns.handle().rules().delete(rule);
    }
  }

  @Override
  public String command() {
    return "ip -n %s%s rule %s %s"
        .formatted(netns.name(), rule.isIpv6() ? " -6" : "", adds ? "add" : "del", rule.text());
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return adds ? Optional.of(List.of(Leftover.newRule(rule))) : Optional.empty();
  }

  @Override
  public String purpose() {
    return (adds ? "add" : "delete") + " rule '" + rule.text() + "' in " + netns;
  }
}
