package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.Cidr;

record AddAddress(Device device, Cidr cidr) implements Change {
  @Override
  public void apply() {
    device.netns().lab().addresses().requireFree(cidr, device);
    device.netns().handle().addresses().add(device.index(), cidr);
    device.netns().lab().addresses().taken(cidr, device);
  }

  @Override
  public void undo() {
    new DeleteAddress(device, cidr).apply();
  }

  @Override
  public String command() {
    return "ip -n %s address add %s dev %s%s"
        .formatted(device.netns().name(), cidr, device.name(), cidr.isIpv6() ? " nodad" : "");
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> List.of(Leftover.withAddress(device, cidr)));
  }

  @Override
  public String purpose() {
    return "give address " + cidr + " to device " + Text.place(device);
  }
}
