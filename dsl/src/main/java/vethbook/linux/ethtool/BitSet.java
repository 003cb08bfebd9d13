package vethbook.linux.ethtool;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/** A set of named bits, in the long form of ethtool's netlink messages (ETHTOOL_A_BITSET_BITS). */
final class BitSet {
  static final int BITS = 3;
  static final int NAME = 2;
  static final int VALUE = 3;
  private static final int BIT = 1;

  private BitSet() {}

  /** The bits of a set without mask: those that are listed are set. */
  static Set<String> names(Attributes bitset) {
    Set<String> names = new HashSet<>();
    for (Attributes bit : bitset.nested(BITS).each()) {
      String name = bit.string(NAME);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** Bits to be set or cleared; others stay as they are. */
  static void write(Request bitset, Map<String, Boolean> values) {
    bitset.nested(
        BITS,
        bits ->
            values.forEach(
                (name, value) ->
                    bits.nested(
                        BIT,
                        bit -> {
                          bit.attribute(NAME, name);
                          if (value) {
                            bit.attribute(VALUE, new byte[0]);
                          }
                        })));
  }
}
