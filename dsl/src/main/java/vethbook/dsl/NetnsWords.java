package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.lab.RoutePlan;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Route;

/**
 * What a cell can say to a namespace: {@code box.route 'default', via: client.veth0}.
 *
 * <ul>
 *   <li>{@code via}: the next router: its address, or its device such as router.eth0
 *   <li>{@code dev}: the device to send through; default the one by which via is reached
 *   <li>{@code src}: the address to send from; default the device's first
 *   <li>{@code table}: the routing table, 1 to 2147483647; default 254 (main)
 *   <li>{@code metric}: the lower is preferred, 0 or more; default 0
 *   <li>{@code onlink}: true takes via as reachable though no address says so; default false
 *   <li>{@code type}: 'unicast' (default), 'blackhole', 'unreachable' or 'prohibit'
 *   <li>{@code cpus}: CPUs of this machine: 1, 0..3, [0, 2] or none
 * </ul>
 */
public final class NetnsWords {
  private NetnsWords() {}

  public static String getName(Netns self) {
    return self.name();
  }

  /**
   * Adds a route or changes the one of the same destination: {@code ip route replace}.
   *
   * <p>Options: {@code via} (an address or the gateway's device), {@code dev}, {@code src}, {@code
   * table}, {@code metric}, {@code onlink}; {@code type}: blackhole, unreachable and prohibit drop
   * the packets.
   *
   * @param destination {@code 'default'} or a network such as {@code '10.1.0.0/16'}
   */
  public static void route(
      Netns self,
      @NamedParams({
            @NamedParam("via"),
            @NamedParam(value = "dev", type = Device.class),
            @NamedParam("src"),
            @NamedParam("table"),
            @NamedParam("metric"),
            @NamedParam(value = "onlink", type = Boolean.class),
            @NamedParam(value = "type", type = Route.Type.class)
          })
          Map<String, ?> options,
      String destination) {
    Options checked = new Options(NetnsWords.class, "route", options);
    Object via = options.get("via");
    if (via instanceof Netns netns) {
      throw new PlanException(
          "Cannot route via " + netns + ": a namespace has many addresses",
          "name the device that is the gateway, such as via: " + netns.name() + ".eth0");
    }
    Device viaDevice = via instanceof Device device ? device : null;
    @Nullable InetAddress address = viaDevice == null ? checked.addressOrNull("via") : null;
    self.route(
        new RoutePlan(
            checked.choice("type", Route.Type.class, Route.Type.UNICAST),
            network(destination),
            address,
            viaDevice,
            checked.deviceOrNull("dev"),
            checked.addressOrNull("src"),
            checked.count("table", Route.MAIN, 1),
            checked.count("metric", 0, 0),
            checked.flag("onlink")));
  }

  private static @Nullable Cidr network(String destination) {
    return destination.equals("default") ? null : Cidr.parse(destination);
  }

  public static void route(Netns self, String destination) {
    route(self, Map.of(), destination);
  }

  /**
   * Takes a route away: {@code ip route del}.
   *
   * @param destination {@code 'default'} or a network
   */
  public static void unroute(
      Netns self, @NamedParams(@NamedParam("table")) Map<String, ?> options, String destination) {
    Options checked = new Options(NetnsWords.class, "unroute", options);
    self.unroute(network(destination), checked.count("table", Route.MAIN, 1));
  }

  public static void unroute(Netns self, String destination) {
    unroute(self, Map.of(), destination);
  }

  /** Sets a kernel parameter of this namespace: {@code sysctl -w}. */
  public static void sysctl(Netns self, String key, @Nullable Object value) {
    if (value == null) {
      throw new PlanException(
          "Cannot set sysctl " + key + " to null in " + self,
          "say a value such as 1 or '4096 87380 6291456'");
    }
    self.sysctl(key, value.toString());
  }

  /**
   * The CPUs that every device which is made in this namespace from now on spreads its received
   * packets over: {@code sysctl net.core.rps_default_mask}, Linux 6.3 or newer. Works without
   * privileges, where {@code rps} does not.
   */
  public static void rpsDefault(
      Netns self, @NamedParams(@NamedParam("cpus")) Map<String, ?> options) {
    Options checked = new Options(NetnsWords.class, "rpsDefault", options);
    if (!options.containsKey("cpus")) {
      throw new PlanException(
          "Cannot set rpsDefault in " + self + " without cpus:",
          "say cpus: none, cpus: 1, cpus: 0..3 or cpus: [0, 2]");
    }
    self.rpsDefault(checked.cpus("cpus"));
  }
}
