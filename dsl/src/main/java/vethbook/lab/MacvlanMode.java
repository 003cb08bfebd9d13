package vethbook.lab;

import java.util.Locale;

/** How the macvlan devices of one parent reach each other (man 8 ip-link). */
public enum MacvlanMode {
  /** Not at all. */
  PRIVATE(1),
  /** By way of the switch outside. */
  VEPA(2),
  /** Directly. */
  BRIDGE(4),
  /** One device alone, with the parent's own address. */
  PASSTHRU(8),
  /** As the parent, but receives only from listed source addresses. */
  SOURCE(16);

  private final int number;

  MacvlanMode(int number) {
    this.number = number;
  }

  /** As in {@code linux/if_link.h}, enum macvlan_mode. */
  public int number() {
    return number;
  }

  /** As {@code ip link} writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
