package vethbook.linux.rtnetlink;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/**
 * Routes with all that Linux knows of them, to be put back as they were: {@code ip route save} and
 * {@code restore}.
 */
public final class SavedRoutes {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_GETROUTE = 26;
  private static final int FLAGS_OFFSET = 8;
  private static final int ONLINK = 4;

  private final NetlinkSocket socket;

  public SavedRoutes(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * A route and the message that makes it.
   *
   * @param message struct rtmsg and its attributes ({@code linux/rtnetlink.h}), as hexadecimal text
   */
  public record Saved(Route route, String message) {}

  /** The routes of all tables, but for those to the namespace's own addresses. */
  public List<Saved> list() {
    Request request = new Request("RTM_GETROUTE", RTM_GETROUTE, Request.DUMP);
    request.bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0);
    return socket.dump(request).stream()
        .filter(reply -> Family.isIp(reply.int8(0)))
        .map(reply -> new Saved(Routes.route(reply), message(reply)))
        .filter(saved -> Routes.isListed(saved.route()))
        .toList();
  }

  private static String message(Reply reply) {
    ByteBuffer body = reply.body().duplicate().order(reply.body().order());
    byte[] bytes = new byte[body.limit()];
    body.get(0, bytes);
    // Linux refuses the flags that only describe a state, such as RTNH_F_LINKDOWN
    ByteBuffer.wrap(bytes)
        .order(reply.body().order())
        .putInt(FLAGS_OFFSET, reply.int32(FLAGS_OFFSET) & ONLINK);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Puts a route back, in place of one of the same destination.
   *
   * @throws NetlinkException ENETUNREACH when its gateway is on no link any more
   */
  public void restore(String message) {
    Request request =
        new Request("RTM_NEWROUTE", RTM_NEWROUTE, Request.ACK | Request.CREATE | Request.REPLACE);
    for (byte each : HexFormat.of().parseHex(message)) {
      request.bytes(each);
    }
    socket.request(request);
  }
}
