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
 * @param data what the kind alone has (IFLA_INFO_DATA)
 */
public record NewLink(
    String name,
    String kind,
    int parentIndex,
    int netnsFd,
    int mtu,
    int queues,
    Consumer<Request> data) {

  /** A veth's two ends, each born in its own namespace (VETH_INFO_PEER). */
  public static NewLink veth(NewLink here, NewLink there) {
    return here.with(data -> data.nested(1, peer -> Links.writeLink(there, peer, 0)));
  }

  /** A plain description; the kind's own data is added by the methods below. */
  public static NewLink of(String name, String kind, int netnsFd) {
    return new NewLink(name, kind, 0, netnsFd, 0, 0, data -> {});
  }

  /** A bridge without spanning tree, forwarding at once, unlike brctl's defaults. */
  public static NewLink bridge(String name) {
    return of(name, "bridge", -1).with(data -> data.attribute(1, 0).attribute(5, 0));
  }

  /** A macvlan with a mode number of {@code linux/if_link.h}. */
  public static NewLink macvlan(String name, int netnsFd, int parentIndex, int mode) {
    return of(name, "macvlan", netnsFd).on(parentIndex).with(data -> data.attribute(1, mode));
  }

  /** An ipvlan with a mode (0 l2, 1 l3, 2 l3s) and flags (1 private, 2 vepa). */
  public static NewLink ipvlan(String name, int netnsFd, int parentIndex, int mode, int flags) {
    return of(name, "ipvlan", netnsFd)
        .on(parentIndex)
        .with(data -> data.attribute16(1, mode).attribute16(2, flags));
  }

  public NewLink on(int parent) {
    return new NewLink(name, kind, parent, netnsFd, mtu, queues, data);
  }

  public NewLink sized(int mtuBytes, int queueCount) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtuBytes, queueCount, data);
  }

  private NewLink with(Consumer<Request> kindData) {
    return new NewLink(name, kind, parentIndex, netnsFd, mtu, queues, kindData);
  }
}
