package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;

/** A network namespace of a lab, by the name that the notebook gave it. */
public final class Netns {
  private final Lab lab;
  private final String name;
  private final NetnsHandle handle;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private Nat nat = Nat.NONE;

  Netns(Lab lab, String name, NetnsHandle handle) {
    this.lab = lab;
    this.name = name;
    this.handle = handle;
  }

  public String name() {
    return name;
  }

  public Lab lab() {
    return lab;
  }

  public NetnsHandle handle() {
    return handle;
  }

  /**
   * The device of this name, whether it exists yet or not: {@code client.eth0} in a cell.
   *
   * @throws PlanException when Linux could not have a device of this name
   */
  public synchronized Device device(String deviceName) {
    return devices.computeIfAbsent(deviceName, wanted -> new Device(this, wanted));
  }

  /** What {@code client.eth0} means in Groovy. */
  public Object propertyMissing(String deviceName) {
    return device(deviceName);
  }

  /** The devices that exist now, lo included, in the order in which they were made. */
  public List<Device> devices() {
    return handle.links().list().stream().map(link -> device(link.name())).toList();
  }

  /** Its addresses except those of lo, in the order of the devices. */
  public List<Cidr> addresses() {
    List<Cidr> all = new ArrayList<>();
    for (Link link : handle.links().list()) {
      handle.addresses().list().stream()
          .filter(given -> given.linkIndex() == link.index() && !link.name().equals("lo"))
          .filter(given -> !given.cidr().address().isLinkLocalAddress())
          .forEach(given -> all.add(given.cidr()));
    }
    return all;
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
    return vethbook.linux.sysctl.Sysctl.read(handle, key);
  }

  /** Sets a kernel parameter of this namespace; nothing happens when it has the value. */
  public void sysctl(String key, String value) {
    String old = sysctl(key);
    if (!WriteSysctl.same(old, value)) {
      lab.apply(List.of(new WriteSysctl(this, key, value, old)));
    }
  }

  /**
   * Packets from a network that leave through a device get that device's address (source NAT, RFC
   * 3022): {@code nft add rule ... masquerade}.
   */
  public void masquerade(Cidr source, Device out) {
    Nat wanted = nat.and(new Nat.Masquerade(source.network(), out.name()));
    if (!wanted.equals(nat)) {
      lab.apply(List.of(new LoadNat(this, wanted, nat)));
    }
  }

  /** Adds a route, or changes the one of the same destination. */
  public void route(RoutePlan plan) {
    lab.apply(plan.changes(this));
  }

  /** Its address translations in words: {@code 172.17.0.0/16 → eth0}. */
  public List<String> translations() {
    return nat.rules().stream().map(rule -> rule.source() + " → " + rule.out()).toList();
  }

  Nat nat() {
    return nat;
  }

  void nat(Nat loaded) {
    nat = loaded;
  }

  /** {@code netns client}. */
  @Override
  public String toString() {
    return "netns " + name;
  }
}
