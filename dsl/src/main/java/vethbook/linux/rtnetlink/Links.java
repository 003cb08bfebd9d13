package vethbook.linux.rtnetlink;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import vethbook.linux.Mac;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** The devices of one network namespace: {@code ip link}. */
public final class Links {
  static final int FIXED_BYTES = 16;
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_MASTER = 10;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_NUM_TX_QUEUES = 31;
  static final int IFLA_NUM_RX_QUEUES = 32;
  static final int IFLA_MIN_MTU = 50;
  static final int IFLA_MAX_MTU = 51;
  static final int INFO_KIND = 1;
  static final int INFO_DATA = 2;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int IFF_UP = 1;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_LOWER_UP = 0x10000;
  private static final int IFLA_EXT_MASK = 29;
  private static final int SKIP_STATS = 8;
  private static final int CARRIER_ATTEMPTS = 500;
  private static final long CARRIER_PAUSE_NS = 1_000_000;

  private final NetlinkSocket socket;

  public Links(NetlinkSocket socket) {
    this.socket = socket;
  }

  public List<Link> list() {
    return socket.dump(header("RTM_GETLINK", RTM_GETLINK, Request.DUMP, 0, 0, 0)).stream()
        .map(Link::of)
        .toList();
  }

  public Optional<Link> find(String name) {
    return get(name).map(Link::of);
  }

  /** What only a netkit device has; empty when there is no device of this name. */
  public Optional<Netkit> netkit(String name) {
    return get(name)
        .map(reply -> reply.attributes(FIXED_BYTES).nested(IFLA_LINKINFO).nested(INFO_DATA))
        .map(Netkit::of);
  }

  private Optional<Reply> get(String name) {
    Request request = header("RTM_GETLINK", RTM_GETLINK, Request.ACK, 0, 0, 0);
    request.attribute(IFLA_IFNAME, name).attribute(IFLA_EXT_MASK, SKIP_STATS);
    return socket.lookup(request, Errno.ENODEV);
  }

  /**
   * {@code ip link add}. The device is down.
   *
   * @throws NetlinkException EEXIST when the name is taken at either end, EBUSY when the chosen
   *     index is, EOPNOTSUPP when this Linux does not have the kind
   */
  public void create(NewLink link) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    Request request = new Request("RTM_NEWLINK", RTM_NEWLINK, flags);
    writeLink(link, request);
    socket.request(request);
  }

  /**
   * {@code ip link set DEV type KIND ...}: changes what the kind alone has.
   *
   * @throws NetlinkException EOPNOTSUPP when the kind cannot change it
   */
  public void setKindData(int index, String kind, Consumer<Request> data) {
    socket.request(
        change(index, 0, 0)
            .nested(
                IFLA_LINKINFO, info -> info.attribute(INFO_KIND, kind).nested(INFO_DATA, data)));
  }

  /** {@code ip link set address}. */
  public void setMac(int index, String mac) {
    socket.request(change(index, 0, 0).attribute(IFLA_ADDRESS, Mac.parse(mac)));
  }

  /**
   * {@code ip link set netns ... name ...}: addresses and routes are lost.
   *
   * @throws NetlinkException EEXIST when the name is taken there, EINVAL for a device that may not
   *     leave its namespace, such as lo
   */
  public void move(int index, int netnsFd, String name) {
    socket.request(
        change(index, 0, 0).attribute(IFLA_NET_NS_FD, netnsFd).attribute(IFLA_IFNAME, name));
  }

  /** {@code ip link delete}; a veth's peer goes with it. */
  public void delete(int index) {
    socket.request(header("RTM_DELLINK", RTM_DELLINK, Request.ACK, index, 0, 0));
  }

  /** {@code ip link set up} or {@code down}. */
  public void setUp(int index, boolean up) {
    socket.request(change(index, up ? IFF_UP : 0, IFF_UP));
  }

  /**
   * Waits until a device that is up, and the bridge it is a port of, can send. When one end of a
   * veth comes up, Linux tells the other, and what depends on it, in the background, and until then
   * drops what these are given. Since 6.8 it catches up before it answers to this question (net:
   * core: synchronize link-watch when carrier is queried); an older one is asked again.
   */
  public void awaitCarrier(String name) {
    awaitCarrier(
        header("RTM_GETLINK", RTM_GETLINK, Request.ACK, 0, 0, 0).attribute(IFLA_IFNAME, name));
  }

  private void awaitCarrier(Request question) {
    question.attribute(IFLA_EXT_MASK, SKIP_STATS);
    for (int attempt = 0; attempt < CARRIER_ATTEMPTS; attempt++) {
      Optional<Reply> answer = socket.lookup(question, Errno.ENODEV);
      int flags = answer.map(reply -> reply.int32(8)).orElse(0);
      if ((flags & IFF_LOWER_UP) == 0 || (flags & IFF_RUNNING) != 0) {
        answer
            .map(reply -> reply.attributes(FIXED_BYTES).int32(IFLA_MASTER, 0))
            .filter(master -> master > 0)
            .ifPresent(
                master ->
                    awaitCarrier(header("RTM_GETLINK", RTM_GETLINK, Request.ACK, master, 0, 0)));
        return;
      }
      LockSupport.parkNanos(CARRIER_PAUSE_NS);
    }
  }

  /** {@code ip link set mtu}, in bytes. */
  public void setMtu(int index, int mtu) {
    socket.request(change(index, 0, 0).attribute(IFLA_MTU, mtu));
  }

  /** {@code ip link set name}; the device must be down. */
  public void rename(int index, String name) {
    socket.request(change(index, 0, 0).attribute(IFLA_IFNAME, name));
  }

  /** {@code ip link set master}; 0 takes it out of its bridge. */
  public void setMaster(int index, int master) {
    socket.request(change(index, 0, 0).attribute(IFLA_MASTER, master));
  }

  /** {@code ip link set type netkit POLICY peer POLICY}, of the primary device. */
  public void netkitPolicies(int index, Netkit netkit) {
    socket.request(
        change(index, 0, 0)
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.attribute(INFO_KIND, "netkit").nested(INFO_DATA, netkit::writePolicies)));
  }

  private static Request change(int index, int flags, int mask) {
    return header("RTM_NEWLINK", RTM_NEWLINK, Request.ACK, index, flags, mask);
  }

  private static Request header(
      String name, int type, int messageFlags, int index, int flags, int mask) {
    Request request = new Request(name, type, messageFlags);
    return request.bytes(0, 0).int16(0).int32(index).int32(flags).int32(mask);
  }

  /** struct ifinfomsg and attributes: the request itself, and the peer within a veth's data. */
  static void writeLink(NewLink link, Request to) {
    to.bytes(0, 0).int16(0).int32(link.index()).int32(0).int32(0);
    to.attribute(IFLA_IFNAME, link.name());
    if (!link.mac().isEmpty()) {
      to.attribute(IFLA_ADDRESS, Mac.parse(link.mac()));
    }
    positive(to, IFLA_LINK, link.parentIndex());
    positive(to, IFLA_MTU, link.mtu());
    positive(to, IFLA_NUM_TX_QUEUES, link.queues());
    positive(to, IFLA_NUM_RX_QUEUES, link.queues());
    if (link.netnsFd() >= 0) {
      to.attribute(IFLA_NET_NS_FD, link.netnsFd());
    }
    to.nested(
        IFLA_LINKINFO,
        info -> info.attribute(INFO_KIND, link.kind()).nested(INFO_DATA, link.data()));
  }

  private static void positive(Request to, int type, int value) {
    if (value > 0) {
      to.attribute(type, value);
    }
  }
}
