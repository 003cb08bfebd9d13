package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.Cidr;

/** Notes which addresses a word gave, for when it is said again; changes nothing on the system. */
record Remember(Device device, List<Cidr> addresses) implements Change {
  @Override
  public void apply() {
    device.origin(device.origin().with(addresses));
  }

  @Override
  public void undo() {
    device.origin(device.origin().with(List.of()));
  }

  @Override
  public String command() {
    return "";
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(List.of());
  }

  @Override
  public String purpose() {
    return "remember the addresses of " + device;
  }
}
