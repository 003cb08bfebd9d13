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

/** What a cell can say to a namespace: {@code box.route 'default', via: client.veth0}. */
public final class NetnsWords {
  private NetnsWords() {}

  public static String getName(Netns self) {
    return self.name();
  }

  /**
   * Adds a route or changes the one of the same destination: {@code ip route replace}.
   *
   * @param destination {@code 'default'} or a network such as {@code '10.1.0.0/16'}
   */
  public static void route(
      Netns self,
      @NamedParams({
            @NamedParam("via"),
            @NamedParam("dev"),
            @NamedParam("src"),
            @NamedParam("table"),
            @NamedParam("onlink")
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
            destination.equals("default") ? null : Cidr.parse(destination),
            address,
            viaDevice,
            checked.deviceOrNull("dev"),
            checked.addressOrNull("src"),
            checked.count("table", Route.MAIN, 1),
            checked.flag("onlink")));
  }

  public static void route(Netns self, String destination) {
    route(self, Map.of(), destination);
  }

  /**
   * Packets from a network that leave through a device get that device's address: {@code nft ...
   * masquerade}.
   *
   * @param source the network, such as {@code '172.17.1.0/24'}
   */
  public static void masquerade(
      Netns self, @NamedParams(@NamedParam("out")) Map<String, ?> options, String source) {
    Device out = new Options(NetnsWords.class, "masquerade", options).device("out");
    if (out.netns() != self) {
      throw new PlanException(
          "Cannot masquerade in %s what leaves through %s".formatted(self, out),
          "name a device of " + self);
    }
    self.masquerade(Cidr.parse(source), out);
  }

  public static void masquerade(Netns self, String source) {
    masquerade(self, Map.of(), source);
  }

  /** Sets a kernel parameter of this namespace: {@code sysctl -w}. */
  public static void sysctl(Netns self, String key, Object value) {
    self.sysctl(key, value.toString());
  }
}
