package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vethbook.extension.Nearest;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.bpf.BpfException;
import vethbook.linux.bpf.LoadedProgram;
import vethbook.linux.bpf.Program;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.NewLink;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.tun.TunHandle;
import vethbook.tool.ContainerEngine;
import vethbook.tool.Perf;
import vethbook.tool.Tool;

/**
 * What the running Linux can do: found out by trying, in a namespace made for it, and remembered.
 *
 * <p>{@code linux.has('ipvlan')} in a cell.
 */
public final class Features {
  /** Kinds of devices (man 8 ip-link). */
  private static final List<String> ALONE =
      List.of("veth", "bridge", "dummy", "ifb", "vxlan", "ipip", "gre", "wireguard", "netkit");

  private static final List<String> ON_PARENT = List.of("macvlan", "macvtap", "ipvlan", "vlan");

  /** Queueing disciplines (man 8 tc). */
  private static final List<String> QDISCS = List.of("netem", "tbf", "htb", "fq", "fq_codel");

  private static final String NFT = "nft";
  private static final String BPF = "bpf";
  private static final String TUN = "tun";

  /** What the word rpsDefault sets (Documentation/admin-guide/sysctl/net.rst). */
  private static final String RPS_DEFAULT = "rpsDefault";

  private final Map<String, Optional<String>> found = new LinkedHashMap<>();

  /** The names that can be asked for: what Linux may have, tools, and container engines. */
  public List<String> names() {
    List<String> all = new ArrayList<>(ofLinux());
    all.add(NFT);
    all.addAll(Tool.names());
    all.addAll(ContainerEngine.commands());
    return all;
  }

  /** Those of them that the running Linux has or has not. */
  public List<String> ofLinux() {
    List<String> all = new ArrayList<>(ALONE);
    all.addAll(ON_PARENT);
    all.addAll(QDISCS);
    all.add(BPF);
    all.add(TUN);
    all.add(RPS_DEFAULT);
    return all;
  }

  public boolean has(String feature) {
    return absence(feature).isEmpty();
  }

  /**
   * Why this Linux cannot do it; empty when it can.
   *
   * @throws PlanException for a name that nobody knows
   */
  public synchronized Optional<String> absence(String feature) {
    if (!names().contains(feature)) {
      List<String> near = Nearest.of(feature, names());
      throw new PlanException(
          "Cannot find out about '" + feature + "'",
          near.isEmpty()
              ? "ask for one of " + String.join(", ", names())
              : "did you mean " + String.join(" or ", near) + "?");
    }
    if (ContainerEngine.commands().contains(feature)) {
      return ContainerEngine.valueOf(feature.toUpperCase(Locale.ROOT))
          .absence(); // may be started later
    }
    return found.computeIfAbsent(feature, Features::probe);
  }

  private static Optional<String> probe(String feature) {
    Optional<Tool> tool = Tool.named(feature);
    if (tool.isPresent()) {
      return tool.get() == Tool.PERF ? Perf.refusal() : tool.get().absence();
    }
    if (feature.equals(NFT)) {
      return Command.find(NFT).isPresent()
          ? Optional.empty()
          : Optional.of("nft is not installed (Debian package nftables)");
    }
    if (feature.equals(BPF)) {
      return bpfRefusal();
    }
    if (feature.equals(TUN)) {
      return tunRefusal();
    }
    if (feature.equals(RPS_DEFAULT)) {
      return rpsDefaultRefusal();
    }
    try (NetnsHandle netns = NetnsHandle.create("probe")) {
      if (QDISCS.contains(feature)) {
        return QdiscProbe.refusal(netns, feature);
      }
      int parent = 0;
      if (ON_PARENT.contains(feature)) {
        netns
            .links()
            .create(NewLink.veth(NewLink.of("p0", "veth", -1), NewLink.of("p1", "veth", -1)));
        parent = netns.links().find("p0").map(Link::index).orElse(0);
      }
      return refusal(netns, feature, parent);
    } catch (ExperimentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Asks for what {@code bpfRedirect} needs: the smallest program that there is. */
  private static Optional<String> bpfRefusal() {
    try (LoadedProgram program = LoadedProgram.load(Program.empty(), "vethbook_probe")) {
      assert program.id() > 0;
      return Optional.empty();
    } catch (BpfException e) {
      return Optional.of("no BPF programs here: " + e.answer());
    }
  }

  private static Optional<String> tunRefusal() {
    try (NetnsHandle netns = NetnsHandle.create("probe")) {
      TunHandle.open(netns, "tun0", false).close();
      return Optional.empty();
    } catch (ExperimentException e) {
      return Optional.of("no TUN devices here: " + e.answer());
    }
  }

  private static Optional<String> rpsDefaultRefusal() {
    String key = "net.core.rps_default_mask";
    return Sysctl.here(key).isPresent()
        ? Optional.empty()
        : Optional.of("this Linux has no " + key + " (it came with 6.3)");
  }

  private static Optional<String> refusal(NetnsHandle netns, String kind, int parent) {
    try {
      netns.links().create(NewLink.of("x0", kind, -1).on(parent));
      return Optional.empty();
    } catch (NetlinkException e) {
      // anything but "no such kind" and "not allowed" comes from the kind's own code: it is there
      return switch (e.errno().name()) {
        case "EOPNOTSUPP" ->
            Optional.of("this Linux has no %s (%s)".formatted(kind, e.errno().name()));
        case "EPERM" -> Optional.of("not permitted: " + e.answer());
        default -> Optional.empty();
      };
    }
  }
}
