package vethbook.lab.kind;

import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.netlink.Request;

/**
 * The packets of one VLAN on another device (IEEE 802.1Q).
 *
 * @param id 1 to 4094
 */
public record Vlan(Device parent, int id) implements LinkKind {
  private static final int ID = 1;
  private static final int MOST = 4094;

  public Vlan {
    if (id < 1 || id > MOST) {
      throw new PlanException("Cannot take " + id + " as a VLAN id", "it is 1 to " + MOST);
    }
  }

  @Override
  public String name() {
    return "vlan";
  }

  @Override
  public boolean isOnParent() {
    return true;
  }

  @Override
  public String options() {
    return "id " + id;
  }

  @Override
  public void write(Request data, int parentIndex) {
    data.attribute16(ID, id);
  }

  /** Linux ignores another id without a word. */
  @Override
  public boolean canChange() {
    return false;
  }
}
