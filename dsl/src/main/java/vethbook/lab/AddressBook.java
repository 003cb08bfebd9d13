package vethbook.lab;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vethbook.linux.Cidr;

/** Which device of a lab has which address, as far as the lab has given it. */
final class AddressBook {
  private static final int MOST_HOSTS_TRIED = 65_536;

  private final Map<InetAddress, Device> holders = new HashMap<>();

  void taken(Cidr cidr, Device device) {
    holders.put(cidr.address(), device);
  }

  void released(Cidr cidr) {
    holders.remove(cidr.address());
  }

  /** The addresses of devices that are gone, or elsewhere, are free again. */
  void forget(Predicate<Device> isGone) {
    holders.values().removeIf(isGone);
  }

  void clear() {
    holders.clear();
  }

  AddressBook copy() {
    AddressBook copy = new AddressBook();
    copy.become(this);
    return copy;
  }

  void become(AddressBook other) {
    holders.clear();
    holders.putAll(other.holders);
  }

  /**
   * Linux lets both ends of a wire have one address, and nothing then works as expected. Elsewhere
   * in a lab an address may well stand twice: behind two machines that translate addresses, say.
   *
   * @throws PlanException when the other end, or another device of the namespace, has it
   */
  void requireFree(Cidr cidr, Device device) {
    Device holder = holders.get(cidr.address());
    boolean isNeighbour =
        holder != null
            && holder != device
            && (holder.netns() == device.netns()
                || device.other().filter(holder::equals).isPresent());
    if (isNeighbour) {
      throw new PlanException(
          "Cannot give address %s to device %s: %s has it"
              .formatted(cidr, Text.place(device), holder),
          "take another, such as " + free(cidr.network(), List.of()));
    }
  }

  /**
   * The address in the subnet that the device has, else a free one.
   *
   * @param isNew whether the device is not there yet
   */
  Cidr in(Cidr subnet, Device device, boolean isNew, Collection<Cidr> alsoTaken) {
    Cidr network = subnet.network();
    Stream<Cidr> own = isNew ? Stream.empty() : device.addresses().stream();
    return own.filter(cidr -> cidr.network().equals(network))
        .findFirst()
        .orElseGet(() -> free(network, alsoTaken));
  }

  /**
   * The first address of a network that no device of the lab has.
   *
   * @throws PlanException when the network is full
   */
  private Cidr free(Cidr network, Collection<Cidr> alsoTaken) {
    for (int n = 1; n < MOST_HOSTS_TRIED; n++) {
      Cidr candidate = network.host(n);
      if (!holders.containsKey(candidate.address()) && !alsoTaken.contains(candidate)) {
        return candidate;
      }
    }
    throw new PlanException("Cannot find a free address in " + network, null);
  }
}
