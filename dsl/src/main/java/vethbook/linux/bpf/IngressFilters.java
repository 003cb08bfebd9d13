package vethbook.linux.bpf;

import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/**
 * BPF programs on what devices of one network namespace receive: {@code tc filter add dev DEV
 * ingress pref 1 bpf direct-action}. There is one such place per device here, with preference 1 and
 * handle 1.
 *
 * @see "man 8 tc-bpf, linux/pkt_cls.h, linux/rtnetlink.h (struct tcmsg)"
 */
public final class IngressFilters {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_DELTFILTER = 45;
  private static final int RTM_GETTFILTER = 46;
  private static final int FIXED_BYTES = 20;
  private static final int CLSACT = 0xffff_fff1;
  private static final int CLSACT_HANDLE = 0xffff_0000;
  private static final int CLSACT_INGRESS = 0xffff_fff2;
  private static final int TCA_KIND = 1;
  private static final int TCA_OPTIONS = 2;
  private static final int TCA_BPF_FD = 6;
  private static final int TCA_BPF_NAME = 7;
  private static final int TCA_BPF_FLAGS = 8;
  private static final int TCA_BPF_ID = 11;
  private static final int DIRECT_ACTION = 1;
  private static final int HANDLE = 1;
  private static final int PREFERENCE = 1 << 16;

  private final NetlinkSocket socket;

  public IngressFilters(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Gives a device the place where filters are attached: {@code tc qdisc add dev DEV clsact}.
   *
   * @return false when it has one, or an ingress qdisc, which serves as well
   * @throws NetlinkException ENOENT when this Linux has none (CONFIG_NET_SCH_INGRESS)
   */
  public boolean addClsact(int linkIndex) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    try {
      socket.request(
          header("RTM_NEWQDISC", RTM_NEWQDISC, flags, linkIndex, CLSACT_HANDLE, CLSACT, 0)
              .attribute(TCA_KIND, "clsact"));
      return true;
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.EEXIST)) {
        return false;
      }
      throw e;
    }
  }

  /** {@code tc qdisc delete dev DEV clsact}, with all its filters. */
  public void deleteClsact(int linkIndex) {
    socket.request(
        header("RTM_DELQDISC", RTM_DELQDISC, Request.ACK, linkIndex, CLSACT_HANDLE, CLSACT, 0));
  }

  /**
   * Attaches a program in direct-action mode, in the place of the one that was attached here
   * before.
   *
   * @param name what {@code tc filter show} shows
   * @throws NetlinkException ENOENT when this Linux has no cls_bpf
   */
  public void attach(int linkIndex, LoadedProgram program, String name) {
    int flags = Request.ACK | Request.CREATE;
    socket.request(
        filter("RTM_NEWTFILTER", RTM_NEWTFILTER, flags, linkIndex)
            .attribute(TCA_KIND, "bpf")
            .nested(
                TCA_OPTIONS,
                options ->
                    options
                        .attribute(TCA_BPF_FD, program.fd())
                        .attribute(TCA_BPF_NAME, name)
                        .attribute(TCA_BPF_FLAGS, DIRECT_ACTION)));
  }

  /** {@code tc filter delete dev DEV ingress pref 1 handle 1 bpf}. */
  public void detach(int linkIndex) {
    socket.request(
        filter("RTM_DELTFILTER", RTM_DELTFILTER, Request.ACK, linkIndex)
            .attribute(TCA_KIND, "bpf"));
  }

  /** The number of the program that is attached here; 0 when there is none. */
  public int programId(int linkIndex) {
    Request dump =
        header("RTM_GETTFILTER", RTM_GETTFILTER, Request.DUMP, linkIndex, 0, CLSACT_INGRESS, 0);
    return socket.dump(dump).stream()
        .filter(reply -> reply.int32(8) == HANDLE && reply.int32(16) >>> 16 == PREFERENCE >>> 16)
        .map(IngressFilters::programId)
        .findFirst()
        .orElse(0);
  }

  private static int programId(Reply reply) {
    return reply.attributes(FIXED_BYTES).nested(TCA_OPTIONS).int32(TCA_BPF_ID, 0);
  }

  private static Request filter(String name, int type, int flags, int linkIndex) {
    int allProtocols =
        java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.BIG_ENDIAN ? 3 : 0x300;
    return header(name, type, flags, linkIndex, HANDLE, CLSACT_INGRESS, PREFERENCE | allProtocols);
  }

  /** struct tcmsg. */
  private static Request header(
      String name, int type, int flags, int linkIndex, int handle, int parent, int info) {
    Request request = new Request(name, type, flags);
    return request.bytes(0, 0).int16(0).int32(linkIndex).int32(handle).int32(parent).int32(info);
  }
}
