package vethbook.dsl;

import java.util.Optional;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.Request;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.QdiscKind;

/** Whether the running Linux has a queueing discipline: asks for one without options. */
final class QdiscProbe {
  private static final int LOOPBACK = 1;

  private QdiscProbe() {}

  static Optional<String> refusal(NetnsHandle netns, String kind) {
    try {
      netns.qdiscs().replaceRoot(LOOPBACK, new Bare(kind));
      return Optional.empty();
    } catch (NetlinkException e) {
      if (e.errno().equals(Errno.ENOENT)) {
        return Optional.of("this Linux has no %s (%s)".formatted(kind, e.errno().name()));
      }
      return e.errno().equals(Errno.EPERM)
          ? Optional.of("not permitted: " + e.answer())
          : Optional.empty(); // the kind's own code has answered: it is there
    }
  }

  private record Bare(String name) implements QdiscKind {
    @Override
    public String options() {
      return "";
    }

    @Override
    public void write(Request options) {}

    @Override
    public boolean isMetBy(Qdisc there) {
      return false;
    }
  }
}
