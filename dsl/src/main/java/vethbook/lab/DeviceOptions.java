package vethbook.lab;

import java.util.List;
import vethbook.linux.Cidr;

/**
 * What a word that makes a device can say about it besides its kind.
 *
 * @param addresses those it gets from this word
 * @param mtu bytes; 0 leaves it as it is
 * @param queues receive and transmit queues of a new device; 0 for the kind's default
 */
public record DeviceOptions(List<Cidr> addresses, int mtu, int queues) {
  public static final DeviceOptions NONE = new DeviceOptions(List.of(), 0, 0);

  public DeviceOptions {
    addresses = List.copyOf(addresses);
  }

  public DeviceOptions with(List<Cidr> given) {
    return new DeviceOptions(given, mtu, queues);
  }
}
