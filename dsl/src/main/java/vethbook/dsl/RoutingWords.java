package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.RouteQuestion;
import vethbook.linux.rtnetlink.Rule;
import vethbook.view.TableView;

/**
 * What a cell can ask and say about the ways of packets: routes, rules and neighbours.
 *
 * <ul>
 *   <li>{@code routeTo from}: the packet's source address; default the one that Linux would choose
 *   <li>{@code from, to}: a network such as '10.1.0.0/16'; default any
 *   <li>{@code in, out}: the device that the packet comes in or leaves through; default any
 *   <li>{@code mark}: the packet's fwmark, 0 (none) or more; default 0
 *   <li>{@code table}: the routing table, 1 to 2147483647
 *   <li>{@code priority}: the lower is tried first, 1 or more; default 1000
 *   <li>{@code mac}: the neighbour's MAC address, such as '02:00:00:00:00:02'
 *   <li>{@code fdb to}: the address of the host behind the vxlan; default the bridge's port itself
 * </ul>
 */
public final class RoutingWords {
  private static final int USUAL_PRIORITY = 1000;

  private RoutingWords() {}

  /** Its routes, of all tables: {@code ip route show table all}. */
  public static Table routes(Netns self) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Route route : self.handle().routes().list()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("destination", route.isDefault() ? "default" : route.destination().toString());
      row.put("type", route.type().word());
      row.put("via", route.via() == null ? "" : Cidr.text(route.via()));
      row.put("device", self.deviceName(route.linkIndex()));
      row.put("source", route.source() == null ? "" : Cidr.text(route.source()));
      row.put("table", Integer.toUnsignedString(route.table()));
      row.put("metric", route.metric());
      rows.add(row);
    }
    return TableView.table("routes of " + self, rows);
  }

  /**
   * Which way a packet would take: {@code ip route get}.
   *
   * <p>Options: {@code from} (its source address), {@code in} (the device that it comes in
   * through), {@code mark} (its fwmark).
   *
   * @throws vethbook.linux.netlink.NetlinkException with the reason why it would not get on
   */
  public static String routeTo(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam("mark")
          })
          Map<String, ?> options,
      String address) {
    Options checked = new Options(RoutingWords.class, "routeTo", options);
    Device in = checked.deviceOrNull("in");
    InetAddress from = checked.addressOrNull("from");
    Route way =
        self.way(
            new RouteQuestion(
                Cidr.parseAddress(address),
                from,
                in == null ? 0 : in.existing().index(),
                checked.count("mark", 0, 0)));
    return "%s %s".formatted(address, way.text(self.deviceName(way.linkIndex())));
  }

  public static String routeTo(Netns self, String address) {
    return routeTo(self, Map.of(), address);
  }

  /**
   * Chooses a routing table for some packets: {@code ip rule add}.
   *
   * <p>Options: {@code from} and {@code to} (networks), {@code in} and {@code out} (devices),
   * {@code mark} (the fwmark), {@code table}, {@code priority} (default 1000; the lower is tried
   * first).
   */
  public static void rule(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam(value = "out", type = Device.class),
            @NamedParam("mark"),
            @NamedParam("table"),
            @NamedParam("priority")
          })
          Map<String, ?> options) {
    self.rule(rule(new Options(RoutingWords.class, "rule", options), self));
  }

  /** Takes a rule away: {@code ip rule del}, with the options that it was made with. */
  public static void unrule(
      Netns self,
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam(value = "in", type = Device.class),
            @NamedParam(value = "out", type = Device.class),
            @NamedParam("mark"),
            @NamedParam("table"),
            @NamedParam("priority")
          })
          Map<String, ?> options) {
    self.unrule(rule(new Options(RoutingWords.class, "unrule", options), self));
  }

  private static Rule rule(Options checked, Netns self) {
    checked.value("table", "100");
    Cidr from = checked.cidrOrNull("from");
    Cidr to = checked.cidrOrNull("to");
    if (from != null && to != null && from.isIpv6() != to.isIpv6()) {
      throw new PlanException(
          "Cannot make a rule from %s to %s".formatted(from, to), "both are IPv4 or both IPv6");
    }
    Cidr either = from == null ? to : from;
    return new Rule(
        either != null && either.isIpv6(),
        checked.count("priority", USUAL_PRIORITY, 1),
        from == null ? null : from.network(),
        to == null ? null : to.network(),
        deviceName(checked.deviceOrNull("in"), self),
        deviceName(checked.deviceOrNull("out"), self),
        checked.count("mark", 0, 0),
        checked.count("table", 0, 1));
  }

  private static String deviceName(@Nullable Device device, Netns self) {
    if (device != null && device.netns() != self) {
      throw new PlanException(
          "Cannot make a rule in %s for packets of %s".formatted(self, device),
          "name a device of " + self);
    }
    return device == null ? "" : device.name();
  }

  /** The rules that choose a routing table: {@code ip rule}. */
  public static Table routingRules(Netns self) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Rule rule : self.handle().rules().list()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("priority", rule.priority());
      row.put("family", rule.isIpv6() ? "IPv6" : "IPv4");
      row.put("from", Objects.toString(rule.source(), "all"));
      row.put("to", Objects.toString(rule.destination(), "all"));
      row.put("in", rule.in());
      row.put("out", rule.out());
      row.put("mark", rule.mark() == 0 ? "" : "0x" + Integer.toHexString(rule.mark()));
      row.put("table", Integer.toUnsignedString(rule.table()));
      rows.add(row);
    }
    return TableView.table("routing rules of " + self, rows);
  }

  /** What its devices know of others on their links: {@code ip neighbour}. */
  public static Table neighbours(Netns self) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Neighbour entry : self.handle().neighbours().list()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("address", entry.address() == null ? "" : Cidr.text(entry.address()));
      row.put("device", self.deviceName(entry.linkIndex()));
      row.put("MAC address", entry.mac());
      row.put("state", entry.isProxy() ? "proxy" : entry.state().word());
      rows.add(row);
    }
    return TableView.table("neighbours of " + self, rows);
  }

  /** Where frames to a MAC address go: {@code bridge fdb}. */
  public static Table fdb(Netns self) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Neighbour entry : self.handle().neighbours().forwarding()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("MAC address", entry.mac());
      row.put("device", self.deviceName(entry.linkIndex()));
      row.put("to", entry.address() == null ? "" : Cidr.text(entry.address()));
      row.put("state", entry.state().word());
      rows.add(row);
    }
    return TableView.table("forwarding database of " + self, rows);
  }

  /**
   * Makes a neighbour known for good, without ARP: {@code ip neighbour replace ... nud permanent}.
   */
  public static Device neighbour(
      Device self, @NamedParams(@NamedParam("mac")) Map<String, ?> options, String address) {
    Options checked = new Options(RoutingWords.class, "neighbour", options);
    checked.value("mac", "'02:00:00:00:00:02'");
    return self.neighbour(Cidr.parseAddress(address), checked.mac());
  }

  public static Device neighbour(Device self, String address) {
    return neighbour(self, Map.of(), address);
  }

  /**
   * Answers ARP on its link for every address that the namespace has a route to, elsewhere: {@code
   * sysctl net.ipv4.conf.DEV.proxy_arp=1}. The namespace forwards, and answers at once ({@code
   * proxy_delay} 0 instead of up to 0.8 s).
   */
  public static Device proxyArp(Device self, boolean on) {
    self.existing();
    String conf = "net/ipv4/conf/" + self.name() + "/";
    self.netns().sysctl(conf + "proxy_arp", on ? "1" : "0");
    if (on) {
      self.netns().sysctl("net/ipv4/neigh/" + self.name() + "/proxy_delay", "0");
      self.netns().forwarding(true);
    }
    return self;
  }

  /** Answers ARP on its link for one address that is elsewhere: {@code ip neighbour add proxy}. */
  public static Device proxy(Device self, String address) {
    return self.proxy(Cidr.parseAddress(address));
  }

  /**
   * Sends frames to a MAC address through this port of a bridge; with {@code to}, by a vxlan device
   * to the host at that address: {@code bridge fdb append}. '00:00:00:00:00:00' stands for every
   * address that a vxlan does not know.
   */
  public static Device fdb(
      Device self, @NamedParams(@NamedParam("to")) Map<String, ?> options, String mac) {
    Options checked = new Options(RoutingWords.class, "fdb", options);
    return self.forwardFrames(mac, checked.addressOrNull("to"));
  }

  public static Device fdb(Device self, String mac) {
    return fdb(self, Map.of(), mac);
  }
}
