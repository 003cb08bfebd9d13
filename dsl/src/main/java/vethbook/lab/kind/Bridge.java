package vethbook.lab.kind;

import vethbook.linux.netlink.Request;

/**
 * A switch (man 8 bridge). Ports forward at once: the forward delay is 0.
 *
 * @param stp takes part in the spanning tree protocol (IEEE 802.1D)
 * @param vlanFiltering keeps the VLANs of its ports apart (IEEE 802.1Q)
 */
public record Bridge(boolean stp, boolean vlanFiltering) implements LinkKind {
  private static final int FORWARD_DELAY = 1;
  private static final int STP_STATE = 5;
  private static final int VLAN_FILTERING = 7;

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public String options() {
    return "forward_delay 0 stp_state "
        + (stp ? 1 : 0)
        + (vlanFiltering ? " vlan_filtering 1" : "");
  }

  /** A Linux without VLAN filtering refuses the attribute even when it says no. */
  @Override
  public void write(Request data, int parentIndex) {
    data.attribute(FORWARD_DELAY, 0).attribute(STP_STATE, stp ? 1 : 0);
    if (vlanFiltering) {
      data.attribute8(VLAN_FILTERING, 1);
    }
  }

  @Override
  public void writeChange(Request data, int parentIndex, LinkKind old) {
    data.attribute(STP_STATE, stp ? 1 : 0);
    if (!(old instanceof Bridge bridge && bridge.vlanFiltering == vlanFiltering)) {
      data.attribute8(VLAN_FILTERING, vlanFiltering ? 1 : 0);
    }
  }
}
