package vethbook.linux.rtnetlink;

import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * What only an end of a netkit pair has ({@code linux/if_link.h}, IFLA_NETKIT_*; since Linux 6.7).
 *
 * @param isPrimary the end by which Linux changes the pair and takes programs for both ends
 * @param mode 0 l2, 1 l3
 * @param policy for what this end sends while no program decides: 0 forward, 2 blackhole
 * @param peerPolicy the same for the other end
 */
public record Netkit(boolean isPrimary, int mode, int policy, int peerPolicy) {
  static final int MODE = 5;
  private static final int PEER_INFO = 1;
  private static final int PRIMARY = 2;
  private static final int POLICY = 3;
  private static final int PEER_POLICY = 4;

  static Netkit of(Attributes data) {
    return new Netkit(
        data.int8(PRIMARY, 0) != 0,
        data.int32(MODE, -1),
        data.int32(POLICY, 0),
        data.int32(PEER_POLICY, 0));
  }

  /**
   * A new pair, each end born in its own namespace.
   *
   * @param primary one end; the description that is returned is of it
   * @param peer the other
   */
  public NewLink link(NewLink primary, NewLink peer) {
    return primary.with(
        data -> {
          writePolicies(data.attribute(MODE, mode));
          data.nested(PEER_INFO, info -> Links.writeLink(peer, info));
        });
  }

  void writePolicies(Request data) {
    data.attribute(POLICY, policy).attribute(PEER_POLICY, peerPolicy);
  }
}
