package vethbook.lab.filter;

import java.util.Locale;

/**
 * A base chain of the lab's table; in the order in which a script makes them.
 *
 * @see "man 8 nft, CHAINS"
 */
public enum OwnChain {
  /** Translates destinations of packets that come in. */
  PREROUTING("nat", "prerouting", "dstnat"),
  /** Translates destinations of the namespace's own packets. */
  OUTPUT_NAT("nat", "output", "-100"),
  /** Translates sources of packets that leave. */
  POSTROUTING("nat", "postrouting", "srcnat"),
  /** Filters packets to the namespace itself. */
  INPUT("filter", "input", "filter"),
  /** Filters packets that it sends on. */
  FORWARD("filter", "forward", "filter"),
  /** Filters its own packets. */
  OUTPUT("filter", "output", "filter");

  private final String type;
  private final String hook;
  private final String priority;

  OwnChain(String type, String hook, String priority) {
    this.type = type;
    this.hook = hook;
    this.priority = priority;
  }

  /** Its name in the table: {@code forward}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code inet vethbook forward}. */
  String place() {
    return OwnTable.PLACE + " " + text();
  }

  String declaration(String policy) {
    return "add chain %s { type %s hook %s priority %s; policy %s; }"
        .formatted(place(), type, hook, priority, policy);
  }
}
