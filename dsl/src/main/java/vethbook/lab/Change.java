package vethbook.lab;

import java.util.List;
import java.util.Optional;

/** One step that a word takes on the system. */
public interface Change {
  /** Does it. */
  void apply();

  /** Takes it back; called only after {@link #apply} has succeeded. */
  void undo();

  /** The command that would do the same, such as {@code ip -n client link set dev eth0 up}. */
  String command();

  /** The namespaces that it changes. */
  List<Netns> places();

  /**
   * On the host: what it takes to undo it when this process is gone; empty if it may not be done
   * there.
   */
  default Optional<HostChange> onHost() {
    return Optional.empty();
  }

  /**
   * In a namespace that the lab has only attached: what of it would stay there when the lab is
   * gone, with what it takes to undo it; an empty list if nothing would. Empty if it may not be
   * done there, which is what a change that can be undone on the host need not say.
   *
   * @param place one of {@link #places}
   */
  default Optional<List<HostChange>> lasting(Netns place) {
    return onHost().map(List::of);
  }

  /** As {@link #lasting}, for what is known only once it has been done. */
  default List<HostChange> made(Netns place) {
    return List.of();
  }

  /** What it does, to follow "Cannot": {@code set mtu 10 on device c0 in netns client}. */
  String purpose();
}
