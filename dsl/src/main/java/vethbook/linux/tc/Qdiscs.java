package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.util.List;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Request;

/** The queueing disciplines of one network namespace's devices: {@code tc qdisc}. */
public final class Qdiscs {
  /** The parent of what takes all packets of a device (TC_H_ROOT). */
  public static final int ROOT = 0xffff_ffff;

  static final int FIXED_BYTES = 20;
  static final int TCA_KIND = 1;
  static final int TCA_OPTIONS = 2;
  static final int TCA_STATS2 = 7;
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_GETQDISC = 38;
  private static final int RTM_NEWTCLASS = 40;
  private static final int RTM_GETTCLASS = 42;
  private static final int CREATE_OR_REPLACE = Request.ACK | Request.CREATE | Request.REPLACE;

  private final NetlinkSocket socket;

  public Qdiscs(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Those of one device, the root first; Linux's own default among them. */
  public List<Qdisc> of(int linkIndex) {
    Request request = header("RTM_GETQDISC", RTM_GETQDISC, Request.DUMP, linkIndex, 0, 0);
    return socket.dump(request).stream()
        .map(Qdisc::of)
        .filter(qdisc -> qdisc.linkIndex() == linkIndex)
        .map(qdisc -> qdisc.kind().equals(Htb.NAME) ? qdisc.with(classes(qdisc)) : qdisc)
        .toList();
  }

  private List<TrafficClass> classes(Qdisc qdisc) {
    Request request =
        header("RTM_GETTCLASS", RTM_GETTCLASS, Request.DUMP, qdisc.linkIndex(), qdisc.handle(), 0);
    return socket.dump(request).stream().map(TrafficClass::of).toList();
  }

  /**
   * {@code tc qdisc replace ... root}, and its classes. A qdisc of the same kind gets other options
   * and keeps its packets and counters, unless the kind has classes.
   *
   * @throws NetlinkException ENOENT when this Linux does not have the kind
   */
  public void replaceRoot(int linkIndex, QdiscKind kind) {
    Request request =
        header("RTM_NEWQDISC", RTM_NEWQDISC, CREATE_OR_REPLACE, linkIndex, kind.handle(), ROOT);
    socket.request(request.attribute(TCA_KIND, kind.name()).nested(TCA_OPTIONS, kind::write));
    for (NewClass made : kind.classes()) {
      Request add =
          header(
              "RTM_NEWTCLASS",
              RTM_NEWTCLASS,
              CREATE_OR_REPLACE,
              linkIndex,
              made.handle(),
              made.parent());
      socket.request(add.attribute(TCA_KIND, made.kind()).nested(TCA_OPTIONS, made.write()));
    }
  }

  /**
   * {@code tc qdisc replace ... root}: a qdisc as it was read, without classes.
   *
   * @param options as {@link Qdisc#options} has them
   * @throws NetlinkException for kinds that do not take what they report
   */
  public void replaceRoot(int linkIndex, String kind, ByteBuffer options) {
    byte[] bytes = new byte[options.limit()];
    options.get(0, bytes);
    socket.request(
        header("RTM_NEWQDISC", RTM_NEWQDISC, CREATE_OR_REPLACE, linkIndex, 0, ROOT)
            .attribute(TCA_KIND, kind)
            .attribute(TCA_OPTIONS, bytes));
  }

  /**
   * {@code tc qdisc del ... root}: the device gets Linux's default again.
   *
   * @throws NetlinkException ENOENT when it has the default
   */
  public void deleteRoot(int linkIndex) {
    socket.request(header("RTM_DELQDISC", RTM_DELQDISC, Request.ACK, linkIndex, 0, ROOT));
  }

  /** struct tcmsg. */
  private static Request header(
      String name, int type, int flags, int linkIndex, int handle, int parent) {
    return new Request(name, type, flags)
        .bytes(0, 0)
        .int16(0)
        .int32(linkIndex)
        .int32(handle)
        .int32(parent)
        .int32(0);
  }
}
