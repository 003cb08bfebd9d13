package vethbook.lab;

import java.util.List;

record SetMtu(Device device, int bytes, int old) implements Change {
  @Override
  public void apply() {
    device.netns().handle().links().setMtu(device.index(), bytes);
  }

  @Override
  public void undo() {
    device.netns().handle().links().setMtu(device.index(), old);
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s mtu %d".formatted(device.netns().name(), device.name(), bytes);
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public String purpose() {
    return "set mtu " + bytes + " on device " + Text.place(device);
  }
}
