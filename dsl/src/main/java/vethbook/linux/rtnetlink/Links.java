package vethbook.linux.rtnetlink;

import java.util.List;
import java.util.Optional;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
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
    Request request = header("RTM_GETLINK", RTM_GETLINK, Request.ACK, 0, 0, 0);
    try {
      return socket.request(request.attribute(IFLA_IFNAME, name)).stream()
          .map(Link::of)
          .findFirst();
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * {@code ip link add}. The device is down.
   *
   * @throws NetlinkException EEXIST when the name is taken at either end, EOPNOTSUPP when this
   *     Linux does not have the kind
   */
  public void create(NewLink link) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    Request request = new Request("RTM_NEWLINK", RTM_NEWLINK, flags);
    writeLink(link, request, 0);
    socket.request(request);
  }

  /** {@code ip link delete}; a veth's peer goes with it. */
  public void delete(int index) {
    socket.request(header("RTM_DELLINK", RTM_DELLINK, Request.ACK, index, 0, 0));
  }

  /** {@code ip link set up} or {@code down}. */
  public void setUp(int index, boolean up) {
    socket.request(change(index, up ? IFF_UP : 0, IFF_UP));
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

  private static Request change(int index, int flags, int mask) {
    return header("RTM_NEWLINK", RTM_NEWLINK, Request.ACK, index, flags, mask);
  }

  private static Request header(
      String name, int type, int messageFlags, int index, int flags, int mask) {
    Request request = new Request(name, type, messageFlags);
    return request.bytes(0, 0).int16(0).int32(index).int32(flags).int32(mask);
  }

  /** struct ifinfomsg and attributes: the request itself, and the peer within a veth's data. */
  static void writeLink(NewLink link, Request to, int flags) {
    to.bytes(0, 0).int16(0).int32(0).int32(flags).int32(flags);
    to.attribute(IFLA_IFNAME, link.name());
    if (link.netnsFd() >= 0) {
      to.attribute(IFLA_NET_NS_FD, link.netnsFd());
    }
    if (link.parentIndex() > 0) {
      to.attribute(IFLA_LINK, link.parentIndex());
    }
    if (link.mtu() > 0) {
      to.attribute(IFLA_MTU, link.mtu());
    }
    if (link.queues() > 0) {
      to.attribute(IFLA_NUM_TX_QUEUES, link.queues());
      to.attribute(IFLA_NUM_RX_QUEUES, link.queues());
    }
    to.nested(
        IFLA_LINKINFO,
        info -> info.attribute(INFO_KIND, link.kind()).nested(INFO_DATA, link.data()));
  }
}
