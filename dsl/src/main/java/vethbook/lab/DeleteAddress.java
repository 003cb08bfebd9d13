package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.Cidr;

record DeleteAddress(Device device, Cidr cidr) implements Change {
  @Override
  public void apply() {
    device.netns().handle().addresses().delete(device.index(), cidr);
    device.netns().lab().addresses().released(cidr);
  }

  @Override
  public void undo() {
    new AddAddress(device, cidr).apply();
  }

  @Override
  public String command() {
    return "ip -n %s address del %s dev %s".formatted(device.netns().name(), cidr, device.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(Leftover.withoutAddress(device, cidr)));
  }

  @Override
  public String purpose() {
    return "take address " + cidr + " from device " + Text.place(device);
  }
}
