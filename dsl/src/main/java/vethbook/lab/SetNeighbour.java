package vethbook.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Neighbours;

/** A neighbour that is known for good, or an address that a device answers for. */
record SetNeighbour(Device device, Neighbour wanted, @Nullable Neighbour old) implements Change {
  @Override
  public void apply() {
    device.netns().handle().neighbours().replace(at(wanted));
  }

  @Override
  public void undo() {
    Neighbours neighbours = device.netns().handle().neighbours();
    if (old == null) {
      neighbours.delete(at(wanted));
    } else {
      neighbours.replace(at(old));
    }
  }

  private Neighbour at(Neighbour entry) {
    return new Neighbour(
        device.index(), entry.address(), entry.mac(), entry.state(), entry.isProxy());
  }

  @Override
  public String command() {
    String address = wanted.address() == null ? "" : Cidr.text(wanted.address());
    String what =
        wanted.isProxy()
            ? "proxy " + address
            : address + " lladdr " + wanted.mac() + " nud permanent";
    return "ip -n %s neighbour replace %s dev %s"
        .formatted(device.netns().name(), what, device.name());
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
    return "set neighbour '" + wanted.text() + "' on device " + Text.place(device);
  }
}
