package vethbook.lab;

import java.util.List;
import java.util.Optional;

/** Gives a device the place where its ingress program is attached, where it has none. */
final class AddClsact implements Change {
  private final Device device;
  private boolean isAdded;

  AddClsact(Device device) {
    this.device = device;
  }

  @Override
  public void apply() {
    isAdded = device.netns().handle().ingressFilters().addClsact(device.index());
  }

  @Override
  public void undo() {
    if (isAdded) {
      device.netns().handle().ingressFilters().deleteClsact(device.index());
    }
  }

  /** Nothing when it was there: a second one is an error. */
  @Override
  public String command() {
    return isAdded
        ? "tc -n %s qdisc add dev %s clsact".formatted(device.netns().name(), device.name())
        : "";
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
    return "add a clsact qdisc to device " + Text.place(device);
  }
}
