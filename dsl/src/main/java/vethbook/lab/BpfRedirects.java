package vethbook.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.bpf.LoadedProgram;
import vethbook.linux.bpf.NetkitLink;
import vethbook.linux.bpf.Program;
import vethbook.linux.bpf.RedirectRule;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Addresses;

/**
 * Which devices of a lab redirect what arrives at them, and the programs that do it: on a netkit
 * pair one of the pair's own, on any other device one at its tc ingress.
 */
final class BpfRedirects implements AutoCloseable {
  private static final String NAME = "vethbook";

  private final Map<Device, Attached> attached = new HashMap<>();

  /**
   * What a device is to redirect.
   *
   * @param program does it; null when there is nothing to do
   */
  record Wanted(List<Redirect> redirects, @Nullable Program program) {
    static final Wanted NOTHING = new Wanted(List.of(), null);
  }

  /**
   * What it redirects.
   *
   * @param link holds the program on a netkit pair; null at tc ingress
   */
  private record Attached(Wanted wanted, int programId, @Nullable NetkitLink link) {
    Attached moved(Device from, Device there) {
      List<Redirect> redirects =
          wanted.redirects().stream().map(redirect -> redirect.moved(from, there)).toList();
      return new Attached(new Wanted(redirects, wanted.program()), programId, link);
    }
  }

  /** The redirects of a device, in the order in which they were asked for. */
  List<Redirect> of(Device device) {
    return isAttached(device) ? known(device).wanted().redirects() : List.of();
  }

  /** The steps that add one, or change the one to the same device. */
  List<Change> add(Device from, Redirect redirect) {
    if (from.existing().mac().isEmpty()) {
      throw new PlanException(
          "Cannot redirect what arrives at %s: its packets have no Ethernet header".formatted(from),
          null);
    }
    if (redirect.way() == RedirectRule.Action.PEER && isNetkit(from)) {
      throw new PlanException(
          "Cannot redirect from %s, a netkit device, into %s".formatted(from, redirect.to()),
          "bpf_redirect_peer works where tc sees received packets only; redirect to the end of that"
              + " pair in this namespace: to: "
              + redirect.to().other().orElseThrow());
    }
    List<Redirect> all = new ArrayList<>();
    for (Redirect present : of(from)) {
      if (!present.to().equals(redirect.to()) && present.to().link().isPresent()) {
        requireDistinct(from, present, redirect);
        all.add(present);
      }
    }
    all.add(redirect);
    return steps(from, new Wanted(all, program(from, all)));
  }

  /** The steps after which a device redirects nothing. */
  List<Change> remove(Device from) {
    from.existing();
    return of(from).isEmpty() ? List.of() : steps(from, Wanted.NOTHING);
  }

  private List<Change> steps(Device from, Wanted wanted) {
    Wanted old = isAttached(from) ? known(from).wanted() : Wanted.NOTHING;
    if (wanted.program() != null && wanted.program().equals(old.program())) {
      return List.of();
    }
    Change load = new LoadRedirects(this, from, wanted, old);
    if (isNetkit(from)) {
      return List.of(load);
    }
    requireOwn(from);
    return wanted.program() == null ? List.of(load) : List.of(new AddClsact(from), load);
  }

  private static void requireDistinct(Device from, Redirect present, Redirect added) {
    Optional<Cidr> both = added.when().stream().filter(present.when()::contains).findFirst();
    boolean isSame = present.when().isEmpty() && added.when().isEmpty();
    if (isSame || both.isPresent()) {
      throw new PlanException(
          "Cannot redirect %s from %s to %s: it goes to %s already"
              .formatted(
                  both.map(Cidr::toString).orElse("every frame"), from, added.to(), present.to()),
          "say 'bpfRedirect %s, to: none' first, or another when:".formatted(from));
    }
  }

  /** Another program's filter in our place, such as Cilium's, stays where it is. */
  private void requireOwn(Device from) {
    if (!isAttached(from) && from.netns().handle().ingressFilters().programId(from.index()) != 0) {
      throw new PlanException(
          "Cannot redirect what arrives at %s: another BPF filter is at its ingress"
              .formatted(from),
          "'tc filter show dev %s ingress' shows it; it has preference 1".formatted(from.name()));
    }
  }

  private static Program program(Device from, List<Redirect> redirects) {
    List<InetAddress> own =
        from.netns().handle().addresses().list().stream()
            .map(Addresses.Assigned::cidr)
            .map(Cidr::address)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    return LoadedProgram.redirect(redirects.stream().map(Redirect::rule).toList(), own);
  }

  private static boolean isNetkit(Device device) {
    return device.existing().kind().equals("netkit");
  }

  private Attached known(Device device) {
    return attached.getOrDefault(device, new Attached(Wanted.NOTHING, 0, null));
  }

  /** Looks whether the program that this lab has attached is still there. */
  private boolean isAttached(Device device) {
    Attached known = known(device);
    if (known.programId() == 0 || device.link().isEmpty()) {
      return false;
    }
    NetkitLink link = known.link();
    int there =
        link == null
            ? device.netns().handle().ingressFilters().programId(device.index())
            : link.programId();
    return there == known.programId();
  }

  void load(Device device, Wanted wanted) {
    Program program = wanted.program();
    if (program == null) {
      detach(device);
      return;
    }
    try (LoadedProgram loaded = LoadedProgram.load(program, NAME)) {
      NetkitLink link = null;
      if (isNetkit(device)) {
        link = attachToNetkit(device, loaded);
      } else {
        device.netns().handle().ingressFilters().attach(device.index(), loaded, NAME);
      }
      attached.put(device, new Attached(wanted, loaded.id(), link));
    }
  }

  /** What arrives at one end is what the other sends; Linux wants the primary's index for both. */
  private NetkitLink attachToNetkit(Device device, LoadedProgram program) {
    NetkitLink present = known(device).link();
    if (present != null && isAttached(device)) {
      present.replace(program);
      return present;
    }
    NetnsHandle here = device.netns().handle();
    boolean isPrimary = here.links().netkit(device.name()).orElseThrow().isPrimary();
    Device primary = isPrimary ? device : device.other().orElseThrow();
    int index = primary.index();
    NetkitLink.Side side = isPrimary ? NetkitLink.Side.PEER : NetkitLink.Side.PRIMARY;
    NetkitLink link = primary.netns().handle().call(() -> NetkitLink.attach(program, index, side));
    closeLink(known(device));
    return link;
  }

  private void detach(Device device) {
    Attached gone = known(device);
    attached.remove(device);
    if (gone.link() == null) {
      device.netns().handle().ingressFilters().detach(device.index());
    } else {
      gone.link().close();
    }
  }

  /** A device has another place; a program at tc ingress goes along only under a new name. */
  void moved(Device from, Device there) {
    Attached moved = attached.remove(from);
    if (moved != null) {
      attached.put(there, moved);
    }
    attached.replaceAll((device, present) -> present.moved(from, there));
  }

  /** Forgets the program of a device that is deleted; Linux has removed them. */
  void forget(Device device) {
    closeLink(known(device));
    attached.remove(device);
  }

  private static void closeLink(Attached old) {
    NetkitLink link = old.link();
    if (link != null) {
      link.close();
    }
  }

  /** Lets go of the programs on netkit pairs; those at tc ingress end with their devices. */
  @Override
  public void close() {
    attached.values().forEach(BpfRedirects::closeLink);
    attached.clear();
  }
}
