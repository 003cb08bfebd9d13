package vethbook.lab;

import java.util.List;
import java.util.Optional;

record SetUp(Device device, boolean up) implements Change {
  @Override
  public void apply() {
    device.netns().handle().links().setUp(device.index(), up);
  }

  @Override
  public void undo() {
    device.netns().handle().links().setUp(device.index(), !up);
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s %s"
        .formatted(device.netns().name(), device.name(), up ? "up" : "down");
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> up ? List.of(Leftover.up(device, false)) : Leftover.down(device));
  }

  @Override
  public String purpose() {
    return "set device " + Text.place(device) + (up ? " up" : " down");
  }
}
