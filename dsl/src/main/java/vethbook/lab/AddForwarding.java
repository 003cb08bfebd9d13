package vethbook.lab;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/** Where frames to a MAC address go: a bridge's port, or by a vxlan the host at an address. */
record AddForwarding(Device device, String mac, @Nullable InetAddress to) implements Change {
  @Override
  public void apply() {
    device.netns().handle().neighbours().forward(device.index(), mac, to);
  }

  @Override
  public void undo() {
    device.netns().handle().neighbours().unforward(device.index(), mac, to);
  }

  @Override
  public String command() {
    return "bridge -n %s fdb append %s dev %s %s"
        .formatted(
            device.netns().name(),
            mac,
            device.name(),
            to == null ? "master static" : "dst " + Cidr.text(to));
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
    return "send frames to %s through device %s%s"
        .formatted(mac, Text.place(device), to == null ? "" : " to " + Cidr.text(to));
  }
}
