package vethbook.diagnose;

import java.util.Locale;

/** The places of a namespace where a passing packet is counted (man 8 nft, netfilter hooks). */
enum Stage {
  /** It came in through a device. */
  ARRIVED("prerouting", -450),
  /** It was found to be for this namespace itself. */
  FOR_HERE("input", -450),
  /** Programs may have it. */
  DELIVERED("input", 450),
  /** It was found to be for elsewhere. */
  FOR_ELSEWHERE("forward", -450),
  /** No filter kept it. */
  FORWARDED("forward", 450),
  /** A program or Linux itself sends it. */
  SENT("output", -450),
  /** It is on its way to a device. */
  LEFT("postrouting", 450);

  private final String hook;
  private final int priority;

  Stage(String hook, int priority) {
    this.hook = hook;
    this.priority = priority;
  }

  String hook() {
    return hook;
  }

  int priority() {
    return priority;
  }

  String chain() {
    return name().toLowerCase(Locale.ROOT);
  }
}
