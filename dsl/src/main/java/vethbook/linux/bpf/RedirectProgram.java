package vethbook.linux.bpf;

import static vethbook.linux.bpf.Register.R0;
import static vethbook.linux.bpf.Register.R1;
import static vethbook.linux.bpf.Register.R2;
import static vethbook.linux.bpf.Register.R3;
import static vethbook.linux.bpf.Register.R4;
import static vethbook.linux.bpf.Register.R6;
import static vethbook.linux.bpf.Register.R7;
import static vethbook.linux.bpf.Register.R8;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vethbook.linux.Cidr;

/**
 * Writes the program that redirects packets by their destination address, as Cilium's does, and
 * leaves all others on their way. It has no maps; the rules are its instructions.
 *
 * <p>Rules by address look only at IP packets that are addressed to this machine (pkt_type
 * PACKET_HOST: no broadcast, no multicast, hence no ARP requests) and leave alone those for the
 * namespace itself, so that ARP, IPv6 neighbour discovery and ping to a gateway go on working. Of
 * overlapping networks the longest prefix wins, as in a routing table.
 */
final class RedirectProgram {
  // struct __sk_buff
  private static final int SKB_PKT_TYPE = 4;
  private static final int SKB_PROTOCOL = 16;
  private static final int SKB_DATA = 76;
  private static final int SKB_DATA_END = 80;
  private static final int PACKET_HOST = 0;
  private static final int ETH_P_IP = 0x0800;
  private static final int ETH_P_IPV6 = 0x86dd;
  private static final int ETHERNET_BYTES = 14;

  /** TC_ACT_UNSPEC and NETKIT_NEXT: the next program's turn, or none. */
  private static final int GO_ON = -1;

  private static final Cidr IPV6_LINK_LOCAL = Cidr.parse("fe80::/10");
  private static final String OTHERWISE = "otherwise";

  private final Assembler to = new Assembler();
  private final List<RedirectRule> rules;
  private final List<Cidr> own;

  private record Target(Cidr network, String label) {}

  private RedirectProgram(List<RedirectRule> rules, List<InetAddress> own) {
    this.rules = rules;
    this.own = new ArrayList<>(List.of(IPV6_LINK_LOCAL));
    own.stream()
        .distinct()
        .forEach(address -> this.own.add(new Cidr(address, address.getAddress().length * 8)));
  }

  /**
   * @param own the addresses of the namespace where it runs: what is for them is not redirected
   */
  static Program of(List<RedirectRule> rules, List<InetAddress> own) {
    return new RedirectProgram(rules, own).write();
  }

  private Program write() {
    List<Target> targets = targets();
    to.copy(R6, R1);
    if (!targets.isEmpty()) {
      to.load32(R2, R6, SKB_PKT_TYPE).jumpUnlessEqual32(R2, PACKET_HOST, OTHERWISE);
      to.load32(R2, R6, SKB_PROTOCOL);
      to.jumpIfEqual32(R2, networkOrder(ETH_P_IP), "ipv4");
      to.jumpIfEqual32(R2, networkOrder(ETH_P_IPV6), "ipv6");
      to.jump(OTHERWISE);
      family(targets, false, "ipv4", ETHERNET_BYTES + 20, ETHERNET_BYTES + 16);
      family(targets, true, "ipv6", ETHERNET_BYTES + 40, ETHERNET_BYTES + 24);
    }
    otherwise();
    return to.program();
  }

  private static String label(RedirectRule rule) {
    return rule.action() + " " + rule.linkIndex();
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (RedirectRule rule : rules) {
      rule.destinations().forEach(network -> targets.add(new Target(network, label(rule))));
    }
    targets.sort(
        Comparator.comparing((Target target) -> -target.network().prefixLength())
            .thenComparing(target -> target.network().toString()));
    return targets;
  }

  /** What to do with a packet of this family whose destination is at so many bytes. */
  private void family(
      List<Target> all, boolean isIpv6, String label, int headerBytes, int destinationAt) {
    List<Target> targets =
        all.stream().filter(target -> target.network().isIpv6() == isIpv6).toList();
    to.label(label);
    if (!targets.isEmpty()) {
      makeReadable(headerBytes, label);
      for (Cidr address : own) {
        if (targets.stream().anyMatch(target -> target.network().contains(address.address()))) {
          match(address, destinationAt, OTHERWISE, label + " own " + address);
        }
      }
      for (Target target : targets) {
        Cidr network = target.network();
        match(network, destinationAt, target.label(), label + " " + network);
        if (network.prefixLength() == 0) {
          return; // all are taken: Linux refuses instructions that nothing reaches
        }
      }
    }
    to.jump(OTHERWISE);
  }

  /** Puts the packet's address into R7; shorter packets are not redirected. */
  private void makeReadable(int bytes, String label) {
    String isReadable = label + " readable";
    String isNot = label + " not readable";
    bounds(bytes).jumpIfAbove(R2, R8, isNot).jump(isReadable);
    to.label(isNot).copy(R1, R6).set(R2, bytes).call(Helper.SKB_PULL_DATA);
    bounds(bytes).jumpIfAbove(R2, R8, OTHERWISE);
    to.label(isReadable);
  }

  private Assembler bounds(int bytes) {
    to.load32(R7, R6, SKB_DATA).load32(R8, R6, SKB_DATA_END);
    return to.copy(R2, R7).add(R2, bytes);
  }

  /** Jumps when the address at so many bytes is in the network. */
  private void match(Cidr network, int at, String label, String unique) {
    ByteBuffer bytes =
        ByteBuffer.wrap(network.network().address().getAddress()).order(ByteOrder.nativeOrder());
    String next = "not " + unique;
    for (int offset = 0; offset < bytes.limit(); offset += 4) {
      int bits = Math.min(32, network.prefixLength() - offset * 8);
      if (bits <= 0) {
        break;
      }
      to.load32(R2, R7, at + offset);
      if (bits < 32) {
        to.and32(R2, mask(bits));
      }
      to.jumpUnlessEqual32(R2, bytes.getInt(offset), next);
    }
    to.jump(label).label(next);
  }

  /** The first bits of a word that is in network byte order in memory. */
  private static int mask(int bits) {
    int mask = -1 << (32 - bits);
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? mask : Integer.reverseBytes(mask);
  }

  private static int networkOrder(int etherType) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
        ? etherType
        : Integer.reverseBytes(etherType) >>> 16;
  }

  /** All that no rule by address has taken, and the ends of the rules. */
  private void otherwise() {
    to.label(OTHERWISE);
    rules.stream()
        .filter(rule -> rule.destinations().isEmpty())
        .findFirst()
        .ifPresentOrElse(rule -> redirect(rule), () -> to.set(R0, GO_ON).exit());
    for (RedirectRule rule : rules) {
      if (!rule.destinations().isEmpty()) {
        to.label(label(rule));
        redirect(rule);
      }
    }
  }

  private void redirect(RedirectRule rule) {
    to.set(R1, rule.linkIndex()).set(R2, 0);
    if (rule.action() == RedirectRule.Action.NEIGHBOUR) {
      to.set(R3, 0).set(R4, 0);
    }
    to.call(rule.action().helper()).exit();
  }
}
