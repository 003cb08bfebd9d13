package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.filter.OwnRule;
import vethbook.lab.filter.Translations;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.RouteQuestion;
import vethbook.linux.rtnetlink.Rule;

/** A network namespace of a lab, by the name that the notebook gave it. */
public final class Netns {
  /** The index of lo, in every namespace. */
  private static final int LOOPBACK = 1;

  private final Lab lab;
  private final String name;
  private final @Nullable NetnsHandle handle;
  private final @Nullable Attachment attachment;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final PacketRules packetRules = new PacketRules(this);

  /** One that is only planned. */
  Netns(Lab lab, String name) {
    this.lab = lab;
    this.name = name;
    this.handle = null;
    this.attachment = null;
  }

  Netns(Lab lab, String name, NetnsHandle handle) {
    this(lab, name, handle, null);
  }

  Netns(Lab lab, String name, NetnsHandle handle, @Nullable Attachment attachment) {
    this.lab = lab;
    this.name = name;
    this.handle = handle;
    this.attachment = attachment;
  }

  /** How it was found; empty when the lab has made it. */
  Optional<Attachment> attachment() {
    return Optional.ofNullable(attachment);
  }

  public String name() {
    return name;
  }

  public Lab lab() {
    return lab;
  }

  /**
   * Linux's namespace itself.
   *
   * @throws PlanException when it is only planned
   */
  public NetnsHandle handle() {
    if (handle == null) {
      throw new PlanException(
          "Cannot look into %s or run something there: it is only planned".formatted(this),
          "outside of lab.plan say netns '%s', which makes it".formatted(name));
    }
    return handle;
  }

  /** True for the machine's own. */
  boolean isHost() {
    return handle != null && handle.isHost();
  }

  /** What is there, or within a plan what would be there. */
  View view() {
    return lab.view(this);
  }

  /**
   * The device of this name, whether it exists yet or not: {@code client.eth0} in a cell.
   *
   * @throws PlanException when Linux could not have a device of this name
   */
  public synchronized Device device(String deviceName) {
    return devices.computeIfAbsent(deviceName, wanted -> new Device(this, wanted));
  }

  /** The devices that words have named, whether they exist or not. */
  public synchronized List<Device> named() {
    return List.copyOf(devices.values());
  }

  /**
   * What {@code client.eth0} means in Groovy: the device of this name, or what a word has made of
   * it by moving it, so that a cell which moves a device may run twice.
   */
  public Object propertyMissing(String deviceName) {
    return device(deviceName).current();
  }

  /** The devices that exist now, lo included, in the order in which they were made. */
  public List<Device> devices() {
    return view().links().stream().map(link -> device(link.name())).toList();
  }

  /** Its addresses except those of lo, in the order of the devices. */
  public List<Cidr> addresses() {
    return view().addresses().stream()
        .filter(given -> given.linkIndex() != LOOPBACK)
        .filter(given -> !given.cidr().address().isLinkLocalAddress())
        .sorted(Comparator.comparingInt(Addresses.Assigned::linkIndex))
        .map(Addresses.Assigned::cidr)
        .toList();
  }

  /**
   * The address by which another namespace reaches this one: one of a network that both are on,
   * else the first.
   *
   * @throws ExperimentException when this namespace has no address
   */
  public InetAddress addressFor(Netns other) {
    List<Cidr> mine = addresses();
    List<Cidr> theirs = other.addresses();
    Optional<Cidr> shared =
        mine.stream()
            .filter(own -> theirs.stream().anyMatch(their -> their.contains(own.address())))
            .findFirst();
    return shared
        .or(() -> mine.stream().findFirst())
        .map(Cidr::address)
        .orElseThrow(
            () ->
                new PlanException(
                    "Cannot reach netns " + name + ": it has no address",
                    "give one of its devices an address, such as vethPair ..., subnet:"
                        + " '10.0.0.0/24'"));
  }

  /** Sends packets on that are not its own: {@code net.ipv4.ip_forward} and IPv6's. */
  public void forwarding(boolean on) {
    String value = on ? "1" : "0";
    sysctl("net.ipv4.ip_forward", value);
    sysctl("net.ipv6.conf.all.forwarding", value);
  }

  /** Reads a kernel parameter of this namespace. */
  public String sysctl(String key) {
    return view().sysctl(key);
  }

  /** Sets a kernel parameter of this namespace; nothing happens when it has the value. */
  public void sysctl(String key, String value) {
    String old = sysctl(key);
    if (!WriteSysctl.same(old, value)) {
      lab.apply(List.of(new WriteSysctl(this, key, value, old)));
    }
  }

  /**
   * The CPUs over which devices made in this namespace later spread their received packets.
   *
   * @throws PlanException when Linux does not have net.core.rps_default_mask (before 6.3)
   */
  public void rpsDefault(Set<Integer> cpus) {
    String key = "net.core.rps_default_mask";
    if (!vethbook.linux.sysctl.Sysctl.keys(handle(), "net.core").contains(key)) {
      throw new PlanException(
          "Cannot set the default of rps in " + this + ": this Linux has no " + key,
          "Linux has it since 6.3; as root of the machine say rps device, cpus: ... instead");
    }
    String old = sysctl(key);
    if (!Cpus.ofMask(old).equals(cpus)) {
      sysctl(key, Cpus.mask(cpus));
    }
  }

  /**
   * Packets from a network that leave through a device get that device's address (source NAT, RFC
   * 3022): {@code nft add rule ... masquerade}.
   */
  public PacketRule masquerade(Cidr source, Device out) {
    return packetRules.add(Translations.masquerade(source.network(), out.name()));
  }

  /** Its rules of packet filter and address translation. */
  public PacketRules packetRules() {
    return packetRules;
  }

  /** Adds a route, or changes the one of the same destination. */
  public void route(RoutePlan plan) {
    if (attachment == null && !isHost() && lab.plan().isEmpty()) {
      // most routes are new: Linux says when one is not, which is quicker than to read them all
      try {
        lab.apply(plan.addition(this));
        return;
      } catch (NetlinkException e) {
        if (!e.errno().equals(Errno.EEXIST)) {
          throw e;
        }
      }
    }
    lab.apply(plan.changes(this));
  }

  /**
   * Takes the routes to a destination out of a table.
   *
   * @param destination the prefix; null for the default routes
   * @throws PlanException when there is none
   */
  public void unroute(@Nullable Cidr destination, int table) {
    List<Change> changes = new ArrayList<>();
    for (Route route : view().routes()) {
      boolean isMeant =
          destination == null ? route.isDefault() : route.destination().equals(destination);
      if (isMeant && route.table() == table) {
        changes.add(new DeleteRoute(this, route, deviceName(route.linkIndex())));
      }
    }
    if (changes.isEmpty()) {
      throw new PlanException(
          "Cannot find a route to %s in %s"
              .formatted(destination == null ? "default" : destination, this),
          "its routes: " + routesText());
    }
    lab.apply(changes);
  }

  private String routesText() {
    List<String> all =
        view().routes().stream().map(route -> route.text(deviceName(route.linkIndex()))).toList();
    return all.isEmpty() ? "none" : String.join("; ", all);
  }

  /** The name of the device of a number; empty when there is none. */
  public String deviceName(int index) {
    return index == 0
        ? ""
        : view().links().stream()
            .filter(link -> link.index() == index)
            .map(Link::name)
            .findFirst()
            .orElse("");
  }

  /**
   * Asks Linux which way a packet would take.
   *
   * @throws NetlinkException with the reason why it would not get on
   */
  public Route way(RouteQuestion question) {
    try {
      return handle().routes().lookup(question);
    } catch (NetlinkException e) {
      throw e.during(
          "Cannot find a way to %s in %s".formatted(Cidr.text(question.destination()), this),
          Advice.onWay(this, question, e.errno()));
    }
  }

  /** Chooses a routing table for some packets; nothing happens when it is there. */
  public void rule(Rule rule) {
    if (!view().rules().contains(rule)) {
      lab.apply(List.of(new AddRule(this, rule, true)));
    }
  }

  /**
   * Takes a rule away.
   *
   * @throws PlanException when there is no such rule
   */
  public void unrule(Rule rule) {
    List<Rule> there = view().rules();
    if (!there.contains(rule)) {
      throw new PlanException(
          "Cannot find rule '%s' in %s".formatted(rule.text(), this),
          "its rules: " + String.join("; ", there.stream().map(Rule::text).toList()));
    }
    lab.apply(List.of(new AddRule(this, rule, false)));
  }

  /** Its address translations in words: {@code 172.17.0.0/16 → eth0}. */
  public List<String> translations() {
    return packetRules.table().rules().stream()
        .filter(rule -> rule.kind() == OwnRule.Kind.TRANSLATION)
        .map(OwnRule::words)
        .toList();
  }

  /** {@code netns client}. */
  @Override
  public String toString() {
    return "netns " + name;
  }
}
