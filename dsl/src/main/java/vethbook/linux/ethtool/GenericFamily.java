package vethbook.linux.ethtool;

import java.nio.ByteBuffer;
import java.util.List;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** Generic netlink gives each family a number when Linux starts ({@code linux/genetlink.h}). */
final class GenericFamily {
  private static final int CONTROL = 0x10;
  private static final int GET_FAMILY = 3;
  private static final int VERSION = 2;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;
  private static final int HEADER_BYTES = 4;

  private GenericFamily() {}

  /**
   * @throws NetlinkException ENOENT when this Linux has no such family
   */
  static int number(NetlinkSocket socket, String name) {
    Request request =
        new Request("CTRL_CMD_GETFAMILY " + name, CONTROL, Request.ACK)
            .bytes(GET_FAMILY, VERSION)
            .int16(0)
            .attribute(FAMILY_NAME, name);
    List<Reply> replies = socket.request(request);
    Attributes found =
        replies.isEmpty()
            ? new Attributes(ByteBuffer.allocate(0))
            : replies.get(0).attributes(HEADER_BYTES);
    return found.int16(FAMILY_ID, 0);
  }
}
