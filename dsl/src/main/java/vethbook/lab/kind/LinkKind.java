package vethbook.lab.kind;

import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.linux.netlink.Request;

/** What a device is. Implementations are records: equal ones make equal devices. */
public interface LinkKind {
  /** As in {@code ip link add ... type KIND}. */
  String name();

  /** The device that it is built on, or sends through; null for none. */
  default @Nullable Device parent() {
    return null;
  }

  /** True when the parent is what {@code ip link add link PARENT} means (IFLA_LINK). */
  default boolean isOnParent() {
    return false;
  }

  /** Its options in the words of {@code ip link}, the parent left out; empty for none. */
  default String options() {
    return "";
  }

  /**
   * Writes what the kind alone has (IFLA_INFO_DATA).
   *
   * @param parentIndex the parent's index; 0 for none
   */
  default void write(Request data, int parentIndex) {}

  /**
   * The same for a device that is there already.
   *
   * @param old what it is, of the same class
   */
  default void writeChange(Request data, int parentIndex, LinkKind old) {
    write(data, parentIndex);
  }

  /** Whether Linux can give an existing device other options of this kind. */
  default boolean canChange() {
    return true;
  }
}
