package vethbook.linux.rtnetlink;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;

/** The rules that choose a routing table ({@code ip rule}; {@code linux/fib_rules.h}). */
public final class Rules {
  private static final int RTM_NEWRULE = 32;
  private static final int RTM_DELRULE = 33;
  private static final int RTM_GETRULE = 34;
  private static final int FIXED_BYTES = 12;
  private static final int FRA_DST = 1;
  private static final int FRA_SRC = 2;
  private static final int FRA_IIFNAME = 3;
  private static final int FRA_PRIORITY = 6;
  private static final int FRA_FWMARK = 10;
  private static final int FRA_TABLE = 15;
  private static final int FRA_OIFNAME = 17;
  private static final int TO_TABLE = 1;

  private final NetlinkSocket socket;

  public Rules(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The rules that lead to a table, IPv4's and IPv6's, in the order in which they are tried. */
  public List<Rule> list() {
    Request request = new Request("RTM_GETRULE", RTM_GETRULE, Request.DUMP);
    return socket.dump(request.bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0)).stream()
        .filter(reply -> Family.isIp(reply.int8(0)) && reply.int8(7) == TO_TABLE)
        .map(Rules::rule)
        .toList();
  }

  /**
   * {@code ip rule add}.
   *
   * @throws NetlinkException EEXIST when there is such a rule
   */
  public void add(Rule rule) {
    int flags = Request.ACK | Request.CREATE | Request.EXCL;
    socket.request(message("RTM_NEWRULE", RTM_NEWRULE, flags, rule));
  }

  /** {@code ip rule del}. */
  public void delete(Rule rule) {
    socket.request(message("RTM_DELRULE", RTM_DELRULE, Request.ACK, rule));
  }

  private static Request message(String name, int type, int flags, Rule rule) {
    Request request = new Request(name, type, flags);
    request
        .bytes(Family.number(rule.isIpv6()), length(rule.destination()), length(rule.source()), 0)
        .bytes(0, 0, 0, TO_TABLE)
        .int32(0)
        .attribute(FRA_PRIORITY, rule.priority())
        .attribute(FRA_TABLE, rule.table());
    network(request, FRA_DST, rule.destination());
    network(request, FRA_SRC, rule.source());
    if (!rule.in().isEmpty()) {
      request.attribute(FRA_IIFNAME, rule.in());
    }
    if (!rule.out().isEmpty()) {
      request.attribute(FRA_OIFNAME, rule.out());
    }
    if (rule.mark() != 0) {
      request.attribute(FRA_FWMARK, rule.mark());
    }
    return request;
  }

  private static int length(@Nullable Cidr network) {
    return network == null ? 0 : network.prefixLength();
  }

  private static void network(Request request, int type, @Nullable Cidr network) {
    if (network != null) {
      request.attribute(type, network.address().getAddress());
    }
  }

  static Rule rule(Reply reply) {
    Attributes attributes = reply.attributes(FIXED_BYTES);
    return new Rule(
        Family.isIpv6(reply.int8(0)),
        attributes.int32(FRA_PRIORITY, 0),
        network(attributes.bytes(FRA_SRC), reply.int8(2)),
        network(attributes.bytes(FRA_DST), reply.int8(1)),
        orEmpty(attributes.string(FRA_IIFNAME)),
        orEmpty(attributes.string(FRA_OIFNAME)),
        attributes.int32(FRA_FWMARK, 0),
        attributes.int32(FRA_TABLE, reply.int8(4)));
  }

  private static @Nullable Cidr network(byte @Nullable [] address, int length) {
    return address == null ? null : new Cidr(Family.address(address), length);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
