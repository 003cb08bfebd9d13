package vethbook.lab;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices of a lab that Linux may not yet send through.
 *
 * <p>Linux drops a veth's packets until it has noticed, in the background, that both ends are up.
 * As long as nothing runs in a lab, it is not waited for device by device, but once, before the
 * first program starts; from then on a word is done when the first packet can pass.
 */
final class Carrier {
  private final Set<Device> awaited = ConcurrentHashMap.newKeySet();
  private volatile boolean hasTraffic;

  /** Notes the devices that changes have set up, and their other ends. */
  void expect(List<Change> changes) {
    for (Change change : changes) {
      if (change instanceof SetUp set && set.up()) {
        awaited.add(set.device());
        set.device().other().ifPresent(awaited::add);
      }
    }
    if (hasTraffic) {
      await();
    }
  }

  /** Something in the lab may send packets from now on. */
  void expectTraffic() {
    hasTraffic = true;
    await();
  }

  private void await() {
    for (Device device : List.copyOf(awaited)) {
      if (awaited.remove(device)) {
        Device now = device.current();
        now.netns().handle().links().awaitCarrier(now.name());
      }
    }
  }

  void forget(Netns netns) {
    awaited.removeIf(device -> device.netns() == netns);
  }

  void clear() {
    awaited.clear();
    hasTraffic = false;
  }
}
