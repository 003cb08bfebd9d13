package vethbook.lab;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.rtnetlink.Route;

/**
 * Adds a route, or puts it in the place of one with the same key.
 *
 * @param isNew whether one with the same key is a refusal of Linux's (EEXIST)
 * @param old the one with the same key; null for none
 * @param through the name of its device; empty lets Linux find it by the gateway
 */
record ReplaceRoute(Netns netns, Route route, @Nullable Route old, String through, boolean isNew)
    implements Change {
  @Override
  public void apply() {
    if (isNew) {
      netns.handle().routes().add(route);
    } else {
      netns.handle().routes().replace(route);
    }
  }

  @Override
  public void undo() {
    if (old == null) {
      netns.handle().routes().delete(route);
    } else {
      netns.handle().routes().replace(old);
    }
  }

  @Override
  public String command() {
    return "ip -n %s route replace %s".formatted(netns.name(), Text.route(route, through));
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    List<HostChange> before = Leftover.routes(netns, route);
    return Optional.of(before.isEmpty() ? List.of(Leftover.newRoute(route)) : before);
  }

  @Override
  public String purpose() {
    return "add route " + route.text(through) + " in " + netns;
  }
}
