package vethbook.linux.rtnetlink;

import java.util.function.Consumer;
import vethbook.linux.netlink.Request;

/**
 * A device to be made.
 *
 * @param name 1 to 15 characters
 * @param kind as in {@code ip link add ... type KIND}
 * @param parentIndex the device it is built on, in the socket's namespace; 0 for none
 * @param netnsFd the namespace it is born in; -1 for the socket's own
 * @param mtu bytes; 0 for the kind's default
 * @param queues receive and transmit queues; 0 for the kind's default
 * @param mac link-layer address; empty for Linux's choice
 * @param index its number in the namespace it is born in; 0 for Linux's choice
 * @param data what the kind alone has (IFLA_INFO_DATA)
 */
public record NewLink(
    String name,
    String kind,
    int parentIndex,
    int netnsFd,
    int mtu,
    int queues,
    String mac,
    int index,
    Consumer<Request> data) {

  /** A plain description; what else it needs is added by the methods below. */
  public static NewLink of(String name, String kind, int netnsFd) {
    return new NewLink(name, kind, 0, netnsFd, 0, 0, "", 0, data -> {});
  }

  /** A veth's two ends, each born in its own namespace (VETH_INFO_PEER). */
  public static NewLink veth(NewLink here, NewLink there) {
    return here.with(data -> data.nested(1, peer -> Links.writeLink(there, peer)));
  }

  public NewLink on(int parent) {
    return new NewLink(name, kind, parent, netnsFd, mtu, queues, mac, index, data);
  }

  public NewLink sized(int mtuBytes, int queueCount) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtuBytes, queueCount, mac, index, data);
  }

  public NewLink addressed(String macAddress) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtu, queues, macAddress, index, data);
  }

  public NewLink numbered(int chosen) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtu, queues, mac, chosen, data);
  }

  public NewLink with(Consumer<Request> kindData) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtu, queues, mac, index, kindData);
  }
}
