package vethbook.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/**
 * How a device came to be, kept to tell a repeated word from a conflicting one.
 *
 * @param kind as in {@code ip link add ... type KIND}; empty when this lab did not make it
 * @param other a veth's peer, or the parent of a macvlan or ipvlan
 * @param addresses those that the word which made it has given it
 */
record Origin(String kind, @Nullable Device other, List<Cidr> addresses) {
  static final Origin UNKNOWN = new Origin("", null, List.of());

  Origin with(List<Cidr> given) {
    return new Origin(kind, other, List.copyOf(given));
  }
}
