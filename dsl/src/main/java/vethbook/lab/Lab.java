package vethbook.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.lab.kind.LinkKind;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Folders;
import vethbook.linux.process.Strays;

/**
 * The namespaces and devices of one notebook, and the changes that made them.
 *
 * <p>Nothing outlives the process: see {@link NetnsHandle}. A word that fails takes back what it
 * has done, so that the lab is as it was before.
 */
public final class Lab implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\\p{Alnum}[\\p{Alnum}._-]{0,62}");

  private final Map<String, Netns> namespaces = new LinkedHashMap<>();
  private final AddressBook addresses = new AddressBook();
  private final List<Change> history = new ArrayList<>();
  private final Wiring wiring = new Wiring(this);
  private final BpfRedirects redirects = new BpfRedirects();
  private final Tuns tuns = new Tuns(this);
  private final LabFile file;
  private final HostJournal journal = new HostJournal();
  private final Optional<ExperimentException> notCleaned;
  private final Attachments attachments = new Attachments(this, journal);
  private final Set<Path> published = new HashSet<>();
  private final Carrier carrier = new Carrier();
  private @Nullable Netns host;
  private Consumer<String> noteReader = note -> {};
  private @Nullable Plan plan;
  private boolean closed;

  /**
   * @param title what {@code vethbook ps} calls it, such as the notebook's name
   */
  public Lab(String title) {
    notCleaned = cleanUp();
    file = new LabFile(title);
  }

  private static Optional<ExperimentException> cleanUp() {
    try {
      Strays.endOrphans();
      Folders.deleteOrphans();
      HostJournal.cleanUp();
      return Optional.empty();
    } catch (ExperimentException e) {
      return Optional.of(e);
    }
  }

  /** Why something that a lab that is gone has left on the host could not be undone. */
  public Optional<ExperimentException> notCleaned() {
    return notCleaned;
  }

  /** Who gets what words have to say besides their results: that a rule will have no effect. */
  public void notesTo(Consumer<String> reader) {
    noteReader = reader;
  }

  void note(String text) {
    noteReader.accept(text);
  }

  /** The namespace of this name; made now if there is none. */
  public synchronized Netns netns(String name) {
    requireOpen(name);
    Netns known = namespaces.get(name);
    if (known != null) {
      return known;
    }
    requireName(name);
    if (plan != null) {
      Netns planned = plan.netns(this, name);
      namespaces.put(name, planned);
      return planned;
    }
    Netns made = new Netns(this, name, NetnsHandle.create(name));
    made.handle().beforeTraffic(carrier::expectTraffic);
    namespaces.put(name, made);
    file.add(made);
    return made;
  }

  /**
   * A namespace that somebody else has made, by a name that it gets in this lab. The lab only uses
   * it: what it changes there is undone when it closes. A container that was started again since is
   * attached anew.
   *
   * @throws PlanException when it cannot be found, is the host's own, or has another name here
   */
  public synchronized Netns attach(String name, Attachment attachment) {
    requireOpen(name);
    requireName(name);
    NetnsHandle handle = attachment.open(name);
    try {
      Optional<Netns> known = attachments.known(name, handle, attachment);
      if (known.isPresent()) {
        handle.close();
        return known.get();
      }
    } catch (ExperimentException e) {
      handle.close();
      throw e;
    }
    Netns old = namespaces.get(name);
    if (old != null) {
      letGo(old);
    }
    handle.beforeTraffic(carrier::expectTraffic);
    Netns attached = new Netns(this, name, handle, attachment);
    namespaces.put(name, attached);
    file.add(attached);
    return attached;
  }

  /** Takes back what was changed in an attached namespace, and forgets it. */
  private void letGo(Netns attached) {
    attachments.undo(attached);
    for (Device device : attached.named()) {
      Device other = device.origin().other();
      addresses.forget(holder -> holder == device || holder == other);
      if (other != null && device.origin().kind().equals("veth")) {
        other.origin(Origin.UNKNOWN);
      }
    }
    history.removeIf(change -> change.places().contains(attached));
    carrier.forget(attached);
    attached.handle().close();
  }

  private void requireOpen(String name) {
    if (closed) {
      throw new PlanException("Cannot make netns " + name + ": the lab is closed", null);
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new PlanException(
          "Cannot name a netns '" + name + "'",
          "a name has 1 to 63 letters, digits, '.', '_' and '-', and begins with a letter or"
              + " digit");
    }
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
   * @param atA what the first end gets besides
   */
  public synchronized void vethPair(
      Device a, Device b, @Nullable Cidr subnet, DeviceOptions atA, DeviceOptions atB) {
    apply(wiring.vethPair(a.current(), b.current(), subnet, atA, atB));
  }

  /** The same with both ends alike. */
  public void vethPair(Device a, Device b, @Nullable Cidr subnet, DeviceOptions options) {
    vethPair(a, b, subnet, options, options);
  }

  /**
   * Joins two devices as {@link #vethPair} does, with a place for BPF programs of its own
   * (linux/if_link.h, IFLA_NETKIT; Linux 6.7).
   *
   * @param subnet each end gets a free address of it; null for none
   */
  public synchronized void netkitPair(
      Device primary,
      Device peer,
      @Nullable Cidr subnet,
      NetkitOptions netkit,
      DeviceOptions options) {
    apply(new NetkitWiring(this).pair(primary.current(), peer.current(), subnet, netkit, options));
  }

  /** Sends packets that arrive at a device straight on to another (man 7 bpf-helpers). */
  public synchronized void bpfRedirect(Device from, RedirectPlan plan) {
    apply(redirects.add(from.current(), plan.redirect(from.current())));
  }

  /** Lets all packets that arrive at a device take their usual way again. */
  public synchronized void endBpfRedirects(Device from) {
    apply(redirects.remove(from.current()));
  }

  /** Where packets that arrive at a device are sent, as far as this lab has asked for it. */
  public synchronized List<Redirect> bpfRedirects(Device from) {
    return redirects.of(from.current());
  }

  /** A device of a kind that has one end: made now, or given what differs. */
  public synchronized void device(Device device, LinkKind kind, DeviceOptions options) {
    apply(wiring.device(device.current(), kind, options));
  }

  /** A bridge with its ports: all of it, or nothing when one of them cannot be a port. */
  public synchronized void bridge(
      Device bridge, LinkKind kind, DeviceOptions options, List<Device> ports) {
    List<Change> changes = new ArrayList<>(wiring.device(bridge.current(), kind, options));
    changes.addAll(wiring.ports(bridge.current(), ports));
    apply(changes);
  }

  /** Its TUN and TAP devices, and their programs. */
  public Tuns tuns() {
    return tuns;
  }

  /** Makes devices ports of a bridge in their namespace (man 8 bridge). */
  public synchronized void ports(Device bridge, List<Device> ports) {
    apply(wiring.ports(bridge, ports));
  }

  /**
   * Takes steps in order; when one fails, takes back those before it.
   *
   * @throws ExperimentException in the words of the step that failed
   */
  synchronized void apply(List<Change> changes) {
    if (plan != null) {
      plan.take(changes);
      return;
    }
    try {
      take(changes);
    } finally {
      settle(changes);
    }
    history.addAll(changes);
    carrier.expect(changes);
  }

  /**
   * Says what words would do, without doing it and without privileges.
   *
   * @param words what to plan; the namespaces that it makes are only planned, and no use later
   */
  public synchronized Plan plan(Runnable words) {
    if (plan != null) {
      throw new PlanException("Cannot plan within a plan", null);
    }
    Plan planned = new Plan();
    Map<String, Netns> realNamespaces = new LinkedHashMap<>(namespaces);
    AddressBook realAddresses = addresses.copy();
    Map<Device, Device.State> realDevices = new LinkedHashMap<>();
    namespaces.values().stream()
        .flatMap(netns -> netns.named().stream())
        .forEach(device -> realDevices.put(device, device.state()));
    plan = planned;
    try {
      words.run();
    } finally {
      plan = null;
      namespaces.clear();
      namespaces.putAll(realNamespaces);
      addresses.become(realAddresses);
      namespaces.values().stream()
          .flatMap(netns -> netns.named().stream())
          .forEach(device -> device.state(realDevices.getOrDefault(device, Device.State.UNKNOWN)));
    }
    return planned;
  }

  /** The plan that words are only noted in; empty when they act. */
  synchronized Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  /** What words see of a namespace. */
  synchronized View view(Netns netns) {
    return plan == null ? new LinuxView(netns.handle()) : plan.view(netns);
  }

  /**
   * For what would act at once.
   *
   * @throws PlanException within a plan
   */
  public void requireNoPlan(String what) {
    if (plan != null) {
      throw new PlanException(
          "Cannot " + what + " within lab.plan", "a plan only says what words would do");
    }
  }

  void expectTraffic() {
    carrier.expectTraffic();
  }

  private void take(List<Change> changes) {
    Deque<Change> done = new ArrayDeque<>();
    long mark = journal.mark();
    for (Change change : changes) {
      try {
        if (host != null && change.places().stream().anyMatch(Netns::isHost)) {
          journal.before(change.onHost().orElseThrow(() -> notOnHost(change)));
        }
        attachments.before(change);
        change.apply();
        done.push(change);
        attachments.after(change);
      } catch (NetlinkException e) {
        throw undone(done, mark, e.during("Cannot " + change.purpose(), Advice.on(change, e)));
      } catch (ExperimentException e) {
        throw undone(done, mark, e);
      }
    }
  }

  private static void settle(List<Change> changes) {
    for (Change change : changes) {
      if (change instanceof AddLink add) {
        add.devices().forEach(Device::settled);
      }
    }
  }

  /** A device is in another place now: its relatives follow, its addresses are lost. */
  void moved(Device from, Device to) {
    addresses.forget(holder -> holder == from);
    redirects.moved(from, to);
    tuns.moved(from, to);
    for (Netns netns : namespaces.values()) {
      for (Device device : netns.named()) {
        if (device.origin().other() == from) {
          device.origin(device.origin().withOther(to));
        }
      }
    }
  }

  /** Writes down what the host has, for changes that the caller makes and undoes at once. */
  synchronized void journal(List<Change> changes) {
    journal.before(
        changes.stream()
            .map(change -> change.onHost().orElseThrow(() -> notOnHost(change)))
            .toList());
  }

  /** Finds out which kernel parameters a new namespace has, and where their values come from. */
  public SysctlInventory sysctls() {
    return new SysctlInventory(this);
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
      host.handle().beforeTraffic(carrier::expectTraffic);
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
      boolean isNamed = netns.attachment().map(from -> from.path().equals(file)).orElse(false);
      if (published.contains(file) || isNamed) {
        continue;
      }
      if (Files.exists(file)) {
        throw new PlanException(
            "Cannot publish " + netns + ": " + file + " is there already",
            "'ip netns list' shows it; it may belong to another program");
      }
      journal.before(HostChange.publishedName(file.toString(), netns.handle()));
      Call.bindMount(netns.handle().path(), file.toString());
      published.add(file);
    }
    return List.copyOf(namespaces.keySet());
  }

  private ExperimentException undone(Deque<Change> done, long mark, ExperimentException failure) {
    for (Change change : done) {
      try {
        change.undo();
      } catch (ExperimentException e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length == 0) {
      journal.rollBack(mark);
    }
    return failure;
  }

  /** Deletes a device, and with it what the lab knows of it and its peer. */
  synchronized void forget(Device device, int index) {
    Device other = device.origin().other();
    addresses.forget(holder -> holder == device);
    redirects.forget(device);
    if (other != null && isPair(device)) {
      redirects.forget(other);
      addresses.forget(holder -> holder == other);
      other.origin(Origin.UNKNOWN);
    }
    tuns.stop(device);
    apply(List.of(new DeleteLink(device, index)));
    tuns.close(device);
    device.origin(Origin.UNKNOWN);
  }

  private static boolean isPair(Device device) {
    return List.of("veth", "netkit").contains(device.origin().kind());
  }

  /** Which device has which address. */
  AddressBook addresses() {
    return addresses;
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
    for (Netns netns : namespaces.values()) {
      if (netns.attachment().isPresent()) {
        commands.addAll(netns.attachment().get().commands(netns.name()));
      } else {
        commands.addAll(NetnsHandle.commands(netns.name()));
      }
    }
    history.stream()
        .map(Lab::command)
        .flatMap(String::lines)
        .filter(line -> !line.isEmpty())
        .forEach(commands::add);
    return commands;
  }

  /** What is done on the host needs no namespace. */
  static String command(Change change) {
    boolean isOnHost = change.places().stream().allMatch(Netns::isHost);
    return isOnHost
        ? change.command().replace("ip netns exec host ", "").replace("ip -n host ", "ip ")
        : change.command();
  }

  /** The same as a shell script, which ends at the first command that fails. */
  public synchronized String script() {
    return "#!/bin/sh\nset -e\n" + String.join("\n", commands()) + "\n";
  }

  /** Undoes what was changed on the host, ends every process and drops every namespace. */
  public synchronized void reset() {
    try {
      bringBack();
    } finally {
      undoOnHost();
    }
  }

  private void undoOnHost() {
    try {
      journal.undo();
    } finally {
      published.clear();
      carrier.clear();
      redirects.close();
      tuns.closeAll();
      endStrays();
      namespaces.values().forEach(netns -> netns.handle().close());
      namespaces.clear();
      addresses.clear();
      history.clear();
      file.clear();
    }
  }

  /** What programs of the lab have put in the background would keep its namespaces. */
  private void endStrays() {
    Set<Long> own = new HashSet<>();
    for (Netns netns : namespaces.values()) {
      if (netns.attachment().isEmpty() && netns.handle().hasRun()) {
        own.add(netns.handle().inode());
      }
    }
    if (!own.isEmpty()) {
      Strays.end(own::contains);
    }
  }

  /** The host's own devices return before their namespaces go. */
  private void bringBack() {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i) instanceof MoveLink move
          && move.from().netns().isHost()
          && move.to().link().isPresent()) {
        move.undo();
      }
    }
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
