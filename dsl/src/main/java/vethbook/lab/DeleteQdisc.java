package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.QdiscKind;
import vethbook.linux.tc.Qdiscs;

/** Takes a device's root qdisc away, so that it has Linux's default again. */
record DeleteQdisc(Device device, Qdisc old) implements Change {
  @Override
  public void apply() {
    device.netns().handle().qdiscs().deleteRoot(device.index());
  }

  @Override
  public void undo() {
    restore(device, old);
  }

  /**
   * Brings back a qdisc as it was read, its packets and counters not.
   *
   * @throws PlanException for one with classes that this lab did not make
   */
  static void restore(Device device, Qdisc old) {
    Qdiscs qdiscs = device.netns().handle().qdiscs();
    Optional<QdiscKind> known = old.known();
    if (known.isPresent()) {
      qdiscs.replaceRoot(device.index(), known.get());
    } else if (old.classes().isEmpty()) {
      qdiscs.replaceRoot(device.index(), old.kind(), old.options());
    } else {
      throw new PlanException(
          "Cannot bring back qdisc %s of device %s with its %d classes"
              .formatted(old.kind(), Text.place(device), old.classes().size()),
          null);
    }
  }

  @Override
  public String command() {
    return "tc -n %s qdisc del dev %s root".formatted(device.netns().name(), device.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.isOwn()
        ? Optional.of(List.of())
        : LeftoverSettings.qdisc(device, Optional.of(old)).map(List::of);
  }

  @Override
  public String purpose() {
    return "delete qdisc %s of device %s".formatted(old.kind(), Text.place(device));
  }
}
