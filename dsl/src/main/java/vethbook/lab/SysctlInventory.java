package vethbook.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.sysctl.Sysctl;

/**
 * Which kernel parameters below {@code net} a new namespace has, and where their values come from:
 * found out on the running Linux, because it differs from version to version and from key to key.
 *
 * <p>What only looks costs nothing. Whether a value is inherited shows itself only when the host's
 * is another than the default: {@link #byExperiment} changes each of the host's values for the
 * millisecond that making a namespace takes, journalled as all that is done to the host.
 */
public final class SysctlInventory {
  private static final String PREFIX = "net";

  /**
   * Keys whose write acts at once (flushes, forgets addresses, changes other keys too), and
   * netfilter's: nf_hooks_lwtunnel can be switched on but never off again.
   */
  private static final String NEVER_WRITTEN =
      "net\\.netfilter\\..*|.*(flush|forwarding|ip_forward|disable_ipv6|addr_gen_mode|stable_secret|use_tempaddr"
          + "|nf_conntrack_helper|proxy_ndp|accept_ra.*|mtu|bpf_.*|optmem_max|keep_addr_on_down)$";

  private final Lab lab;

  SysctlInventory(Lab lab) {
    this.lab = lab;
  }

  /** Where the value that a new namespace has for a key comes from. */
  public enum Origin {
    /** It is the host's at that moment. */
    INHERITED("inherited"),
    /** It is Linux's default, whatever the host has. */
    RESET("reset"),
    /** Host and new namespace have the same value: one of the two above. */
    SAME("same as the host's"),
    /** The namespace has no such key: the host's value applies to the whole machine. */
    MACHINE_WIDE("machine-wide"),
    /** The namespace shows the host's value and cannot change it. */
    READ_ONLY("read-only"),
    /** Neither the host's value nor the default. */
    OTHER("other");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * What was found out about one key.
   *
   * @param onHost the host's value; null when it cannot be read
   * @param inNew a new namespace's value; null when it has no such key or cannot read it
   */
  public record Entry(String key, Origin origin, @Nullable String onHost, @Nullable String inNew) {}

  /** By looking at the host and at a new namespace. */
  public List<Entry> byLooking() {
    NetnsHandle host = lab.host().handle();
    Map<String, String> onHost = values(host);
    try (NetnsHandle fresh = NetnsHandle.create("inventory")) {
      Map<String, String> inNew = values(fresh);
      TreeSet<String> readOnly = new TreeSet<>(Sysctl.readOnlyKeys(fresh, PREFIX));
      TreeSet<String> keys = new TreeSet<>(onHost.keySet());
      keys.addAll(inNew.keySet());
      return keys.stream()
          .filter(SysctlInventory::isOfNoCard)
          .map(key -> entry(key, onHost.get(key), inNew.get(key), readOnly.contains(key)))
          .toList();
    }
  }

  private static Entry entry(
      String key, @Nullable String onHost, @Nullable String inNew, boolean readOnly) {
    Origin origin =
        inNew == null
            ? Origin.MACHINE_WIDE
            : readOnly ? Origin.READ_ONLY : inNew.equals(onHost) ? Origin.SAME : Origin.RESET;
    return new Entry(key, origin, onHost, inNew);
  }

  /** Keys of one network card say nothing of other namespaces. */
  private static boolean isOfNoCard(String key) {
    String[] parts = key.split("[./]");
    boolean isOfDevice = parts.length > 3 && (parts[2].equals("conf") || parts[2].equals("neigh"));
    return !isOfDevice || parts[3].matches("all|default|lo");
  }

  /**
   * As {@link #byLooking}, and for what looks the same gives the host another value, makes a
   * namespace and looks which of the two it got. The host's value is back a few milliseconds later.
   *
   * @throws ExperimentException without root of the machine
   */
  public List<Entry> byExperiment() {
    List<Entry> looked = byLooking();
    lab.journal(
        looked.stream()
            .filter(SysctlInventory::canBeTried)
            .<Change>map(
                entry ->
                    new WriteSysctl(
                        lab.host(), entry.key(), "", Objects.requireNonNull(entry.onHost())))
            .toList());
    return looked.stream().map(entry -> canBeTried(entry) ? tried(entry) : entry).toList();
  }

  private static boolean canBeTried(Entry entry) {
    boolean isOpen = entry.origin() == Origin.SAME || entry.origin() == Origin.RESET;
    return isOpen && entry.onHost() != null && !entry.key().matches(NEVER_WRITTEN);
  }

  private Entry tried(Entry entry) {
    String old = Objects.requireNonNull(entry.onHost());
    for (String other : others(entry.key(), old)) {
      Optional<String> got = inNamespaceMadeWhile(entry.key(), old, other);
      if (got.isPresent()) {
        Origin origin =
            got.get().equals(other)
                ? Origin.INHERITED
                : got.get().equals(entry.inNew()) ? Origin.RESET : Origin.OTHER;
        return new Entry(entry.key(), origin, old, entry.inNew());
      }
    }
    return entry;
  }

  /** What a new namespace has while the host has another value; empty when Linux refuses that. */
  private Optional<String> inNamespaceMadeWhile(String key, String old, String other) {
    WriteSysctl change = new WriteSysctl(lab.host(), key, other, old);
    try {
      change.apply();
    } catch (ExperimentException e) {
      return Optional.empty(); // a value that this key does not take
    }
    try (NetnsHandle fresh = NetnsHandle.create("inventory")) {
      boolean isTaken = WriteSysctl.same(Sysctl.read(lab.host().handle(), key), other);
      return isTaken ? Optional.of(Sysctl.read(fresh, key)) : Optional.empty();
    } finally {
      change.undo();
    }
  }

  /** Values near the old one, the most harmless first. */
  private List<String> others(String key, String old) {
    if (key.endsWith("congestion_control")) {
      return available("net.ipv4.tcp_available_congestion_control", old);
    }
    List<String> near = new ArrayList<>();
    for (long step : new long[] {1, -1}) {
      shifted(old, step).ifPresent(near::add);
    }
    return near;
  }

  private List<String> available(String key, String old) {
    String all = Sysctl.read(lab.host().handle(), key);
    return List.of(all.split("\\s+")).stream().filter(name -> !name.equals(old)).toList();
  }

  /** The last number of a value moved by a step: {@code 4096 131072 6291457}. */
  private static Optional<String> shifted(String value, long step) {
    String[] parts = value.trim().split("\\s+");
    String last = parts[parts.length - 1];
    if (!last.matches("-?\\d{1,18}")) {
      return Optional.empty();
    }
    parts[parts.length - 1] = Long.toString(Long.parseLong(last) + step);
    return Optional.of(String.join("\t", parts));
  }

  private static Map<String, String> values(NetnsHandle netns) {
    return new TreeMap<>(Sysctl.values(netns, PREFIX));
  }
}
