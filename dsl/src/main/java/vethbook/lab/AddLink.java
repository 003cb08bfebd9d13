package vethbook.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Links;
import vethbook.linux.rtnetlink.NewLink;

/**
 * Makes a device, or with a veth both of its ends.
 *
 * @param devices what comes to be: the device, and a veth's peer
 * @param maker the namespace whose socket asks for it: the parent's, where there is a parent
 * @param link describes it, once the indexes it needs are known
 * @param bornAs the first device's name at its birth, see {@link Wiring}; renamed right after
 * @param origins what each of the devices remembers
 * @param text its command, put together when somebody asks
 */
record AddLink(
    List<Device> devices,
    Netns maker,
    Supplier<NewLink> link,
    String bornAs,
    List<Origin> origins,
    Supplier<String> text)
    implements Change {
  /** What Linux answers when the name is taken, or the index (EBUSY at a veth's peer). */
  private static final Set<Errno> TAKEN = Set.of(Errno.EEXIST, Errno.EBUSY);

  @Override
  public void apply() {
    try {
      maker.handle().links().create(link.get());
    } catch (NetlinkException e) {
      if (!TAKEN.contains(e.errno())) {
        throw e;
      }
      refuseWhatIsThere();
      createAtAnyIndex(0);
    }
    rename();
    for (int i = 0; i < devices.size(); i++) {
      devices.get(i).born(origins.get(i));
    }
  }

  private void createAtAnyIndex(int from) {
    if (from < devices.size()) {
      NetnsHandle netns = devices.get(from).netns().handle();
      netns.withoutNumbering(() -> createAtAnyIndex(from + 1));
    } else {
      maker.handle().links().create(link.get());
    }
  }

  /** Says what has the name. */
  private void refuseWhatIsThere() {
    for (int i = 0; i < devices.size(); i++) {
      Wiring.isThere(devices.get(i), origins.get(i).kind(), origins.get(i).other());
    }
  }

  private void rename() {
    Device first = devices.get(0);
    if (!bornAs.equals(first.name())) {
      Links links = first.netns().handle().links();
      int index = links.find(bornAs).map(Link::index).orElse(0);
      try {
        links.rename(index, first.name());
      } catch (NetlinkException e) {
        links.delete(index);
        throw e;
      }
    }
  }

  @Override
  public void undo() {
    Device first = devices.get(0);
    first.netns().handle().links().delete(first.index());
    devices.forEach(device -> device.origin(Origin.UNKNOWN));
  }

  @Override
  public String command() {
    return text.get();
  }

  @Override
  public List<Netns> places() {
    return Stream.concat(Stream.of(maker), devices.stream().map(Device::netns)).toList();
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(
        born(place).map(i -> Leftover.link(devices.get(i).name(), origins.get(i).kind())).toList());
  }

  @Override
  public List<HostChange> made(Netns place) {
    return born(place)
        .map(devices::get)
        .map(device -> Leftover.link(device.name(), device.origin().kind(), device.index()))
        .toList();
  }

  private Stream<Integer> born(Netns place) {
    return IntStream.range(0, devices.size()).filter(i -> devices.get(i).netns() == place).boxed();
  }

  @Override
  public String purpose() {
    Device first = devices.get(0);
    String kind = origins.get(0).kind();
    Device other = origins.get(0).other();
    if (devices.size() == 2) {
      return "make %s pair %s and %s".formatted(kind, first, devices.get(1));
    }
    return other == null
        ? "make " + kind + " " + Text.place(first)
        : "make " + kind + " " + first + " on " + other;
  }
}
