package vethbook.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import vethbook.lab.filter.OwnChain;
import vethbook.lab.filter.OwnTable;
import vethbook.lab.filter.Step;
import vethbook.lab.filter.Steps;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.nft.Nft;
import vethbook.linux.nft.Ruleset;

/**
 * Brings a namespace's own table from one state to another, as one transaction of nft. Rules that
 * stay keep their counters, unless somebody else has changed the table: then it is made anew.
 *
 * @param what the rule that it is about, for texts
 */
record LoadRules(Netns netns, OwnTable wanted, OwnTable old, String what) implements Change {
  @Override
  public void apply() {
    load(old, wanted);
  }

  @Override
  public void undo() {
    load(wanted, old);
  }

  private void load(OwnTable from, OwnTable to) {
    Map<String, Integer> handles = new HashMap<>();
    boolean isAnew = from.equals(to);
    if (!from.chains().isEmpty()) {
      isAnew = isAnew || !handles(netns.handle(), from, handles);
    }
    String script =
        isAnew ? OwnTable.DELETE + script(OwnTable.EMPTY, to, Map.of()) : script(from, to, handles);
    Nft.load(netns.handle(), script, purpose());
    netns.packetRules().loaded(to);
  }

  private static String script(OwnTable from, OwnTable to, Map<String, Integer> handles) {
    return Steps.between(from, to).stream()
        .map(step -> step.script(handles) + "\n")
        .collect(Collectors.joining());
  }

  /** Whether the table is as it was left. */
  static boolean isThere(NetnsHandle netns, OwnTable table) {
    return handles(netns, table, new HashMap<>());
  }

  private static boolean handles(NetnsHandle netns, OwnTable table, Map<String, Integer> into) {
    Ruleset there = Ruleset.readTable(netns, OwnTable.FAMILY, OwnTable.NAME);
    for (OwnChain chain : table.chains()) {
      Optional<Ruleset.Chain> found = there.chain(OwnTable.FAMILY, OwnTable.NAME, chain.text());
      List<String> comments =
          found.stream().flatMap(c -> c.rules().stream()).map(Ruleset.Rule::comment).toList();
      if (found.isEmpty()
          || !found.get().policy().equals(table.policy(chain))
          || !comments.equals(table.comments(chain))) {
        return false;
      }
      found
          .get()
          .rules()
          .forEach(rule -> into.put(Step.key(chain.text(), rule.comment()), rule.handle()));
    }
    return true;
  }

  /** Takes all rules of labs away; nothing happens where there are none. */
  static void clear(NetnsHandle netns) {
    Nft.load(netns, OwnTable.DELETE, "remove the rules of the lab in " + netns);
  }

  @Override
  public String command() {
    String nft = "ip netns exec " + netns.name() + " nft";
    boolean isAnew = wanted.equals(old);
    return Steps.between(isAnew ? OwnTable.EMPTY : old, wanted).stream()
        .map(step -> step.shell(nft))
        .collect(
            Collectors.joining(
                "\n",
                isAnew ? nft + " delete table " + OwnTable.FAMILY + " " + OwnTable.NAME + "\n" : "",
                ""));
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(List.of(Leftover.nat()));
  }

  @Override
  public String purpose() {
    return what + " in " + netns;
  }
}
