package vethbook.linux.bpf;

import java.util.Locale;

/** A function of Linux that a program may call (man 7 bpf-helpers). */
enum Helper {
  /** {@code bpf_redirect(ifindex, flags)}: sends the frame as it is through a device. */
  REDIRECT(23),
  /** {@code bpf_skb_pull_data(skb, bytes)}: makes so many bytes readable at once. */
  SKB_PULL_DATA(39),
  /**
   * {@code bpf_redirect_neigh(ifindex, params, length, flags)}: looks up route and neighbour, fills
   * in the MAC addresses and sends. Since Linux 5.10.
   */
  REDIRECT_NEIGH(152),
  /**
   * {@code bpf_redirect_peer(ifindex, flags)}: as if received by the device's peer in the other
   * namespace, without a queue between. Since Linux 5.10.
   */
  REDIRECT_PEER(155);

  private final int number;

  Helper(int number) {
    this.number = number;
  }

  /** As in {@code linux/bpf.h}, enum bpf_func_id. */
  int number() {
    return number;
  }

  /** Its name in man 7 bpf-helpers. */
  String function() {
    return "bpf_" + name().toLowerCase(Locale.ROOT);
  }
}
