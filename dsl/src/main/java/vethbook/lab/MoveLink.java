package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.SavedRoutes;

/** Moves a device to another namespace, under another name if asked; its addresses are lost. */
record MoveLink(Device from, Device to) implements Change {
  @Override
  public void apply() {
    move(from, to);
  }

  @Override
  public void undo() {
    move(to, from);
  }

  private static void move(Device from, Device to) {
    if (from.netns() == to.netns()) {
      rename(from.netns().handle(), from.index(), to.name());
    } else {
      from.netns().handle().links().move(from.index(), to.netns().handle().fd(), to.name());
    }
    from.movedTo(to);
  }

  /**
   * Linux before 6.2 renames only what is down (EBUSY), and a device that goes down loses its
   * routes.
   */
  private static void rename(NetnsHandle netns, int index, String name) {
    try {
      netns.links().rename(index, name);
    } catch (NetlinkException e) {
      if (!e.errno().equals(Errno.EBUSY)) {
        throw e;
      }
      List<SavedRoutes.Saved> routes =
          netns.savedRoutes().list().stream()
              .filter(saved -> saved.route().linkIndex() == index)
              .toList();
      netns.links().setUp(index, false);
      netns.links().rename(index, name);
      netns.links().setUp(index, true);
      routes.forEach(saved -> netns.savedRoutes().restore(saved.message()));
    }
  }

  @Override
  public String command() {
    return from.netns() == to.netns()
        ? "ip -n %s link set dev %s name %s".formatted(from.netns().name(), from.name(), to.name())
        : "ip -n %s link set dev %s netns %s name %s"
            .formatted(from.netns().name(), from.name(), to.netns().name(), to.name());
  }

  @Override
  public List<Netns> places() {
    return List.of(from.netns(), to.netns());
  }

  @Override
  public Optional<HostChange> onHost() {
    return from.netns().isHost() ? Optional.of(HostNic.before(from)) : Optional.empty();
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    Link link = from.existing();
    if (from.netns().isHost()) {
      return Optional.of(List.of(Leftover.nic(to, link.mac())));
    }
    if (!from.isOwn()) {
      return Optional.empty();
    }
    return Optional.of(
        place == to.netns() ? List.of(Leftover.link(to.name(), link.kind())) : List.of());
  }

  @Override
  public List<HostChange> made(Netns place) {
    boolean isNew = place == to.netns() && !from.netns().isHost();
    return isNew
        ? List.of(Leftover.link(to.name(), to.existing().kind(), to.existing().index()))
        : List.of();
  }

  @Override
  public String purpose() {
    return from.netns() == to.netns()
        ? "rename device " + Text.place(from) + " to " + to.name()
        : "move device " + Text.place(from) + " to " + to;
  }
}
