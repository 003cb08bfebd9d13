package vethbook.linux.rtnetlink;

import org.jspecify.annotations.Nullable;
import vethbook.linux.Mac;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Reply;

/**
 * A network device as Linux reports it (RTM_NEWLINK, {@code linux/if_link.h}).
 *
 * @param kind {@code veth}, {@code bridge}, ...; {@code tun} and {@code tap} for the two types of
 *     the kind that Linux calls tun; empty for {@code lo} and for hardware
 * @param mac link-layer address, {@code 02:42:ac:11:00:02}; empty for devices without
 * @param mtu bytes
 * @param parentIndex the device it is built on, or a veth's peer; 0 when none
 * @param masterIndex the bridge it is a port of; 0 when none
 * @param mode macvlan's, ipvlan's or netkit's mode as its number; -1 for others
 * @param minMtu smallest MTU in bytes that it takes
 * @param maxMtu largest MTU in bytes that it takes; 0 when not limited
 */
public record Link(
    int index,
    String name,
    String kind,
    String mac,
    int mtu,
    boolean isUp,
    boolean hasCarrier,
    int parentIndex,
    int masterIndex,
    int mode,
    int minMtu,
    int maxMtu,
    int rxQueues,
    int txQueues) {
  private static final int IFF_UP = 0x1;
  private static final int IFF_LOWER_UP = 0x10000;
  private static final int IFLA_TUN_TYPE = 3;
  private static final int IFF_TAP = 2;

  static Link of(Reply reply) {
    Attributes attributes = reply.attributes(Links.FIXED_BYTES);
    int flags = reply.int32(8);
    Attributes info = attributes.nested(Links.IFLA_LINKINFO);
    String kind = kind(info);
    return new Link(
        reply.int32(4),
        orEmpty(attributes.string(Links.IFLA_IFNAME)),
        kind,
        mac(attributes.bytes(Links.IFLA_ADDRESS)),
        attributes.int32(Links.IFLA_MTU, 0),
        (flags & IFF_UP) != 0,
        (flags & IFF_LOWER_UP) != 0,
        attributes.int32(Links.IFLA_LINK, 0),
        attributes.int32(Links.IFLA_MASTER, 0),
        mode(kind, info.nested(Links.INFO_DATA)),
        attributes.int32(Links.IFLA_MIN_MTU, 0),
        attributes.int32(Links.IFLA_MAX_MTU, 0),
        attributes.int32(Links.IFLA_NUM_RX_QUEUES, 1),
        attributes.int32(Links.IFLA_NUM_TX_QUEUES, 1));
  }

  private static String kind(Attributes info) {
    String kind = orEmpty(info.string(Links.INFO_KIND));
    boolean isTap =
        kind.equals("tun") && info.nested(Links.INFO_DATA).int8(IFLA_TUN_TYPE, 0) == IFF_TAP;
    return isTap ? "tap" : kind;
  }

  private static int mode(String kind, Attributes data) {
    return switch (kind) {
      case "macvlan", "macvtap" -> data.int32(1, -1);
      case "ipvlan" -> data.int16(1, -1);
      case "netkit" -> data.int32(Netkit.MODE, -1);
      default -> -1;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String mac(byte @Nullable [] bytes) {
    return bytes == null ? "" : Mac.text(bytes);
  }
}
