package vethbook.lab.kind;

import vethbook.lab.Device;
import vethbook.lab.MacvlanMode;
import vethbook.linux.netlink.Request;

/**
 * A device with a MAC address of its own on another device.
 *
 * @param name {@code macvlan}, or {@code macvtap}: its packets go to a program through {@code
 *     /dev/tapN}
 */
public record Macvlan(String name, Device parent, MacvlanMode mode) implements LinkKind {
  private static final int MODE = 1;

  @Override
  public boolean isOnParent() {
    return true;
  }

  @Override
  public String options() {
    return "mode " + mode.word();
  }

  @Override
  public void write(Request data, int parentIndex) {
    data.attribute(MODE, mode.number());
  }
}
