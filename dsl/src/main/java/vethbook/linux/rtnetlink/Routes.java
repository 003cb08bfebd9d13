package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** The unicast routes of one network namespace: {@code ip route}. */
public final class Routes {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_TABLE = 15;
  private static final int FIXED_BYTES = 12;
  private static final int PROTOCOL_BOOT = 3;
  private static final int SCOPE_UNIVERSE = 0;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_NOWHERE = 255;
  private static final int TYPE_UNICAST = 1;
  private static final int ONLINK = 4;

  private final NetlinkSocket socket;

  public Routes(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The unicast routes of all tables. */
  public List<Route> list() {
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.DUMP);
    request.bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0);
    return socket.dump(request).stream()
        .filter(reply -> reply.int8(7) == TYPE_UNICAST && Family.isIp(reply.int8(0)))
        .map(Routes::route)
        .toList();
  }

  /**
   * {@code ip route replace}.
   *
   * @throws NetlinkException ENETUNREACH when the gateway is on no link
   */
  public void replace(Route route) {
    int flags = Request.ACK | Request.CREATE | Request.REPLACE;
    socket.request(message("RTM_NEWROUTE", RTM_NEWROUTE, flags, route));
  }

  /** {@code ip route del}. */
  public void delete(Route route) {
    socket.request(message("RTM_DELROUTE", RTM_DELROUTE, Request.ACK, route));
  }

  /** The route that a packet to this address would take: {@code ip route get}. */
  public Optional<Route> lookup(InetAddress destination) {
    int bits = destination.getAddress().length * 8;
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.ACK);
    request
        .bytes(Family.of(destination), bits, 0, 0, 0, 0, 0, 0)
        .int32(0)
        .attribute(RTA_DST, destination.getAddress());
    return socket.request(request).stream().map(Routes::route).findFirst();
  }

  private static Request message(String name, int type, int flags, Route route) {
    InetAddress via = route.via();
    InetAddress source = route.source();
    boolean deleting = type == RTM_DELROUTE;
    int scope = deleting ? SCOPE_NOWHERE : via == null ? SCOPE_LINK : SCOPE_UNIVERSE;
    Request request = new Request(name, type, flags);
    request
        .bytes(Family.of(route.destination().address()), route.destination().prefixLength(), 0, 0)
        .bytes(0, deleting ? 0 : PROTOCOL_BOOT, scope, TYPE_UNICAST)
        .int32(route.onlink() ? ONLINK : 0)
        .attribute(RTA_TABLE, route.table());
    if (!route.isDefault()) {
      request.attribute(RTA_DST, route.destination().address().getAddress());
    }
    if (via != null) {
      request.attribute(RTA_GATEWAY, via.getAddress());
    }
    if (source != null) {
      request.attribute(RTA_PREFSRC, source.getAddress());
    }
    if (route.linkIndex() > 0) {
      request.attribute(RTA_OIF, route.linkIndex());
    }
    return request;
  }

  private static Route route(Reply reply) {
    Attributes attributes = reply.attributes(FIXED_BYTES);
    byte[] destination = attributes.bytes(RTA_DST);
    byte[] bytes = destination == null ? Family.zero(reply.int8(0)) : destination;
    return new Route(
        new Cidr(address(bytes), reply.int8(1)),
        addressOrNull(attributes.bytes(RTA_GATEWAY)),
        attributes.int32(RTA_OIF, 0),
        addressOrNull(attributes.bytes(RTA_PREFSRC)),
        attributes.int32(RTA_TABLE, reply.int8(4)),
        (reply.int32(8) & ONLINK) != 0);
  }

  private static @Nullable InetAddress addressOrNull(byte @Nullable [] bytes) {
    return bytes == null ? null : address(bytes);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Linux sent an address of " + bytes.length + " bytes", e);
    }
  }
}
