package vethbook.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import vethbook.extension.Nearest;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.sysfs.RxQueues;

/** A network device by its place: a name in a namespace. It need not exist yet. */
public final class Device {
  private static final int MOST_CHARACTERS = 15;

  private final Netns netns;
  private final String name;
  private Origin origin = Origin.UNKNOWN;

  Device(Netns netns, String name) {
    if (name.isEmpty()
        || name.length() > MOST_CHARACTERS
        || name.equals(".")
        || name.equals("..")
        || !name.matches("[\\x21-\\x7e&&[^/:]]+")) {
      throw new PlanException(
          "Cannot name a device '%s' in netns %s%s"
              .formatted(
                  name,
                  netns.name(),
                  name.length() > MOST_CHARACTERS ? ": " + name.length() + " characters" : ""),
          "a device name has 1 to 15 characters, without '/', ':' and white space (man 7 netdevice)");
    }
    this.netns = netns;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public Netns netns() {
    return netns;
  }

  /** What Linux says about it now; empty when it does not exist. */
  public Optional<Link> link() {
    return netns.handle().links().find(name);
  }

  /**
   * As {@link #link}, for those who need it to exist.
   *
   * @throws PlanException naming the devices that do
   */
  public Link existing() {
    return link().orElseThrow(this::missing);
  }

  private PlanException missing() {
    List<String> there =
        netns.handle().links().list().stream()
            .map(Link::name)
            .filter(n -> !n.equals("lo"))
            .toList();
    List<String> near = Nearest.of(name, there);
    return new PlanException(
        "Cannot find device %s in netns %s".formatted(name, netns.name()),
        !near.isEmpty()
            ? "did you mean " + String.join(" or ", near) + "?"
            : there.isEmpty()
                ? "this namespace has no device yet besides lo"
                : "its devices: " + String.join(", ", there));
  }

  int index() {
    return existing().index();
  }

  /** Its addresses, without IPv6's link-local ones. */
  public List<Cidr> addresses() {
    Optional<Link> link = link();
    return netns.handle().addresses().list().stream()
        .filter(given -> link.isPresent() && given.linkIndex() == link.get().index())
        .map(Addresses.Assigned::cidr)
        .filter(cidr -> !cidr.address().isLinkLocalAddress())
        .toList();
  }

  /** Gives it an address besides those it has; nothing happens when it has this one. */
  public Device address(Cidr cidr) {
    existing();
    if (!addresses().contains(cidr)) {
      netns.lab().apply(List.of(new AddAddress(this, cidr)));
    }
    return this;
  }

  /** {@code ip link set mtu}, in bytes. */
  public Device mtu(int bytes) {
    int old = existing().mtu();
    if (old != bytes) {
      netns.lab().apply(List.of(new SetMtu(this, bytes, old)));
    }
    return this;
  }

  /** {@code ip link set up}. */
  public Device up() {
    return setUp(true);
  }

  /** {@code ip link set down}; its routes are lost. */
  public Device down() {
    return setUp(false);
  }

  private Device setUp(boolean up) {
    if (existing().isUp() != up) {
      netns.lab().apply(List.of(new SetUp(this, up)));
    }
    return this;
  }

  /** Removes it; a veth's peer goes with it. Nothing happens when it does not exist. */
  public void delete() {
    link().ifPresent(link -> netns.lab().forget(this, link.index()));
  }

  /** The CPUs that each receive queue spreads its packets over; empty sets where RPS is off. */
  public List<Set<Integer>> rps() {
    existing();
    RxQueues queues = new RxQueues(netns.handle(), name);
    return java.util.stream.IntStream.range(0, queues.count()).mapToObj(queues::rps).toList();
  }

  /**
   * Spreads the received packets of every queue over the given CPUs (receive packet steering); an
   * empty set turns it off.
   *
   * @see RxQueues#setRps
   */
  public Device rps(Set<Integer> cpus) {
    List<Set<Integer>> old = rps();
    for (int queue = 0; queue < old.size(); queue++) {
      rps(queue, cpus);
    }
    return this;
  }

  /** The same for one receive queue, counted from 0. */
  public Device rps(int queue, Set<Integer> cpus) {
    List<Set<Integer>> old = rps();
    if (queue < 0 || queue >= old.size()) {
      throw new PlanException(
          "Cannot set rps on queue %d of device %s in netns %s"
              .formatted(queue, name, netns.name()),
          old.size() == 1 ? "it has one queue: 0" : "its queues: 0 to " + (old.size() - 1));
    }
    Set<Integer> wanted = new TreeSet<>(cpus);
    if (!old.get(queue).equals(wanted)) {
      netns.lab().apply(List.of(new SetRps(this, queue, wanted, old.get(queue))));
    }
    return this;
  }

  /** A veth's peer, or the parent of a macvlan or ipvlan; empty for others. */
  public Optional<Device> other() {
    return Optional.ofNullable(origin.other());
  }

  Origin origin() {
    return origin;
  }

  void origin(Origin made) {
    origin = made;
  }

  /** {@code client.eth0}. */
  @Override
  public String toString() {
    return netns.name() + "." + name;
  }
}
