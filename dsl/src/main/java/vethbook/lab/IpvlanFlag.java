package vethbook.lab;

import java.util.Locale;

/** How the ipvlan devices of one parent reach each other. The parent's, like the mode. */
public enum IpvlanFlag {
  /** Directly. */
  BRIDGE(0),
  /** Not at all. */
  PRIVATE(1),
  /** By way of the switch outside. */
  VEPA(2);

  private final int number;

  IpvlanFlag(int number) {
    this.number = number;
  }

  /** As in {@code linux/if_link.h}, IPVLAN_F_PRIVATE and IPVLAN_F_VEPA. */
  public int number() {
    return number;
  }

  /** As {@code ip link} writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
