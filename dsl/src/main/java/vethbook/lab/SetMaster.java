package vethbook.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a device a port of a bridge, or with null takes it out of its bridge. */
record SetMaster(Device port, @Nullable Device bridge, @Nullable Device old) implements Change {
  @Override
  public void apply() {
    set(bridge);
  }

  @Override
  public void undo() {
    set(old);
  }

  private void set(@Nullable Device master) {
    port.netns().handle().links().setMaster(port.index(), master == null ? 0 : master.index());
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s %s"
        .formatted(
            port.netns().name(),
            port.name(),
            bridge == null ? "nomaster" : "master " + bridge.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(port.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return port.lasting(() -> List.of(Leftover.master(port, old)));
  }

  @Override
  public String purpose() {
    return bridge == null
        ? "take device " + Text.place(port) + " out of its bridge"
        : "make device " + Text.place(port) + " a port of bridge " + bridge.name();
  }
}
