package vethbook.lab;

import vethbook.linux.rtnetlink.Netkit;

/**
 * What a netkit pair can be told when it is made; the policies also later.
 *
 * @param policy for what the first end, the primary device, sends
 * @param peerPolicy for what the second sends
 */
public record NetkitOptions(NetkitMode mode, NetkitPolicy policy, NetkitPolicy peerPolicy) {
  Netkit netkit() {
    return new Netkit(true, mode.number(), policy.number(), peerPolicy.number());
  }

  /** As {@code ip link} has it: {@code mode l3 forward peer blackhole}. */
  String text() {
    return "mode %s %s".formatted(mode.word(), policies());
  }

  String policies() {
    return policy.word() + " peer " + peerPolicy.word();
  }
}
