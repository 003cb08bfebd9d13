package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.ethtool.Rings;

record SetRings(Device device, Rings wanted, Rings old) implements Change {
  @Override
  public void apply() {
    set(wanted, old);
  }

  @Override
  public void undo() {
    set(old, wanted);
  }

  private void set(Rings to, Rings from) {
    try (Ethtool ethtool = Ethtool.in(device.netns().handle())) {
      ethtool.setRings(device.name(), to, from);
    }
  }

  @Override
  public String command() {
    return "ip netns exec %s ethtool -G %s%s"
        .formatted(device.netns().name(), device.name(), words());
  }

  private String words() {
    return (wanted.rx() == old.rx() ? "" : " rx " + wanted.rx())
        + (wanted.tx() == old.tx() ? "" : " tx " + wanted.tx());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(LeftoverSettings.rings(device, old)));
  }

  @Override
  public String purpose() {
    return "set rings%s on device %s".formatted(words(), Text.place(device));
  }
}
