package vethbook.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.lab.kind.LinkKind;
import vethbook.linux.Cidr;

/**
 * How a device came to be, kept to tell a repeated word from a conflicting one.
 *
 * @param kind as in {@code ip link add ... type KIND}; empty when this lab did not make it
 * @param other a veth's or netkit's peer, or the device that it is built on
 * @param made the kind with its options; null for pairs and where the kind has none
 * @param addresses those that the word which made it has given it
 */
record Origin(String kind, @Nullable Device other, @Nullable LinkKind made, List<Cidr> addresses) {
  static final Origin UNKNOWN = new Origin("", null, null, List.of());

  /** One end of a pair. */
  static Origin pair(String kind, Device peer) {
    return new Origin(kind, peer, null, List.of());
  }

  static Origin of(LinkKind kind) {
    return new Origin(kind.name(), kind.parent(), kind, List.of());
  }

  Origin with(List<Cidr> given) {
    return new Origin(kind, other, made, List.copyOf(given));
  }

  Origin withMade(LinkKind changed) {
    return new Origin(kind, other, changed, addresses);
  }

  Origin withOther(Device moved) {
    return new Origin(kind, moved, made, addresses);
  }
}
