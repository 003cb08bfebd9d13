package vethbook.lab;

import java.util.List;
import java.util.Optional;

record SetMac(Device device, String mac, String old) implements Change {
  @Override
  public void apply() {
    device.netns().handle().links().setMac(device.index(), mac);
  }

  @Override
  public void undo() {
    device.netns().handle().links().setMac(device.index(), old);
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s address %s"
        .formatted(device.netns().name(), device.name(), mac);
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(Leftover.mac(device, old)));
  }

  @Override
  public String purpose() {
    return "set MAC address " + mac + " on device " + Text.place(device);
  }
}
