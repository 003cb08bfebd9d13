package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.rtnetlink.Route;

record DeleteRoute(Netns netns, Route route, String through) implements Change {
  @Override
  public void apply() {
    netns.handle().routes().delete(route);
  }

  @Override
  public void undo() {
    netns.handle().routes().replace(route);
  }

  @Override
  public String command() {
    return "ip -n %s route del %s".formatted(netns.name(), Text.route(route, through));
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(Leftover.routes(netns, route));
  }

  @Override
  public String purpose() {
    return "delete route " + route.text(through) + " in " + netns;
  }
}
