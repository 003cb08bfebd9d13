package vethbook.lab;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;

/**
 * The namespaces and devices of one notebook, and the changes that made them.
 *
 * <p>Nothing outlives the process: see {@link NetnsHandle}. A word that fails takes back what it
 * has done, so that the lab is as it was before.
 */
public final class Lab implements AutoCloseable {
  private static final int MOST_HOSTS_TRIED = 65_536;

  private final Map<String, Netns> namespaces = new LinkedHashMap<>();
  private final Map<InetAddress, Device> addresses = new HashMap<>();
  private final List<Change> history = new ArrayList<>();
  private final Wiring wiring = new Wiring(this);
  private final LabFile file;
  private final HostJournal journal = HostJournal.own();
  private final Set<Path> published = new HashSet<>();
  private @Nullable Netns host;
  private boolean closed;

  /**
   * @param title what {@code vethbook ps} calls it, such as the notebook's name
   */
  public Lab(String title) {
    HostJournal.cleanUp();
    file = new LabFile(title);
  }

  /** The namespace of this name; made now if there is none. */
  public synchronized Netns netns(String name) {
    if (closed) {
      throw new PlanException("Cannot make netns " + name + ": the lab is closed", null);
    }
    Netns known = namespaces.get(name);
    if (known != null) {
      return known;
    }
    if (!name.matches("[\\p{Alnum}][\\p{Alnum}._-]{0,62}")) {
      throw new PlanException(
          "Cannot name a netns '" + name + "'",
          "a name has 1 to 63 letters, digits, '.', '_' and '-', and begins with a letter or digit");
    }
    Netns made = new Netns(this, name, NetnsHandle.create(name));
    namespaces.put(name, made);
    file.write(namespaces.values());
    return made;
  }

  /**
   * A namespace that must exist.
   *
   * @throws PlanException naming those that do
   */
  public synchronized Netns existing(String name) {
    Netns known = namespaces.get(name);
    if (known == null) {
      List<String> near = Nearest.of(name, namespaces.keySet());
      throw new PlanException(
          "Cannot find netns " + name,
          near.isEmpty()
              ? "this lab has " + (namespaces.isEmpty() ? "none yet" : namespaces.keySet())
              : "did you mean " + String.join(" or ", near) + "?");
    }
    return known;
  }

  public synchronized Collection<Netns> namespaces() {
    return List.copyOf(namespaces.values());
  }

  /**
   * Joins two devices like two ends of a cable: what one sends the other receives (man 4 veth).
   *
   * @param subnet each end gets a free address of it; null for none
   */
  public synchronized void vethPair(
      Device a, Device b, @Nullable Cidr subnet, DeviceOptions options) {
    apply(wiring.vethPair(a, b, subnet, options));
  }

  /** Joins devices of one namespace like a switch (man 8 bridge). */
  public synchronized void bridge(Device bridge, List<Device> ports, DeviceOptions options) {
    apply(wiring.bridge(bridge, ports, options));
  }

  /** A device with a MAC address of its own on another device. */
  public synchronized void macvlan(
      Device device, Device parent, MacvlanMode mode, DeviceOptions options) {
    apply(wiring.macvlan(device, parent, mode, options));
  }

  /** A device with its parent's MAC address and an IP address of its own. */
  public synchronized void ipvlan(
      Device device, Device parent, IpvlanMode mode, DeviceOptions options) {
    apply(wiring.ipvlan(device, parent, mode, options));
  }

  /**
   * Takes steps in order; when one fails, takes back those before it.
   *
   * @throws ExperimentException in the words of the step that failed
   */
  synchronized void apply(List<Change> changes) {
    Deque<Change> done = new ArrayDeque<>();
    for (Change change : changes) {
      try {
        if (change.places().stream().anyMatch(place -> place.handle().isHost())) {
          journal.before(change.onHost().orElseThrow(() -> notOnHost(change)));
        }
        change.apply();
        done.push(change);
      } catch (NetlinkException e) {
        throw undone(done, e.during("Cannot " + change.purpose(), Advice.on(change, e)));
      } catch (ExperimentException e) {
        throw undone(done, e);
      }
    }
    history.addAll(changes);
  }

  private static PlanException notOnHost(Change change) {
    return new PlanException(
        "Cannot " + change.purpose() + ": that is the host itself",
        "on the host only sysctl and rps change something; make a netns that plays the host");
  }

  /**
   * The namespace that this process is in: the machine's own. For what a cell asks by this name.
   */
  public synchronized Netns host() {
    if (host == null) {
      host = new Netns(this, "host", NetnsHandle.host());
    }
    return host;
  }

  /**
   * Gives the namespaces names under {@code /run/netns}, for {@code ip netns exec} from any
   * terminal, until the lab is closed.
   *
   * @return the names
   * @throws ExperimentException when a name is taken, or without root
   */
  public synchronized List<String> publish() {
    for (Netns netns : namespaces.values()) {
      Path file = Path.of("/run/netns", netns.name());
      if (published.contains(file)) {
        continue;
      }
      if (Files.exists(file)) {
        throw new PlanException(
            "Cannot publish " + netns + ": " + file + " is there already",
            "'ip netns list' shows it; it may belong to another program");
      }
      journal.before(HostChange.publishedName(file.toString()));
      Call.bindMount(netns.handle().path(), file.toString());
      published.add(file);
    }
    return List.copyOf(namespaces.keySet());
  }

  private static ExperimentException undone(Deque<Change> done, ExperimentException failure) {
    for (Change change : done) {
      try {
        change.undo();
      } catch (ExperimentException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  /** Deletes a device, and with it what the lab knows of it and its peer. */
  synchronized void forget(Device device, int index) {
    Device other = device.origin().other();
    addresses.values().removeIf(holder -> holder == device);
    if (other != null && device.origin().kind().equals("veth")) {
      addresses.values().removeIf(holder -> holder == other);
      other.origin(Origin.UNKNOWN);
    }
    apply(List.of(new DeleteLink(device, index)));
    device.origin(Origin.UNKNOWN);
  }

  /**
   * Linux lets both ends of a wire have one address, and nothing then works as expected. Elsewhere
   * in a lab an address may well stand twice: behind two machines that translate addresses, say.
   */
  void requireFree(Cidr cidr, Device device) {
    Device holder = addresses.get(cidr.address());
    boolean isNeighbour =
        holder != null
            && holder != device
            && (holder.netns() == device.netns()
                || device.other().filter(holder::equals).isPresent());
    if (isNeighbour) {
      throw new PlanException(
          "Cannot give address %s to device %s: %s has it"
              .formatted(cidr, Text.place(device), holder),
          "take another, such as " + addressIn(cidr, device, List.of()));
    }
  }

  void taken(Cidr cidr, Device device) {
    addresses.put(cidr.address(), device);
  }

  void released(Cidr cidr) {
    addresses.remove(cidr.address());
  }

  /**
   * The address in the subnet that the device has, else the first that no device of the lab has.
   */
  Cidr addressIn(Cidr subnet, Device device, Collection<Cidr> alsoTaken) {
    Cidr network = subnet.network();
    Optional<Cidr> own =
        device.addresses().stream().filter(cidr -> cidr.network().equals(network)).findFirst();
    if (own.isPresent()) {
      return own.get();
    }
    for (int n = 1; n < MOST_HOSTS_TRIED; n++) {
      Cidr candidate = network.host(n);
      if (!addresses.containsKey(candidate.address()) && !alsoTaken.contains(candidate)) {
        return candidate;
      }
    }
    throw new PlanException("Cannot find a free address in " + network, null);
  }

  /** The existing devices of a kind that this lab has made on a parent. */
  List<Device> devicesOn(Device parent, String kind) {
    List<Device> found = new ArrayList<>();
    for (Netns netns : namespaces.values()) {
      for (Device device : netns.devices()) {
        if (device.origin().kind().equals(kind) && device.origin().other() == parent) {
          found.add(device);
        }
      }
    }
    return found;
  }

  /** The lab as commands: run in order, as root, they build the same. */
  public synchronized List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String name : namespaces.keySet()) {
      commands.add("ip netns add " + name);
      commands.add("ip -n " + name + " link set dev lo up");
    }
    history.stream().map(Change::command).filter(line -> !line.isEmpty()).forEach(commands::add);
    return commands;
  }

  /** Undoes what was changed on the host, ends every process and drops every namespace. */
  public synchronized void reset() {
    journal.undo();
    published.clear();
    namespaces.values().forEach(netns -> netns.handle().close());
    namespaces.clear();
    addresses.clear();
    history.clear();
    file.write(namespaces.values());
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        reset();
      } finally {
        if (host != null) {
          host.handle().close();
        }
        file.close();
      }
    }
  }
}
