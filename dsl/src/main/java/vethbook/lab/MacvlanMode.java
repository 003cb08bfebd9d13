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
  PASSTHRU(8);

  private final int number;

  MacvlanMode(int number) {
    this.number = number;
  }

  /** As in {@code linux/if_link.h}, enum macvlan_mode. */
  int number() {
    return number;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
