package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.lab.kind.LinkKind;

/** Gives an existing device other options of its kind. */
record ChangeKind(Device device, LinkKind wanted, LinkKind old) implements Change {
  @Override
  public void apply() {
    set(wanted, old);
  }

  @Override
  public void undo() {
    set(old, wanted);
  }

  private void set(LinkKind kind, LinkKind from) {
    Device parent = kind.parent();
    int parentIndex = parent == null ? 0 : parent.index();
    device
        .netns()
        .handle()
        .links()
        .setKindData(
            device.index(), kind.name(), data -> kind.writeChange(data, parentIndex, from));
    device.origin(device.origin().withMade(kind));
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s type %s %s"
        .formatted(device.netns().name(), device.name(), wanted.name(), wanted.options());
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
    return "set %s on %s %s".formatted(wanted.options(), wanted.name(), Text.place(device));
  }
}
