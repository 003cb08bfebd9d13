package vethbook.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.Rule;
import vethbook.linux.sysfs.QueueAttribute;

/** A namespace as it would be: what it was when the plan began, and what the plan has changed. */
final class PlannedView implements View {
  /** A parameter of one device, such as {@code net/ipv4/conf/eth0/proxy_arp}. */
  private static final Pattern OF_DEVICE =
      Pattern.compile("net[./]ipv[46][./](?:conf|neigh)[./](.+)[./]\\w+");

  private static final int USUAL_MTU = 1500;
  private static final int LOOPBACK_MTU = 65_536;

  private final @Nullable View linux;
  private final List<Link> links = new ArrayList<>();
  private final List<Addresses.Assigned> addresses = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Neighbour> neighbours = new ArrayList<>();
  private final List<Neighbour> forwarding = new ArrayList<>();
  private final Map<String, String> sysctls = new HashMap<>();
  private int last;

  /**
   * @param linux what is there; null for a namespace that is only planned
   */
  PlannedView(@Nullable View linux) {
    this.linux = linux;
    if (linux == null) {
      links.add(made("lo", "", LOOPBACK_MTU, 0, "", 1));
    } else {
      links.addAll(linux.links());
      addresses.addAll(linux.addresses());
      routes.addAll(linux.routes());
      rules.addAll(linux.rules());
      neighbours.addAll(linux.neighbours());
      forwarding.addAll(linux.forwarding());
      last = links.stream().mapToInt(Link::index).max().orElse(0);
    }
  }

  private Link made(String name, String kind, int mtu, int queues, String mac, int up) {
    last++;
    int count = Math.max(queues, 1);
    int usual = mtu == 0 ? USUAL_MTU : mtu;
    return new Link(last, name, kind, mac, usual, up == 1, true, 0, 0, -1, 0, 0, count, count);
  }

  void add(String name, String kind, DeviceOptions options) {
    links.add(made(name, kind, options.mtu(), options.queues(), options.mac(), 0));
  }

  void remove(String name) {
    link(name).ifPresent(link -> addresses.removeIf(given -> given.linkIndex() == link.index()));
    links.removeIf(link -> link.name().equals(name));
  }

  /** Takes in a device that comes from another namespace, without its addresses. */
  void adopt(Link link, String name) {
    links.add(made(name, link.kind(), link.mtu(), link.rxQueues(), link.mac(), 0));
  }

  void up(String name, boolean up) {
    replace(name, link -> changed(link, name, up, link.mtu()));
  }

  void mtu(String name, int mtu) {
    replace(name, link -> changed(link, name, link.isUp(), mtu));
  }

  void rename(String name, String other) {
    replace(name, link -> changed(link, other, link.isUp(), link.mtu()));
  }

  private void replace(String name, UnaryOperator<Link> change) {
    links.replaceAll(link -> link.name().equals(name) ? change.apply(link) : link);
  }

  private static Link changed(Link link, String name, boolean up, int mtu) {
    return new Link(
        link.index(),
        name,
        link.kind(),
        link.mac(),
        mtu,
        up,
        link.hasCarrier(),
        link.parentIndex(),
        link.masterIndex(),
        link.mode(),
        link.minMtu(),
        link.maxMtu(),
        link.rxQueues(),
        link.txQueues());
  }

  void address(String name, Cidr cidr, boolean adds) {
    int index = link(name).map(Link::index).orElse(0);
    addresses.removeIf(given -> given.linkIndex() == index && given.cidr().equals(cidr));
    if (adds) {
      addresses.add(new Addresses.Assigned(index, cidr));
    }
  }

  void route(Route route, boolean adds) {
    routes.removeIf(route::hasSameKey);
    if (adds) {
      routes.add(route);
    }
  }

  void rule(Rule rule, boolean adds) {
    rules.remove(rule);
    if (adds) {
      rules.add(rule);
    }
  }

  void sysctl(String key, String value) {
    sysctls.put(key.replace('/', '.'), value);
  }

  @Override
  public List<Link> links() {
    return List.copyOf(links);
  }

  @Override
  public Optional<Link> link(String name) {
    return links.stream().filter(link -> link.name().equals(name)).findFirst();
  }

  @Override
  public List<Addresses.Assigned> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public List<Addresses.Assigned> addresses(int linkIndex) {
    return addresses.stream().filter(given -> given.linkIndex() == linkIndex).toList();
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public List<Rule> rules() {
    return List.copyOf(rules);
  }

  @Override
  public List<Neighbour> neighbours() {
    return List.copyOf(neighbours);
  }

  @Override
  public List<Neighbour> forwarding() {
    return List.copyOf(forwarding);
  }

  /** What a planned namespace has is not known: any value is then a change. */
  @Override
  public String sysctl(String key) {
    String planned = sysctls.get(key.replace('/', '.'));
    if (planned != null) {
      return planned;
    }
    return linux == null || isOfPlannedDevice(linux, key) ? "" : linux.sysctl(key);
  }

  private boolean isOfPlannedDevice(View real, String key) {
    Matcher parts = OF_DEVICE.matcher(key);
    return parts.matches()
        && link(parts.group(1)).isPresent()
        && real.link(parts.group(1)).isEmpty();
  }

  @Override
  public boolean isReal(String device) {
    return linux != null && linux.link(device).isPresent();
  }

  @Override
  public List<String> queues(String device, QueueAttribute attribute) {
    int count = link(device).map(Link::rxQueues).orElse(0);
    return linux != null && isReal(device)
        ? linux.queues(device, attribute)
        : Collections.nCopies(count, "0");
  }
}
