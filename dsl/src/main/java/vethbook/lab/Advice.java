package vethbook.lab;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.lab.kind.LinkKind;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.RouteQuestion;

/** What to do next about a refusal, found by looking at the state; null when that is not known. */
final class Advice {
  private Advice() {}

  static @Nullable String on(Change change, NetlinkException refusal) {
    Errno errno = refusal.errno();
    if (errno.equals(Errno.EPERM)) {
      return "this needs CAP_NET_ADMIN; 'vethbook doctor' says what is possible here";
    }
    if (change instanceof SetMtu mtu) {
      return mtuRange(mtu.device().existing());
    }
    if (change instanceof AddLink add) {
      return linkAdvice(add, errno);
    }
    if (change instanceof SetQdisc set && errno.equals(Errno.ENOENT)) {
      return lacks(set.wanted().name(), set.wanted().name());
    }
    if (change instanceof ReplaceRoute route && errno.equals(Errno.ENETUNREACH)) {
      return route.netns()
          + " has "
          + route.netns().addresses()
          + ": the gateway must be on a network of one that is up, or say dev: and onlink: true";
    }
    if (change instanceof DeleteLink delete && delete.device().name().equals("lo")) {
      return "every namespace has a lo; " + delete.device() + ".down() takes it out of use";
    }
    return null;
  }

  private static String mtuRange(Link link) {
    String most = link.maxMtu() == 0 ? "or more" : "to " + link.maxMtu();
    return "this device takes %d %s bytes ('ip -d link show': minmtu, maxmtu)"
        .formatted(link.minMtu(), most);
  }

  private static @Nullable String linkAdvice(AddLink add, Errno errno) {
    String kind = add.origins().get(0).kind();
    if (errno.equals(Errno.EOPNOTSUPP)) {
      LinkKind made = add.origins().get(0).made();
      String options = made == null || made.options().isEmpty() ? "" : " (" + made.options() + ")";
      return lacks(kind + options, kind);
    }
    if (errno.equals(Errno.EBUSY)) {
      return "the parent is used otherwise: a device carries either macvlan or ipvlan, and a bridge"
          + " port neither. Make another vethPair and use its end";
    }
    boolean isOnParent = add.devices().size() == 1 && add.origins().get(0).other() != null;
    if (errno.equals(Errno.EINVAL) && isOnParent) {
      Device parent = Objects.requireNonNull(add.origins().get(0).other());
      return "%s may not be fit to carry one (lo and bridge ports are not)".formatted(parent);
    }
    if (errno.equals(Errno.EINVAL)) {
      return "an MTU is 68 to 65535 bytes (mtu:), and queues are 1 to 4096 (queues:)";
    }
    return null;
  }

  /** Why a packet would not get on ({@code ip route get}). */
  static @Nullable String onWay(Netns netns, RouteQuestion question, Errno errno) {
    if (errno.equals(Errno.ENETUNREACH)) {
      return "no route leads there: add one with " + netns.name() + ".route";
    }
    // newer Linux says EINVAL for what 6.1 calls EXDEV
    boolean comesIn = question.inIndex() > 0;
    if (errno.equals(Errno.EXDEV) || (comesIn && errno.equals(Errno.EINVAL))) {
      return "the check of the source address drops it: the way back leads through another device"
          + " (net.ipv4.conf.*.rp_filter), or the source is one that cannot come from outside";
    }
    if (errno.equals(Errno.EHOSTUNREACH)) {
      return "it is not for this namespace, which does not forward: "
          + netns.name()
          + ".forwarding true; or a route of type unreachable matches";
    }
    return null;
  }

  private static String lacks(String what, String feature) {
    return "this Linux has no %s; 'vethbook doctor' lists what it has. Put the cell's lines into needs('%s') { ... } to skip them here"
        .formatted(what, feature);
  }
}
