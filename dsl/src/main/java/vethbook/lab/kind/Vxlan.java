package vethbook.lab.kind;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.netlink.Request;

/**
 * Ethernet frames in UDP packets (RFC 7348). They are 50 bytes longer than what they carry, 70 over
 * IPv6.
 *
 * @param parent the device that the packets leave through; null lets the route decide
 * @param id the VXLAN network identifier, 0 to 2^24-1
 * @param local the source address; null for Linux's choice
 * @param remote where frames go whose receiver is not known: another host or a multicast group;
 *     null where the forwarding database says it
 * @param port UDP port, 4789 by the RFC
 * @param learning learns from received packets which host an address is behind
 */
public record Vxlan(
    @Nullable Device parent,
    int id,
    @Nullable InetAddress local,
    @Nullable InetAddress remote,
    int port,
    boolean learning)
    implements LinkKind {
  public static final int PORT = 4789;
  private static final int MOST = (1 << 24) - 1;
  private static final int ATTR_ID = 1;
  private static final int ATTR_GROUP = 2;
  private static final int ATTR_LINK = 3;
  private static final int ATTR_LOCAL = 4;
  private static final int ATTR_LEARNING = 7;
  private static final int ATTR_PORT = 15;
  private static final int ATTR_GROUP6 = 16;
  private static final int ATTR_LOCAL6 = 17;

  public Vxlan {
    if (id < 0 || id > MOST) {
      throw new PlanException("Cannot take " + id + " as a VXLAN id", "it is 0 to " + MOST);
    }
    if (remote != null && remote.isMulticastAddress() && parent == null) {
      throw new PlanException(
          "Cannot send to the group " + Cidr.text(remote) + " without a device",
          "say on: the device that the group is reached through");
    }
  }

  @Override
  public String name() {
    return "vxlan";
  }

  @Override
  public String options() {
    StringBuilder text = new StringBuilder("id " + id);
    if (local != null) {
      text.append(" local ").append(Cidr.text(local));
    }
    if (remote != null) {
      text.append(remote.isMulticastAddress() ? " group " : " remote ").append(Cidr.text(remote));
    }
    return text.append(" dstport ").append(port).append(learning ? "" : " nolearning").toString();
  }

  @Override
  public void write(Request data, int parentIndex) {
    data.attribute(ATTR_ID, id);
    address(data, local, ATTR_LOCAL, ATTR_LOCAL6);
    address(data, remote, ATTR_GROUP, ATTR_GROUP6);
    if (parentIndex > 0) {
      data.attribute(ATTR_LINK, parentIndex);
    }
    data.attribute(ATTR_PORT, ByteBuffer.allocate(2).putShort((short) port).array());
    data.attribute8(ATTR_LEARNING, learning ? 1 : 0);
  }

  private static void address(Request data, @Nullable InetAddress address, int ipv4, int ipv6) {
    if (address != null) {
      byte[] bytes = address.getAddress();
      data.attribute(bytes.length == 4 ? ipv4 : ipv6, bytes);
    }
  }
}
