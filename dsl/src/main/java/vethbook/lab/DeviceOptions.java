package vethbook.lab;

import java.util.List;
import vethbook.linux.Cidr;
import vethbook.linux.Mac;

/**
 * What a word that makes a device can say about it besides its kind.
 *
 * @param addresses those it gets from this word
 * @param mtu bytes, 68 to 65535; 0 leaves it as it is
 * @param queues receive and transmit queues of a new device, 1 to 4096; 0 for the kind's default
 * @param mac link-layer address; empty leaves it as it is
 */
public record DeviceOptions(List<Cidr> addresses, int mtu, int queues, String mac) {
  public static final DeviceOptions NONE = new DeviceOptions(List.of(), 0, 0);

  public DeviceOptions {
    addresses = List.copyOf(addresses);
    mac = mac.isEmpty() ? "" : Mac.normal(mac);
  }

  public DeviceOptions(List<Cidr> addresses, int mtu, int queues) {
    this(addresses, mtu, queues, "");
  }

  public DeviceOptions with(List<Cidr> given) {
    return new DeviceOptions(given, mtu, queues, mac);
  }

  DeviceOptions withQueues(int count) {
    return new DeviceOptions(addresses, mtu, count, mac);
  }

  public DeviceOptions withMac(String address) {
    return new DeviceOptions(addresses, mtu, queues, address);
  }
}
