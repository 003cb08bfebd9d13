package vethbook.lab;

import java.util.List;
import java.util.Optional;

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
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(Leftover.mtu(device, old)));
  }

  @Override
  public String purpose() {
    return "set mtu " + bytes + " on device " + Text.place(device);
  }
}
