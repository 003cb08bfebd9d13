package vethbook.linux.tc;

import vethbook.linux.netlink.Request;

/**
 * No queue: a packet goes straight to the device. What veth and other virtual devices start with.
 */
public record Noqueue() implements QdiscKind {
  static final String NAME = "noqueue";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public void write(Request options) {}

  @Override
  public boolean isMetBy(Qdisc there) {
    return there.kind().equals(NAME);
  }
}
