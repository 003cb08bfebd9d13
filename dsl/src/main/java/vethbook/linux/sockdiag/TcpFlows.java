package vethbook.linux.sockdiag;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;
import vethbook.linux.netns.NetnsHandle;

/**
 * The established TCP connections of a namespace, asked of Linux directly ({@code
 * linux/inet_diag.h}).
 */
public final class TcpFlows implements AutoCloseable {
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int SOCK_DIAG_BY_FAMILY = 20;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IPPROTO_TCP = 6;
  private static final int INFO = 2;
  private static final int CONGESTION = 4;
  private static final int ESTABLISHED = 1 << 1;
  private static final int SOCKET_ID_WORDS = 12;
  private static final int MESSAGE_BYTES = 72;
  private static final int PORTS_AT = 4;
  private static final int SOURCE_AT = 8;
  private static final int DESTINATION_AT = 24;

  private final NetlinkSocket socket;

  private TcpFlows(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Those of a namespace; any thread may read them then. */
  public static TcpFlows of(NetnsHandle netns) {
    return new TcpFlows(netns.call(() -> NetlinkSocket.open(NETLINK_SOCK_DIAG)));
  }

  /** The connections that there are now, those over IPv4 first. */
  public List<TcpFlow> read() {
    List<TcpFlow> flows = new ArrayList<>();
    for (int family : new int[] {AF_INET, AF_INET6}) {
      for (Reply reply : socket.dump(request(family))) {
        flows.add(flow(reply));
      }
    }
    return flows;
  }

  /** struct inet_diag_req_v2: any socket of the family that is established. */
  private static Request request(int family) {
    int extensions = 1 << (INFO - 1) | 1 << (CONGESTION - 1);
    Request request = new Request("SOCK_DIAG_BY_FAMILY", SOCK_DIAG_BY_FAMILY, Request.DUMP);
    request.bytes(family, IPPROTO_TCP, extensions, 0).int32(ESTABLISHED);
    for (int word = 0; word < SOCKET_ID_WORDS; word++) {
      request.int32(0);
    }
    return request;
  }

  private static TcpFlow flow(Reply reply) {
    ByteBuffer message = reply.body().duplicate().order(ByteOrder.BIG_ENDIAN);
    if (message.limit() < MESSAGE_BYTES) {
      throw new ExperimentException(
          "Cannot read a TCP connection of %d bytes".formatted(message.limit()));
    }
    int addressBytes = message.get(0) == AF_INET ? 4 : 16;
    String local = end(message, SOURCE_AT, addressBytes, PORTS_AT);
    String remote = end(message, DESTINATION_AT, addressBytes, PORTS_AT + 2);
    Attributes attributes = reply.attributes(MESSAGE_BYTES);
    byte[] info = attributes.bytes(INFO);
    String congestion = attributes.string(CONGESTION);
    return TcpFlow.of(
        local, remote, info == null ? new byte[0] : info, congestion == null ? "" : congestion);
  }

  private static String end(ByteBuffer message, int addressAt, int addressBytes, int portAt) {
    byte[] address = new byte[addressBytes];
    message.get(addressAt, address);
    int port = Short.toUnsignedInt(message.getShort(portAt));
    try {
      String host = InetAddress.getByAddress(address).getHostAddress();
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 4 and 16 bytes are addresses
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
