package vethbook.lab;

import java.util.Locale;

/**
 * What becomes of a packet that an end of a netkit pair sends while no program decides.
 *
 * @see "linux/if_link.h, enum netkit_action"
 */
public enum NetkitPolicy {
  /** The other end receives it. */
  FORWARD(0),
  /** It is dropped, without a word. */
  BLACKHOLE(2);

  private final int number;

  NetkitPolicy(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static NetkitPolicy of(int number) {
    return number == BLACKHOLE.number ? BLACKHOLE : FORWARD;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
