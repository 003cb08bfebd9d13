package vethbook.lab;

import java.util.List;
import java.util.stream.Collectors;
import vethbook.linux.Cidr;
import vethbook.linux.bpf.RedirectRule;

/**
 * Packets that arrive at a device and do not go into it, but straight to another.
 *
 * @param to where they go
 * @param way how they get there
 * @param when which packets: those for these networks; empty for every frame
 */
public record Redirect(Device to, RedirectRule.Action way, List<Cidr> when) {
  public Redirect {
    when = List.copyOf(when);
  }

  /** The same for the program, which knows devices by their index in its namespace. */
  RedirectRule rule() {
    Device named = way == RedirectRule.Action.PEER ? to.other().orElseThrow() : to;
    return new RedirectRule(way, named.index(), when);
  }

  /** After a device has moved. */
  Redirect moved(Device from, Device there) {
    return to == from ? new Redirect(there, way, when) : this;
  }

  /** {@code 10.0.1.2/32 → box.eth0 (bpf_redirect_peer)}. */
  @Override
  public String toString() {
    String packets =
        when.isEmpty()
            ? "every frame"
            : when.stream().map(Cidr::toString).collect(Collectors.joining(", "));
    return "%s → %s (%s)".formatted(packets, to, way.function());
  }
}
