package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.lab.kind.LinkKind;

/** Makes a TUN or TAP device whose other end is a file descriptor of this process. */
record OpenTun(Device device, LinkKind kind, Tuns tuns) implements Change {
  @Override
  public void apply() {
    tuns.open(device, kind.name().equals(Tuns.TAP));
    device.origin(Origin.of(kind));
  }

  @Override
  public void undo() {
    tuns.close(device);
    device.origin(Origin.UNKNOWN);
  }

  @Override
  public String command() {
    return "ip -n %s tuntap add dev %s mode %s"
        .formatted(device.netns().name(), device.name(), kind.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  /** Nothing: the device ends with this process. */
  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(List.of());
  }

  @Override
  public String purpose() {
    return "make " + kind.name() + " " + Text.place(device);
  }
}
