package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Mac;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/**
 * The neighbours of one network namespace ({@code ip neighbour}) and its forwarding databases
 * ({@code bridge fdb}); {@code linux/neighbour.h}.
 */
public final class Neighbours {
  private static final int RTM_NEWNEIGH = 28;
  private static final int RTM_DELNEIGH = 29;
  private static final int RTM_GETNEIGH = 30;
  private static final int FIXED_BYTES = 12;
  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;
  private static final int FOR_GOOD =
      Neighbour.State.NOARP.number() | Neighbour.State.PERMANENT.number();
  private static final int NTF_SELF = 0x02;
  private static final int NTF_MASTER = 0x04;
  private static final int NTF_PROXY = 0x08;

  private final NetlinkSocket socket;

  public Neighbours(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** What the devices know of others, and the addresses that they answer for (proxies). */
  public List<Neighbour> list() {
    List<Neighbour> all = new java.util.ArrayList<>(dump(0, 0));
    all.addAll(dump(0, NTF_PROXY));
    return all;
  }

  /** The forwarding entries of bridges, their ports and vxlan devices. */
  public List<Neighbour> forwarding() {
    return dump(Family.AF_BRIDGE, 0);
  }

  private List<Neighbour> dump(int family, int flags) {
    Request request = new Request("RTM_GETNEIGH", RTM_GETNEIGH, Request.DUMP);
    request.bytes(family, 0).int16(0).int32(0).int16(0).bytes(flags, 0);
    return socket.dump(request).stream()
        .filter(reply -> family == Family.AF_BRIDGE || Family.isIp(reply.int8(0)))
        .map(Neighbours::neighbour)
        .toList();
  }

  /** {@code ip neighbour replace ... nud permanent}; with {@code isProxy} answers for it. */
  public void replace(Neighbour neighbour) {
    int flags = Request.ACK | Request.CREATE | Request.REPLACE;
    socket.request(message("RTM_NEWNEIGH", RTM_NEWNEIGH, flags, neighbour));
  }

  /** {@code ip neighbour del}. */
  public void delete(Neighbour neighbour) {
    socket.request(message("RTM_DELNEIGH", RTM_DELNEIGH, Request.ACK, neighbour));
  }

  private static Request message(String name, int type, int flags, Neighbour neighbour) {
    InetAddress address = java.util.Objects.requireNonNull(neighbour.address(), "no address");
    Request request = new Request(name, type, flags);
    request
        .bytes(Family.of(address), 0)
        .int16(0)
        .int32(neighbour.linkIndex())
        .int16(neighbour.isProxy() ? 0 : neighbour.state().number())
        .bytes(neighbour.isProxy() ? NTF_PROXY : 0, 0)
        .attribute(NDA_DST, address.getAddress());
    if (!neighbour.mac().isEmpty()) {
      request.attribute(NDA_LLADDR, Mac.parse(neighbour.mac()));
    }
    return request;
  }

  /**
   * {@code bridge fdb append}: frames to a MAC address leave through a port of a bridge, or go to
   * the host at an address by a vxlan device.
   *
   * @param mac all zeros stand for every address that is not known
   * @param to null for a port of a bridge
   */
  public void forward(int linkIndex, String mac, @Nullable InetAddress to) {
    int flags = Request.ACK | Request.CREATE | (to == null ? Request.REPLACE : Request.APPEND);
    socket.request(forwarding("RTM_NEWNEIGH", RTM_NEWNEIGH, flags, linkIndex, mac, to));
  }

  /** {@code bridge fdb del}. */
  public void unforward(int linkIndex, String mac, @Nullable InetAddress to) {
    socket.request(forwarding("RTM_DELNEIGH", RTM_DELNEIGH, Request.ACK, linkIndex, mac, to));
  }

  private static Request forwarding(
      String name, int type, int flags, int linkIndex, String mac, @Nullable InetAddress to) {
    Request request = new Request(name, type, flags);
    request
        .bytes(Family.AF_BRIDGE, 0)
        .int16(0)
        .int32(linkIndex)
        .int16(to == null ? Neighbour.State.NOARP.number() : FOR_GOOD)
        .bytes(to == null ? NTF_MASTER : NTF_SELF, 0)
        .attribute(NDA_LLADDR, Mac.bytes(mac));
    if (to != null) {
      request.attribute(NDA_DST, to.getAddress());
    }
    return request;
  }

  static Neighbour neighbour(Reply reply) {
    Attributes attributes = reply.attributes(FIXED_BYTES);
    byte[] address = attributes.bytes(NDA_DST);
    byte[] mac = attributes.bytes(NDA_LLADDR);
    boolean isPermanent = (reply.int16(8) & Neighbour.State.PERMANENT.number()) != 0;
    return new Neighbour(
        reply.int32(4),
        address == null ? null : Family.address(address),
        mac == null ? "" : Mac.text(mac),
        isPermanent ? Neighbour.State.PERMANENT : Neighbour.State.of(reply.int16(8)),
        (reply.int8(10) & NTF_PROXY) != 0);
  }
}
