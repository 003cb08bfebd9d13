package vethbook.linux.ethtool;

import java.util.ArrayList;
import java.util.List;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/** The names of a driver's statistics (ETHTOOL_MSG_STRSET_GET of ETH_SS_STATS). */
final class StringSet {
  private static final int SETS = 2;
  private static final int SET = 1;
  private static final int ID = 1;
  private static final int STRINGS = 3;
  private static final int VALUE = 2;
  private static final int STATISTICS = 1;

  private StringSet() {}

  static Request statistics(Request request) {
    return request.nested(SETS, sets -> sets.nested(SET, set -> set.attribute(ID, STATISTICS)));
  }

  /** In the order of the numbers that belong to them. */
  static List<String> read(Attributes answer) {
    List<String> names = new ArrayList<>();
    for (Attributes set : answer.nested(SETS).each()) {
      for (Attributes string : set.nested(STRINGS).each()) {
        String name = string.string(VALUE);
        names.add(name == null ? "" : name.strip());
      }
    }
    return names;
  }
}
