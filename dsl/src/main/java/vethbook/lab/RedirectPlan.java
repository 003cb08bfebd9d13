package vethbook.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.bpf.RedirectRule.Action;

/**
 * A redirect as a cell asks for it.
 *
 * @param to a device of another namespace, whose peer is in this one; or a device of this one
 * @param when the destinations of the packets; empty for the usual: to another namespace those of
 *     the device's own addresses, else all
 * @param neighbour whether Linux looks up the next hop's MAC address, or the frame stays as it is;
 *     null for the usual, which is the first
 */
public record RedirectPlan(Device to, List<Cidr> when, @Nullable Boolean neighbour) {
  private static final List<Cidr> EVERYTHING = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

  public RedirectPlan {
    to = to.current();
    when = List.copyOf(when);
  }

  Redirect redirect(Device from) {
    when.forEach(network -> requireNetwork(from, network));
    if (from.netns() != to.netns()) {
      return intoPeer(from);
    }
    to.existing();
    boolean isFrame = neighbour != null && !neighbour;
    return isFrame
        ? new Redirect(to, Action.FRAME, when)
        : new Redirect(to, Action.NEIGHBOUR, when.isEmpty() ? EVERYTHING : when);
  }

  private Redirect intoPeer(Device from) {
    to.existing();
    Optional<Device> peer = to.other();
    if (peer.isEmpty() || peer.get().netns() != from.netns() || !isPair()) {
      throw new PlanException(
          "Cannot redirect from %s to %s, in another namespace: its peer is not in %s"
              .formatted(from, to, from.netns()),
          "to: takes a device of %s, or a veth or netkit whose other end is in it"
              .formatted(from.netns()));
    }
    if (neighbour != null) {
      throw new PlanException(
          "Cannot take neighbour: %s from %s to %s: no MAC address is needed on the way into"
                  .formatted(neighbour, from, to)
              + " another namespace",
          "leave it out, or redirect to: " + peer.get());
    }
    List<Cidr> packets = when.isEmpty() ? addresses() : when;
    if (packets.isEmpty()) {
      throw new PlanException(
          "Cannot redirect from %s to %s without knowing what: it has no address"
              .formatted(from, to),
          "give it one before, or say when: '10.0.1.2'");
    }
    return new Redirect(to, Action.PEER, packets);
  }

  private boolean isPair() {
    String kind = to.origin().kind();
    return kind.equals("veth") || kind.equals("netkit");
  }

  /** Each alone, whatever network it is in. */
  private List<Cidr> addresses() {
    return to.addresses().stream()
        .map(cidr -> new Cidr(cidr.address(), cidr.isIpv6() ? 128 : 32))
        .toList();
  }

  private static void requireNetwork(Device from, Cidr network) {
    if (!network.equals(network.network())) {
      throw new PlanException(
          "Cannot redirect %s from %s: it has host bits".formatted(network, from),
          "the network is " + network.network());
    }
  }
}
