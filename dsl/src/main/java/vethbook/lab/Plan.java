package vethbook.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vethbook.lab.filter.OwnTable;
import vethbook.linux.rtnetlink.Link;

/**
 * What words would do, said without doing it: {@code lab.plan { ... }}. The words see the lab as it
 * would then be; nothing is asked of Linux that takes privileges, and nothing is changed.
 */
public final class Plan {
  private final List<Change> changes = new ArrayList<>();
  private final List<String> newNamespaces = new ArrayList<>();
  private final Map<Netns, PlannedView> views = new HashMap<>();

  private final Map<Netns, OwnTable> tables = new HashMap<>();

  Plan() {}

  /** The packet rules that a namespace would have. */
  OwnTable table(Netns netns, OwnTable present) {
    return tables.getOrDefault(netns, present);
  }

  /** A namespace that would be made. */
  Netns netns(Lab lab, String name) {
    Netns planned = new Netns(lab, name);
    views.put(planned, new PlannedView(null));
    newNamespaces.add(name);
    return planned;
  }

  PlannedView view(Netns netns) {
    return views.computeIfAbsent(netns, place -> new PlannedView(new LinuxView(place.handle())));
  }

  void take(List<Change> wanted) {
    for (Change change : wanted) {
      pretend(change);
      if (!change.command().isEmpty()) {
        changes.add(change);
      }
    }
  }

  private void pretend(Change change) {
    if (change instanceof AddLink add) {
      add(add);
    } else if (change instanceof MoveLink move) {
      move(move.from(), move.to());
      move.from().movedTo(move.to());
    } else if (change instanceof DeleteLink delete) {
      view(delete.device().netns()).remove(delete.device().name());
    } else if (change instanceof AddAddress address) {
      address.device().netns().lab().addresses().requireFree(address.cidr(), address.device());
      address.device().netns().lab().addresses().taken(address.cidr(), address.device());
      view(address.device().netns()).address(address.device().name(), address.cidr(), true);
    } else if (change instanceof DeleteAddress address) {
      view(address.device().netns()).address(address.device().name(), address.cidr(), false);
    } else if (change instanceof SetUp set) {
      view(set.device().netns()).up(set.device().name(), set.up());
    } else if (change instanceof SetMtu set) {
      view(set.device().netns()).mtu(set.device().name(), set.bytes());
    } else if (change instanceof ReplaceRoute route) {
      view(route.netns()).route(route.route(), true);
    } else if (change instanceof DeleteRoute route) {
      view(route.netns()).route(route.route(), false);
    } else if (change instanceof AddRule rule) {
      view(rule.netns()).rule(rule.rule(), rule.adds());
    } else if (change instanceof WriteSysctl write) {
      view(write.netns()).sysctl(write.key(), write.value());
    } else if (change instanceof LoadRules load) {
      tables.put(load.netns(), load.wanted());
    } else if (change instanceof Remember remember) {
      remember.apply();
    }
  }

  private void move(Device from, Device to) {
    Link link = from.existing();
    if (from.netns() == to.netns()) {
      view(from.netns()).rename(from.name(), to.name());
    } else {
      view(from.netns()).remove(from.name());
      view(to.netns()).adopt(link, to.name());
    }
  }

  private void add(AddLink add) {
    for (int i = 0; i < add.devices().size(); i++) {
      Device device = add.devices().get(i);
      Origin origin = add.origins().get(i);
      view(device.netns()).add(device.name(), origin.kind(), DeviceOptions.NONE);
      device.origin(origin);
    }
  }

  /** What would be done, in words and in order. */
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    newNamespaces.forEach(name -> steps.add("make netns " + name));
    changes.forEach(change -> steps.add(change.purpose()));
    return steps;
  }

  /** The commands that would do the same. */
  public List<String> commands() {
    List<String> commands = new ArrayList<>();
    newNamespaces.forEach(name -> commands.addAll(vethbook.linux.netns.NetnsHandle.commands(name)));
    changes.stream()
        .map(Lab::command)
        .flatMap(String::lines)
        .filter(line -> !line.isEmpty())
        .forEach(commands::add);
    return commands;
  }

  @Override
  public String toString() {
    if (changes.isEmpty() && newNamespaces.isEmpty()) {
      return "Nothing would change.";
    }
    StringBuilder text = new StringBuilder("Would, with nothing done yet:");
    steps().forEach(step -> text.append("\n  ").append(step));
    text.append("\nThe same as commands:");
    commands().forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
