package vethbook.lab;

import java.util.List;
import java.util.Optional;

/** Removes a device. What it was is not remembered: nothing takes this back. */
record DeleteLink(Device device, int index) implements Change {
  @Override
  public void apply() {
    device.netns().handle().links().delete(index);
  }

  @Override
  public void undo() {
    throw new UnsupportedOperationException("a deleted device cannot be brought back: " + device);
  }

  @Override
  public String command() {
    return "ip -n %s link delete dev %s".formatted(device.netns().name(), device.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lastingIfOwn();
  }

  @Override
  public String purpose() {
    return "delete device " + Text.place(device);
  }
}
