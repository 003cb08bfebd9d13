package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** The routes of one network namespace: {@code ip route}. */
public final class Routes {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;
  private static final int RTA_DST = 1;
  private static final int RTA_SRC = 2;
  private static final int RTA_IIF = 3;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PRIORITY = 6;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_TABLE = 15;
  private static final int RTA_MARK = 16;
  static final int FIXED_BYTES = 12;
  private static final int PROTOCOL_BOOT = 3;
  private static final int SCOPE_UNIVERSE = 0;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_NOWHERE = 255;
  private static final int ONLINK = 4;

  /** rtm_flags of a question: say which table answered; IPv6 always does, and refuses the flag. */
  private static final int LOOKUP_TABLE = 0x1000;

  private final NetlinkSocket socket;

  public Routes(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The routes of all tables, but for those to the namespace's own addresses. */
  public List<Route> list() {
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.DUMP);
    request.bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0);
    return listed(socket.dump(request));
  }

  /** The routes of one table and family; none when Linux has no such table. */
  public List<Route> list(int table, boolean isIpv6) {
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.DUMP);
    request.bytes(Family.number(isIpv6), 0, 0, 0, 0, 0, 0, 0).int32(0);
    try {
      return listed(socket.dump(request.attribute(RTA_TABLE, table)));
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.ENOENT)) {
        return List.of();
      }
      throw e;
    }
  }

  private static List<Route> listed(List<Reply> replies) {
    return replies.stream()
        .filter(reply -> Family.isIp(reply.int8(0)))
        .map(Routes::route)
        .filter(Routes::isListed)
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

  /**
   * {@code ip route add}.
   *
   * @throws NetlinkException EEXIST when there is one to this destination, with this metric, in the
   *     table; ENETUNREACH when the gateway is on no link
   */
  public void add(Route route) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    socket.request(message("RTM_NEWROUTE", RTM_NEWROUTE, flags, route));
  }

  /** {@code ip route del}. */
  public void delete(Route route) {
    socket.request(message("RTM_DELROUTE", RTM_DELROUTE, Request.ACK, route));
  }

  /**
   * Asks which way a packet would take: {@code ip route get}.
   *
   * @throws NetlinkException ENETUNREACH without a route; for a packet that comes in through a
   *     device also EHOSTUNREACH when it would not be forwarded and EXDEV when the check of its
   *     source (rp_filter) would drop it; the errno of a route that drops
   */
  public Route lookup(RouteQuestion question) {
    byte[] destination = question.destination().getAddress();
    InetAddress source = question.source();
    int bits = destination.length * 8;
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.ACK);
    request
        .bytes(Family.of(question.destination()), bits, source == null ? 0 : bits, 0, 0, 0, 0, 0)
        .int32(bits == 128 ? 0 : LOOKUP_TABLE)
        .attribute(RTA_DST, destination);
    if (source != null) {
      request.attribute(RTA_SRC, source.getAddress());
    }
    if (question.inIndex() > 0) {
      request.attribute(RTA_IIF, question.inIndex());
    }
    if (question.mark() != 0) {
      request.attribute(RTA_MARK, question.mark());
    }
    return socket.request(request).stream()
        .map(Routes::route)
        .findFirst()
        .orElseThrow(() -> new ExperimentException("Linux answered no route"));
  }

  private static Request message(String name, int type, int flags, Route route) {
    InetAddress via = route.via();
    InetAddress source = route.source();
    boolean deleting = type == RTM_DELROUTE;
    boolean onLink = via == null && !route.type().drops();
    int scope = deleting ? SCOPE_NOWHERE : onLink ? SCOPE_LINK : SCOPE_UNIVERSE;
    Request request = new Request(name, type, flags);
    request
        .bytes(Family.of(route.destination().address()), route.destination().prefixLength(), 0, 0)
        .bytes(0, deleting ? 0 : PROTOCOL_BOOT, scope, route.type().number())
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
    if (route.metric() != 0) {
      request.attribute(RTA_PRIORITY, route.metric());
    }
    if (route.linkIndex() > 0) {
      request.attribute(RTA_OIF, route.linkIndex());
    }
    return request;
  }

  /** All but those to the namespace's own addresses, which Linux makes itself. */
  static boolean isListed(Route route) {
    return route.type() == Route.Type.UNICAST || route.type().drops();
  }

  static Route route(Reply reply) {
    Attributes attributes = reply.attributes(FIXED_BYTES);
    byte[] destination = attributes.bytes(RTA_DST);
    byte[] bytes = destination == null ? Family.zero(reply.int8(0)) : destination;
    return new Route(
        Route.Type.of(reply.int8(7)),
        new Cidr(Family.address(bytes), reply.int8(1)),
        addressOrNull(attributes.bytes(RTA_GATEWAY)),
        attributes.int32(RTA_OIF, 0),
        addressOrNull(attributes.bytes(RTA_PREFSRC)),
        attributes.int32(RTA_TABLE, reply.int8(4)),
        attributes.int32(RTA_PRIORITY, 0),
        (reply.int32(8) & ONLINK) != 0);
  }

  private static @Nullable InetAddress addressOrNull(byte @Nullable [] bytes) {
    return bytes == null ? null : Family.address(bytes);
  }
}
