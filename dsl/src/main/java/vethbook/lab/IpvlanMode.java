package vethbook.lab;

import java.util.Locale;

/**
 * Where an ipvlan hands packets over. The mode belongs to the parent: all ipvlan devices on it have
 * the same.
 *
 * @see "Documentation/networking/ipvlan.rst"
 */
public enum IpvlanMode {
  /** At the link layer: the container answers ARP by itself. */
  L2(0),
  /** At the network layer: no ARP, no broadcast; the peer needs a route by the host. */
  L3(1),
  /** As L3, and packets pass the host's netfilter hooks. */
  L3S(2);

  private final int number;

  IpvlanMode(int number) {
    this.number = number;
  }

  /** As in {@code linux/if_link.h}, enum ipvlan_mode. */
  public int number() {
    return number;
  }

  /** As {@code ip link} writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
