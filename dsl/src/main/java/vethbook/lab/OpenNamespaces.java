package vethbook.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import vethbook.linux.netns.NetnsEntry;
import vethbook.linux.netns.NetnsHandle;

/** The attached namespaces that a journal speaks of, each searched for once. */
final class OpenNamespaces implements AutoCloseable {
  private final Map<HostChange.Attached, Optional<NetnsHandle>> opened = new HashMap<>();

  /** Empty when it is gone. */
  Optional<NetnsHandle> open(HostChange.Attached netns) {
    return opened.computeIfAbsent(
        netns, wanted -> NetnsEntry.find(wanted.inode(), wanted.cookie(), wanted.name()));
  }

  @Override
  public void close() {
    opened.values().forEach(handle -> handle.ifPresent(NetnsHandle::close));
  }
}
