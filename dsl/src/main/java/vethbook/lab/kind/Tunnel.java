package vethbook.lab.kind;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.netlink.Request;

/**
 * IP packets in IP packets, over IPv4 (ipip carries IPv4 alone): 20 bytes longer (RFC 2003), with
 * GRE 24 or 28 (RFC 2784, RFC 2890).
 *
 * @param name {@code ipip}, {@code gre}, or {@code gretap}, which carries Ethernet frames
 * @param parent the device that the packets leave through; null lets the route decide
 * @param local the source address; null for any
 * @param remote the other end; null for one end of many, where a route's gateway says it
 * @param key GRE's key, 0 to 2^32-1, which both ends must have; null for none
 */
public record Tunnel(
    String name,
    @Nullable Device parent,
    @Nullable InetAddress local,
    @Nullable InetAddress remote,
    @Nullable Long key)
    implements LinkKind {
  private static final long MOST = 0xffff_ffffL;
  private static final byte[] HAS_KEY = {0x20, 0};
  private static final String IPIP = "ipip";
  private static final int IPV4_IN_IPV4 = 4;

  public Tunnel {
    requireIpv4(name, local);
    requireIpv4(name, remote);
    if (key != null && (key < 0 || key > MOST)) {
      throw new PlanException("Cannot take " + key + " as a GRE key", "it is 0 to " + MOST);
    }
  }

  private static void requireIpv4(String kind, @Nullable InetAddress address) {
    if (address != null && address.getAddress().length != 4) {
      throw new PlanException(
          "Cannot send %s packets to or from %s".formatted(kind, Cidr.text(address)),
          "this tunnel goes over IPv4");
    }
  }

  @Override
  public String options() {
    String text =
        (name.equals(IPIP) ? "mode ipip " : "")
            + (local == null ? "" : "local " + Cidr.text(local) + " ")
            + (remote == null ? "" : "remote " + Cidr.text(remote) + " ")
            + (key == null ? "" : "key " + key);
    return text.strip();
  }

  /** The numbers of IFLA_IPTUN_* and of IFLA_GRE_*, which differ. */
  @Override
  public void write(Request data, int parentIndex) {
    boolean isIpip = name.equals(IPIP);
    if (parentIndex > 0) {
      data.attribute(1, parentIndex);
    }
    if (isIpip) {
      data.attribute8(9, IPV4_IN_IPV4);
    }
    if (key != null) {
      byte[] bytes = ByteBuffer.allocate(4).putInt(key.intValue()).array();
      data.attribute(2, HAS_KEY).attribute(3, HAS_KEY).attribute(4, bytes).attribute(5, bytes);
    }
    if (local != null) {
      data.attribute(isIpip ? 2 : 6, local.getAddress());
    }
    if (remote != null) {
      data.attribute(isIpip ? 3 : 7, remote.getAddress());
    }
  }
}
