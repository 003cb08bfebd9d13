package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.NftText;
import vethbook.lab.PacketRule;
import vethbook.lab.PlanException;
import vethbook.lab.filter.Filters;
import vethbook.lab.filter.Filters.Answer;
import vethbook.lab.filter.Filters.Verdict;
import vethbook.lab.filter.OwnChain;
import vethbook.lab.filter.OwnRule;
import vethbook.linux.nft.Ruleset;
import vethbook.view.TableView;

/**
 * What a cell can say to a namespace about the packets that it lets pass. Rules are tried in the
 * order in which they were said; the first that matches decides (man 8 nft). Each says what it is
 * and what it has counted: {@code http = box.drop port: 80, chain: 'input'; http.packets}.
 *
 * <ul>
 *   <li>{@code from, to}: networks, addresses, devices, namespaces, or a list of them; default any
 *   <li>{@code protocol}: 'tcp', 'udp', 'icmp' or another; with a port default 'tcp'
 *   <li>{@code port}: the destination's port, 1 to 65535, a range such as 8000..8010 or a list;
 *       default any
 *   <li>{@code in, out}: a device of this namespace; default any
 *   <li>{@code chain}: 'forward' (default) what it sends on, 'input' what it gets, 'output' what it
 *       sends
 *   <li>{@code probability}: share of the packets, chosen at random, such as 1.percent; default all
 *   <li>{@code name}: said again with other options, the rule of this name is replaced
 *   <li>{@code with}: 'port_unreachable' (default), 'admin_prohibited', 'host_unreachable',
 *       'no_route' or 'tcp_reset'
 *   <li>{@code established}: lets pass what belongs to an allowed connection; default true
 *   <li>{@code published}: lets pass what comes to published ports and services; default false
 * </ul>
 */
public final class FilterWords {
  private FilterWords() {}

  /** Where packets are filtered. */
  enum FilterChain {
    INPUT(OwnChain.INPUT),
    FORWARD(OwnChain.FORWARD),
    OUTPUT(OwnChain.OUTPUT);

    private final OwnChain chain;

    FilterChain(OwnChain chain) {
      this.chain = chain;
    }
  }

  /**
   * Takes packets away, and tells nobody: {@code nft add rule ... counter drop}.
   *
   * <p>Options: {@code from} and {@code to} (networks, addresses, devices, namespaces, or a list of
   * them), {@code protocol} ('tcp' when there is a port), {@code port} of the destination (80,
   * 8000..8010 or a list), {@code in} and {@code out} (devices of this namespace), {@code chain}
   * ('forward' for what it sends on, the default; 'input' for what it gets itself; 'output' for
   * what it sends itself), {@code probability} (such as 1.percent: so many, chosen at random),
   * {@code name} (said again with other options, the rule is replaced).
   */
  public static PacketRule drop(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("protocol"),
            @NamedParam("port"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam(value = "out", type = Device.class),
            @NamedParam(value = "chain", type = FilterChain.class),
            @NamedParam(value = "probability", type = Percent.class),
            @NamedParam("name")
          })
          Map<String, ?> options) {
    return filter(self, Verdict.DROP, options);
  }

  /**
   * Lets packets pass which a later rule or the policy would take away: {@code accept}. The options
   * are those of drop.
   */
  public static PacketRule allow(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("protocol"),
            @NamedParam("port"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam(value = "out", type = Device.class),
            @NamedParam(value = "chain", type = FilterChain.class),
            @NamedParam(value = "probability", type = Percent.class),
            @NamedParam("name")
          })
          Map<String, ?> options) {
    return filter(self, Verdict.ALLOW, options);
  }

  /**
   * Takes packets away and tells their sender: {@code reject}. The options are those of drop and
   * {@code with}: 'port_unreachable' (the default), 'admin_prohibited', 'host_unreachable',
   * 'no_route' or 'tcp_reset'.
   */
  public static PacketRule reject(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("protocol"),
            @NamedParam("port"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam(value = "out", type = Device.class),
            @NamedParam(value = "chain", type = FilterChain.class),
            @NamedParam(value = "probability", type = Percent.class),
            @NamedParam("name"),
            @NamedParam(value = "with", type = Answer.class)
          })
          Map<String, ?> options) {
    return filter(self, Verdict.REJECT, options);
  }

  private static PacketRule filter(Netns self, Verdict verdict, Map<String, ?> options) {
    String word = verdict.word();
    Options checked = new Options(FilterWords.class, word, options);
    PacketOptions packets = new PacketOptions(word, checked, self);
    OwnChain chain = checked.choice("chain", FilterChain.class, FilterChain.FORWARD).chain;
    OwnRule rule =
        verdict == Verdict.REJECT
            ? Filters.reject(
                checked.choice("with", Answer.class, Answer.PORT_UNREACHABLE),
                chain,
                packets.match())
            : Filters.rule(verdict, chain, packets.match());
    return self.packetRules().filter(packets.named(rule), checked.has("name"));
  }

  /**
   * What becomes of packets to be sent on that no rule decides: 'accept' (so it is at first) or
   * 'drop'.
   *
   * <p>Options with 'drop': {@code established} (default true) lets pass what belongs to a
   * connection that was allowed once; {@code published} (default false) lets pass what comes to
   * published ports and services, as Docker does.
   */
  public static PacketRule forwardPolicy(
      Netns self,
      @NamedParams({
            @NamedParam(value = "established", type = Boolean.class),
            @NamedParam(value = "published", type = Boolean.class)
          })
          Map<String, ?> options,
      String policy) {
    Options checked = new Options(FilterWords.class, "forwardPolicy", options);
    boolean drops = policy.equalsIgnoreCase("drop");
    if (!drops && !policy.equalsIgnoreCase("accept")) {
      throw new PlanException(
          "Cannot understand policy '%s' in forwardPolicy".formatted(policy),
          "it is 'accept' or 'drop'");
    }
    return self.packetRules()
        .forwardPolicy(
            drops,
            !checked.has("established") || checked.flag("established"),
            checked.flag("published"));
  }

  public static PacketRule forwardPolicy(Netns self, String policy) {
    return forwardPolicy(self, Map.of(), policy);
  }

  /**
   * Loads a ruleset in nft's own language, all of it or nothing: {@code nft -f}. A table that an
   * earlier text has made is replaced.
   *
   * @throws vethbook.linux.ExperimentException with nft's words, which name the line of the text
   */
  public static NftText nft(Netns self, String text) {
    return self.packetRules().texts().load(text);
  }

  /**
   * Every rule of the namespace with what it has counted, whoever has made it: {@code nft list
   * ruleset}. Chains of type nat count connections.
   */
  public static Table rules(Netns self) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Ruleset.Chain chain : self.packetRules().all().chains()) {
      for (Ruleset.Rule rule : chain.rules()) {
        rows.add(row(chain, rule.words(), rule.comment(), rule.counter()));
      }
      if (chain.type().equals("filter")) {
        rows.add(row(chain, "policy " + chain.policy(), "", null));
      }
    }
    return TableView.table("rules of " + self, rows);
  }

  private static Map<String, Object> row(
      Ruleset.Chain chain, String words, String name, Ruleset.@Nullable Counter counter) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("table", chain.family() + " " + chain.table());
    row.put("chain", chain.name());
    row.put("rule", words);
    row.put("name", name);
    row.put("packets", counter == null ? null : counter.packets());
    row.put("bytes", counter == null ? null : counter.bytes());
    return row;
  }

  public static long getPackets(PacketRule self) {
    return self.packets();
  }

  public static long getBytes(PacketRule self) {
    return self.bytes();
  }

  public static String getName(PacketRule self) {
    return self.name();
  }
}
