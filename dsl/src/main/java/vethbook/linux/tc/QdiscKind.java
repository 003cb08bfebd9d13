package vethbook.linux.tc;

import java.util.List;
import vethbook.linux.netlink.Request;

/**
 * A queueing discipline with its options. Implementations are records: equal ones make equal
 * qdiscs.
 */
public interface QdiscKind {
  /** As in {@code tc qdisc add ... KIND}. */
  String name();

  /** Its options in the words of {@code tc}; empty for none. */
  String options();

  /** All of it in the words of {@code tc}, classes left out: {@code netem delay 10ms}. */
  default String text() {
    return (name() + " " + options()).strip();
  }

  /** Writes what the kind alone has (TCA_OPTIONS), after the length and type of that attribute. */
  void write(Request options);

  /** Whether a qdisc that is there has these options already. */
  boolean isMetBy(Qdisc there);

  /** The handle that it needs for its classes; 0 lets Linux choose one. */
  default int handle() {
    return 0;
  }

  /** The classes that it has from the start, each after its parent; empty for most kinds. */
  default List<NewClass> classes() {
    return List.of();
  }
}
