package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.lab.kind.LinkKind;
import vethbook.linux.Cidr;
import vethbook.linux.Mac;
import vethbook.linux.process.Cpus;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.sysfs.QueueAttribute;
import vethbook.linux.sysfs.Queues;

/** A network device by its place: a name in a namespace. It need not exist yet. */
public final class Device {
  private static final int MOST_CHARACTERS = 15;
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^/:]]+");

  private final Netns netns;
  private final String name;
  private Origin origin = Origin.UNKNOWN;
  private int bornIndex;
  private int reservedIndex;
  private @Nullable Device movedTo;

  Device(Netns netns, String name) {
    if (name.isEmpty()
        || name.length() > MOST_CHARACTERS
        || name.equals(".")
        || name.equals("..")
        || !NAME.matcher(name).matches()) {
      throw new PlanException(
          "Cannot name a device '%s' in netns %s%s"
              .formatted(
                  name,
                  netns.name(),
                  name.length() > MOST_CHARACTERS ? ": " + name.length() + " characters" : ""),
          "a device name has 1 to 15 characters, without '/', ':' and white space (man 7"
              + " netdevice)");
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
    return netns.view().link(name);
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
        netns.view().links().stream().map(Link::name).filter(n -> !n.equals("lo")).toList();
    List<String> near = Nearest.of(name, there);
    return new PlanException(
        "Cannot find device %s in netns %s".formatted(name, netns.name()),
        !near.isEmpty()
            ? "did you mean " + String.join(" or ", near) + "?"
            : there.isEmpty()
                ? "this namespace has no device yet besides lo"
                : "its devices: " + String.join(", ", there));
  }

  /** Its number in its namespace; asked of Linux unless it has just been born. */
  int index() {
    return bornIndex > 0 ? bornIndex : existing().index();
  }

  /** Its addresses, without IPv6's link-local ones. */
  public List<Cidr> addresses() {
    return link().map(link -> addresses(link.index())).orElse(List.of());
  }

  private List<Cidr> addresses(int index) {
    return netns.view().addresses(index).stream()
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

  /**
   * Takes an address away.
   *
   * @throws PlanException when it does not have it
   */
  public Device removeAddress(Cidr cidr) {
    List<Cidr> there = addresses();
    if (!there.contains(cidr)) {
      throw new PlanException(
          "Cannot find address %s on device %s".formatted(cidr, Text.place(this)),
          there.isEmpty() ? "it has none" : "it has " + there);
    }
    netns.lab().apply(List.of(new DeleteAddress(this, cidr)));
    return this;
  }

  /** Makes a neighbour known for good, without ARP: {@code ip neighbour replace}. */
  public Device neighbour(InetAddress address, String mac) {
    return neighbour(
        new Neighbour(index(), address, Mac.normal(mac), Neighbour.State.PERMANENT, false));
  }

  /**
   * Answers for an address that is elsewhere, on the link of this device: {@code ip neighbour add
   * proxy}. The namespace must forward.
   */
  public Device proxy(InetAddress address) {
    return neighbour(new Neighbour(index(), address, "", Neighbour.State.NONE, true));
  }

  private Device neighbour(Neighbour wanted) {
    Optional<Neighbour> old =
        netns.view().neighbours().stream()
            .filter(entry -> entry.linkIndex() == wanted.linkIndex())
            .filter(entry -> Objects.equals(entry.address(), wanted.address()))
            .filter(entry -> entry.isProxy() == wanted.isProxy())
            .findFirst();
    boolean isThere = old.isPresent() && (wanted.isProxy() || old.get().equals(wanted));
    if (!isThere) {
      netns.lab().apply(List.of(new SetNeighbour(this, wanted, old.orElse(null))));
    }
    return this;
  }

  /**
   * Sends frames to a MAC address through this port of a bridge, or, for a vxlan device, to the
   * host at an address: {@code bridge fdb append}.
   *
   * @param mac all zeros, for a vxlan, stand for every address that is not known
   * @param to null for a port of a bridge
   */
  public Device forwardFrames(String mac, @Nullable InetAddress to) {
    int index = index();
    Mac.bytes(mac);
    String wanted = mac.toLowerCase(Locale.ROOT);
    boolean isThere =
        netns.view().forwarding().stream()
            .anyMatch(
                entry ->
                    entry.linkIndex() == index
                        && entry.mac().equals(wanted)
                        && Objects.equals(entry.address(), to)
                        && entry.isSetByHand());
    if (!isThere) {
      netns.lab().apply(List.of(new AddForwarding(this, wanted, to)));
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

  /** {@code ip link set address}. */
  public Device mac(String address) {
    String wanted = Mac.normal(address);
    String old = existing().mac();
    if (!old.equals(wanted)) {
      netns.lab().apply(List.of(new SetMac(this, wanted, old)));
    }
    return this;
  }

  /**
   * Moves it to another namespace; its addresses and routes are lost ({@code ip link set netns}). A
   * device of the host returns to it at the end, with what it had.
   *
   * @param target where to; its own namespace for another name alone
   * @param as its name there
   * @return the device in its new place
   * @throws PlanException for a device that may not leave the host
   */
  public Device moveTo(Netns target, String as) {
    Device there = target.device(as);
    if (current() == there) {
      return there;
    }
    existing();
    List<Change> changes = movement(there);
    if (there.link().isPresent()) {
      // Linux would move the device first and then fail to rename it (6.18)
      throw new PlanException(
          "Cannot move device %s to %s: there is a device of that name"
              .formatted(Text.place(this), there),
          "take another name with as:, or call " + there + ".delete() first");
    }
    netns.lab().apply(changes);
    return there;
  }

  private List<Change> movement(Device there) {
    List<Change> changes = new ArrayList<>();
    boolean goesDown = netns != there.netns && existing().isUp();
    MoveLink move = new MoveLink(this, there);
    move.onHost(); // refuses what would not return
    changes.add(move);
    if (goesDown) {
      changes.add(new SetUp(there, true));
    }
    return changes;
  }

  /**
   * Itself; or, where a word has moved it away, what it has become, so that the words which made it
   * find it when they are said again.
   */
  Device current() {
    if (movedTo == null || link().isPresent()) {
      return this;
    }
    Device end = movedTo.current();
    return end.link().isPresent() ? end : this;
  }

  /** Notes that what was here is there now; both the places of its relatives follow. */
  void movedTo(Device there) {
    there.movedTo = null;
    movedTo = there;
    there.origin = origin;
    netns.lab().moved(this, there);
    origin = Origin.UNKNOWN;
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
    return all(QueueAttribute.RPS_CPUS).stream().map(Cpus::ofMask).toList();
  }

  /**
   * Spreads the received packets of every queue over the given CPUs (receive packet steering); an
   * empty set turns it off.
   *
   * @see Queues#write
   */
  public Device rps(Set<Integer> cpus) {
    return setAll(QueueAttribute.RPS_CPUS, Cpus.mask(cpus));
  }

  /** The same for one receive queue, counted from 0. */
  public Device rps(int queue, Set<Integer> cpus) {
    return set(QueueAttribute.RPS_CPUS, queue, Cpus.mask(cpus));
  }

  /** How many flows each receive queue remembers the CPU of; 0 where RFS is off. */
  public List<Integer> rfs() {
    return all(QueueAttribute.RPS_FLOW_CNT).stream().map(Integer::valueOf).toList();
  }

  /**
   * Brings the packets of a flow to the CPU where its program runs (receive flow steering): so many
   * flows are remembered by each receive queue; 0 turns it off. The machine's table of flows,
   * {@code net.core.rps_sock_flow_entries}, must not be empty.
   */
  public Device rfs(int flows) {
    return setAll(QueueAttribute.RPS_FLOW_CNT, Integer.toString(flows));
  }

  /** The CPUs that send through each transmit queue; empty sets where XPS is off. */
  public List<Set<Integer>> xps() {
    return all(QueueAttribute.XPS_CPUS).stream().map(Cpus::ofMask).toList();
  }

  /**
   * Lets the given CPUs send through a transmit queue, counted from 0 (transmit packet steering).
   */
  public Device xps(int queue, Set<Integer> cpus) {
    return set(QueueAttribute.XPS_CPUS, queue, Cpus.mask(cpus));
  }

  private List<String> all(QueueAttribute attribute) {
    existing();
    return netns.view().queues(name, attribute);
  }

  private Device setAll(QueueAttribute attribute, String value) {
    int count = all(attribute).size();
    for (int queue = 0; queue < count; queue++) {
      set(attribute, queue, value);
    }
    return this;
  }

  private Device set(QueueAttribute attribute, int queue, String value) {
    List<String> old = all(attribute);
    if (queue < 0 || queue >= old.size()) {
      throw new PlanException(
          "Cannot set %s on queue %d of device %s"
              .formatted(Queues.shown(attribute, value), queue, Text.place(this)),
          old.size() == 1 ? "it has one queue: 0" : "its queues: 0 to " + (old.size() - 1));
    }
    boolean isSame =
        attribute == QueueAttribute.RPS_FLOW_CNT
            ? old.get(queue).equals(value)
            : Cpus.ofMask(old.get(queue)).equals(Cpus.ofMask(value));
    if (!isSame) {
      netns.lab().apply(List.of(new SetQueue(this, attribute, queue, value, old.get(queue))));
    }
    return this;
  }

  /** A veth's or netkit's peer, or the parent of a macvlan or ipvlan; empty for others. */
  public Optional<Device> other() {
    return Optional.ofNullable(origin.other());
  }

  /** Its kind with the options that the lab made it with; empty for pairs and devices of others. */
  public Optional<LinkKind> madeAs() {
    return Optional.ofNullable(origin.made());
  }

  /**
   * What of a change to it would outlive the lab: nothing when the lab has made it, because then it
   * goes with the lab.
   */
  Optional<List<HostChange>> lasting(Supplier<List<HostChange>> before) {
    return Optional.of(isOwn() ? List.of() : before.get());
  }

  /** The same for a change that only devices of the lab's own may have in such a namespace. */
  Optional<List<HostChange>> lastingIfOwn() {
    return isOwn() ? Optional.of(List.of()) : Optional.empty();
  }

  /** True when the lab has made it. */
  boolean isOwn() {
    return !origin.kind().isEmpty();
  }

  Origin origin() {
    return origin;
  }

  void origin(Origin made) {
    origin = made;
  }

  /** It has just been made: until its word has finished, its index is known without asking. */
  void born(Origin made) {
    movedTo = null;
    origin = made;
    bornIndex = reservedIndex > 0 ? reservedIndex : existing().index();
    netns.handle().sawIndex(bornIndex);
    reservedIndex = 0;
  }

  /** The index it is to be born with; 0 lets Linux choose. */
  int reserveIndex() {
    reservedIndex = netns.handle().nextIndex();
    return reservedIndex;
  }

  /** Lets Linux choose its index. */
  int anyIndex() {
    reservedIndex = 0;
    return reservedIndex;
  }

  /**
   * True when the lab knows that it has not made it and nobody else can be expected to have, so
   * that Linux need not be asked before it is made.
   */
  boolean isUnheardOf() {
    return origin.equals(Origin.UNKNOWN)
        && netns.lab().plan().isEmpty()
        && netns.attachment().isEmpty()
        && !netns.isHost()
        && !netns.handle().hasRun();
  }

  /** What is remembered of it: kept while a plan changes it. */
  record State(Origin origin, @Nullable Device movedTo) {
    static final State UNKNOWN = new State(Origin.UNKNOWN, null);
  }

  State state() {
    return new State(origin, movedTo);
  }

  void state(State remembered) {
    origin = remembered.origin();
    movedTo = remembered.movedTo();
  }

  /** The word that made it has finished. */
  void settled() {
    bornIndex = 0;
  }

  /** {@code client.eth0}. */
  @Override
  public String toString() {
    return netns.name() + "." + name;
  }
}
