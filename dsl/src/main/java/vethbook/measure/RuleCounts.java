package vethbook.measure;

import java.util.Map;
import java.util.TreeMap;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.nft.Ruleset;

/** What the rules of nft in a namespace count. */
final class RuleCounts {
  private RuleCounts() {}

  /**
   * {@code nft.FAMILY.TABLE.CHAIN.HANDLE.packets} and {@code .bytes} of each rule with a counter;
   * {@code nft -a list ruleset} shows handles.
   */
  static Map<String, Long> read(NetnsHandle netns) {
    Map<String, Long> counters = new TreeMap<>();
    for (Ruleset.Chain chain : Ruleset.read(netns).chains()) {
      for (Ruleset.Rule rule : chain.rules()) {
        if (rule.counter() != null) {
          String name = "nft." + chain.place().replace(' ', '.') + "." + rule.handle();
          counters.put(name + ".packets", rule.packets());
          counters.put(name + ".bytes", rule.bytes());
        }
      }
    }
    return counters;
  }
}
