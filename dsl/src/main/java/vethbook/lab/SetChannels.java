package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.Ethtool;

record SetChannels(Device device, Channels wanted, Channels old) implements Change {
  @Override
  public void apply() {
    set(wanted, old);
  }

  @Override
  public void undo() {
    set(old, wanted);
  }

  private void set(Channels to, Channels from) {
    try (Ethtool ethtool = Ethtool.in(device.netns().handle())) {
      ethtool.setChannels(device.name(), to, from);
    }
  }

  @Override
  public String command() {
    return "ip netns exec %s ethtool -L %s%s"
        .formatted(device.netns().name(), device.name(), words());
  }

  private String words() {
    return (wanted.rx() == old.rx() ? "" : " rx " + wanted.rx())
        + (wanted.tx() == old.tx() ? "" : " tx " + wanted.tx())
        + (wanted.combined() == old.combined() ? "" : " combined " + wanted.combined());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(LeftoverSettings.channels(device, old)));
  }

  @Override
  public String purpose() {
    return "set channels%s on device %s".formatted(words(), Text.place(device));
  }
}
