package vethbook.lab.filter;

import java.util.ArrayList;
import java.util.List;

/** The fewest commands that lead from one state of the lab's table to another. */
public final class Steps {
  private final OwnTable from;
  private final OwnTable to;
  private final List<Step> steps = new ArrayList<>();

  private Steps(OwnTable from, OwnTable to) {
    this.from = from;
    this.to = to;
  }

  /** Rules that stay keep their counters. */
  public static List<Step> between(OwnTable from, OwnTable to) {
    return new Steps(from, to).all();
  }

  private List<Step> all() {
    List<OwnChain> before = from.chains();
    List<OwnChain> after = to.chains();
    if (before.isEmpty() && !after.isEmpty()) {
      add("add table " + OwnTable.PLACE);
    }
    if (after.isEmpty() && !before.isEmpty()) {
      add("delete table " + OwnTable.PLACE);
      return steps;
    }
    for (OwnChain chain : OwnChain.values()) {
      if (after.contains(chain)) {
        boolean isNew = !before.contains(chain);
        if (isNew || !from.policy(chain).equals(to.policy(chain))) {
          add(chain.declaration(to.policy(chain)));
        }
        rules(chain);
      } else if (before.contains(chain)) {
        add("flush chain " + chain.place());
        add("delete chain " + chain.place());
      }
    }
    return steps;
  }

  /** What is alike at both ends stays; between them the old goes and the new comes. */
  private void rules(OwnChain chain) {
    List<OwnTable.Entry> old = from.entries(chain);
    List<OwnTable.Entry> wanted = to.entries(chain);
    int shorter = Math.min(old.size(), wanted.size());
    int head = 0;
    while (head < shorter && old.get(head).equals(wanted.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && old.get(old.size() - 1 - tail).equals(wanted.get(wanted.size() - 1 - tail))) {
      tail++;
    }
    for (int i = head; i < old.size() - tail; i++) {
      steps.add(new Step.DeleteRule(chain, old.get(i).comment()));
    }
    for (int i = head; i < wanted.size() - tail; i++) {
      String rule = wanted.get(i).rule();
      if (tail == 0) {
        add("add rule " + chain.place() + " " + rule);
      } else {
        // nft refuses an index in an empty chain; the first place needs none
        String where = i == 0 ? "" : " index " + i;
        add("insert rule " + chain.place() + where + " " + rule);
      }
    }
  }

  private void add(String text) {
    steps.add(new Step.Plain(text));
  }
}
