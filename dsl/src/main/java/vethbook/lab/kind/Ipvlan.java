package vethbook.lab.kind;

import vethbook.lab.Device;
import vethbook.lab.IpvlanFlag;
import vethbook.lab.IpvlanMode;
import vethbook.linux.netlink.Request;

/**
 * A device with its parent's MAC address and IP addresses of its own.
 *
 * @param flag how the devices of one parent reach each other
 * @see "Documentation/networking/ipvlan.rst"
 */
public record Ipvlan(Device parent, IpvlanMode mode, IpvlanFlag flag) implements LinkKind {
  private static final int MODE = 1;
  private static final int FLAGS = 2;

  @Override
  public String name() {
    return "ipvlan";
  }

  @Override
  public boolean isOnParent() {
    return true;
  }

  @Override
  public String options() {
    return "mode " + mode.word() + (flag == IpvlanFlag.BRIDGE ? "" : " " + flag.word());
  }

  @Override
  public void write(Request data, int parentIndex) {
    data.attribute16(MODE, mode.number()).attribute16(FLAGS, flag.number());
  }
}
