package vethbook.lab;

import java.util.Locale;

/**
 * At which layer a netkit pair hands packets over.
 *
 * @see "linux/if_link.h, enum netkit_mode"
 */
public enum NetkitMode {
  /** With MAC addresses and ARP. */
  L2(0),
  /** Without: both ends take every packet that the other sends. */
  L3(1);

  private final int number;

  NetkitMode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
