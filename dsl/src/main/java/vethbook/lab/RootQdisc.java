package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.QdiscKind;

/** The queueing discipline that takes all packets which a device sends: {@code tc qdisc}. */
public final class RootQdisc {
  private final Device device;

  public RootQdisc(Device device) {
    this.device = device;
  }

  /** All qdiscs of the device with what they have counted, those below the root too. */
  public List<Qdisc> list() {
    int index = device.existing().index();
    return device.netns().view().isReal(device.name())
        ? device.netns().handle().qdiscs().of(index)
        : List.of();
  }

  /** Replaces what is there; nothing happens when it is there with these options. */
  public void set(QdiscKind wanted) {
    Optional<Qdisc> old = root();
    if (old.filter(wanted::isMetBy).isEmpty()) {
      device.netns().lab().apply(List.of(new SetQdisc(device, wanted, old)));
    }
  }

  /** Gives the device back what Linux had given it; nothing happens when it has that. */
  public void remove() {
    Optional<Qdisc> old = root();
    if (old.isPresent() && !old.get().isDefault()) {
      device.netns().lab().apply(List.of(new DeleteQdisc(device, old.get())));
    }
  }

  private Optional<Qdisc> root() {
    return list().stream().filter(Qdisc::isRoot).findFirst();
  }
}
