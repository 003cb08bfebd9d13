package vethbook.linux.nft;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.netns.NetnsHandle;

/**
 * Every packet filter and translation rule of a namespace at one moment, those of iptables-nft
 * included: {@code nft list ruleset} (man 5 libnftables-json).
 *
 * <p>A packet passes at each hook through all base chains of its family, the lower priority first.
 * One {@code drop} ends its way; {@code accept} ends only the chain: the next base chain of the
 * same hook sees it too. Counters are those of the moment of reading; of a chain of type nat they
 * count connections, as only the first packet of each passes it.
 *
 * @param chains of all tables, in nft's order
 */
public record Ruleset(List<Chain> chains) {

  /**
   * A list of rules.
   *
   * @param family {@code ip}, {@code ip6}, {@code inet} (both), {@code arp}, {@code bridge}, {@code
   *     netdev}
   * @param type {@code filter}, {@code nat} or {@code route}; empty for a chain that is only jumped
   *     to
   * @param hook where packets enter it, such as {@code forward}; empty for a chain that is only
   *     jumped to
   * @param priority the lower, the earlier at its hook; NAT of destinations is at -100, filters are
   *     at 0, NAT of sources at 100
   * @param policy what becomes of a packet that no rule decides: {@code accept} or {@code drop};
   *     empty for a chain that is only jumped to
   */
  public record Chain(
      String family,
      String table,
      String name,
      String type,
      String hook,
      int priority,
      String policy,
      List<Rule> rules) {
    /** True when packets come to it from a hook, not only by a jump. */
    public boolean isBase() {
      return !hook.isEmpty();
    }

    /** True when packets of IPv6, or else of IPv4, pass it. */
    public boolean sees(boolean ipv6) {
      return family.equals("inet") || family.equals(ipv6 ? "ip6" : "ip");
    }

    /** {@code inet vethbook forward}. */
    public String place() {
      return family + " " + table + " " + name;
    }
  }

  /**
   * What is done with some packets.
   *
   * @param handle its number in its table
   * @param words as nft writes it, without its counter and comment: {@code tcp dport 80 drop}
   * @param comment empty when it has none
   * @param counter null when it does not count
   * @param verdict what becomes of a packet that it matches: {@code accept}, {@code drop}, {@code
   *     reject}, {@code jump}, {@code goto}, {@code return}, {@code masquerade}, {@code snat},
   *     {@code dnat}, {@code redirect}, {@code queue}, {@code vmap} (it depends on a map); empty
   *     when the packet goes on to the next rule
   * @param target the chain that a jump or goto leads to; else empty
   */
  public record Rule(
      int handle,
      String words,
      String comment,
      @Nullable Counter counter,
      String verdict,
      String target) {
    /** True when a packet that it matches gets no further. */
    public boolean drops() {
      return verdict.equals("drop") || verdict.equals("reject");
    }

    /** Packets counted; 0 without a counter. */
    public long packets() {
      return counter == null ? 0 : counter.packets();
    }

    /** Bytes counted; 0 without a counter. */
    public long bytes() {
      return counter == null ? 0 : counter.bytes();
    }
  }

  /** What a rule has matched since it was loaded. */
  public record Counter(long packets, long bytes) {}

  /**
   * Reads all tables.
   *
   * @throws vethbook.linux.ExperimentException when nft is not installed or refuses
   */
  public static Ruleset read(NetnsHandle netns) {
    // the words first: a rule added between the two listings is then shown without them
    String words = Nft.list(netns, "-a", "list", "ruleset");
    return RulesetReader.read(Nft.list(netns, "-j", "list", "ruleset"), words);
  }

  /** Reads one table, without its rules' words; it has no chains when there is no such table. */
  public static Ruleset readTable(NetnsHandle netns, String family, String table) {
    Ruleset all = RulesetReader.read(Nft.list(netns, "-j", "list", "ruleset", family), "");
    return new Ruleset(all.table(family, table));
  }

  /** The base chains that a packet passes at a hook, in their order. */
  public List<Chain> at(String hook, boolean ipv6) {
    return chains.stream()
        .filter(chain -> chain.hook().equals(hook) && chain.sees(ipv6))
        .sorted(Comparator.comparingInt(Chain::priority))
        .toList();
  }

  /** The chain of this name; empty when there is none. */
  public Optional<Chain> chain(String family, String table, String name) {
    return chains.stream()
        .filter(chain -> chain.place().equals(family + " " + table + " " + name))
        .findFirst();
  }

  /** The chains of one table. */
  public List<Chain> table(String family, String table) {
    return chains.stream()
        .filter(chain -> chain.family().equals(family) && chain.table().equals(table))
        .toList();
  }
}
