package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.util.List;
import vethbook.linux.Cidr;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** The IP addresses of one network namespace: {@code ip address}. */
public final class Addresses {
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_GETADDR = 22;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int FIXED_BYTES = 8;
  private static final int NODAD = 0x02;

  private final NetlinkSocket socket;

  public Addresses(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * One address of one device.
   *
   * @param linkIndex the device
   * @param cidr as assigned, host bits included
   */
  public record Assigned(int linkIndex, Cidr cidr) {}

  /** All addresses, IPv4 first, in the order in which they were assigned. */
  public List<Assigned> list() {
    return of(0);
  }

  /** Those of one device; of all with index 0. */
  public List<Assigned> of(int linkIndex) {
    Request request = new Request("RTM_GETADDR", RTM_GETADDR, Request.DUMP);
    return socket.dump(request.bytes(0, 0, 0, 0).int32(linkIndex)).stream()
        .map(Addresses::assigned)
        .toList();
  }

  /**
   * {@code ip address add}. IPv6 addresses are usable at once: no duplicate address detection.
   *
   * @throws NetlinkException EEXIST when the device has the address
   */
  public void add(int linkIndex, Cidr cidr) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    socket.request(message("RTM_NEWADDR", RTM_NEWADDR, flags, linkIndex, cidr));
  }

  /** {@code ip address del}. */
  public void delete(int linkIndex, Cidr cidr) {
    socket.request(message("RTM_DELADDR", RTM_DELADDR, Request.ACK, linkIndex, cidr));
  }

  private static Request message(String name, int type, int flags, int linkIndex, Cidr cidr) {
    byte[] address = cidr.address().getAddress();
    return new Request(name, type, flags)
        .bytes(Family.of(cidr.address()), cidr.prefixLength(), cidr.isIpv6() ? NODAD : 0, 0)
        .int32(linkIndex)
        .attribute(IFA_LOCAL, address)
        .attribute(IFA_ADDRESS, address);
  }

  static Assigned assigned(Reply reply) {
    Attributes attributes = reply.attributes(FIXED_BYTES);
    byte[] local = attributes.bytes(IFA_LOCAL);
    byte[] address = local == null ? attributes.bytes(IFA_ADDRESS) : local;
    InetAddress ip = Family.address(address == null ? new byte[0] : address);
    return new Assigned(reply.int32(4), new Cidr(ip, reply.int8(1)));
  }
}
