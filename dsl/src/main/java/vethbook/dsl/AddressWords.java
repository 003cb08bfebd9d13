package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Route;

/**
 * Words that give addresses and say where packets go.
 *
 * @see NetnsWords
 */
public interface AddressWords {
  /** Gives a device an address besides those it has: {@code ip address add}. */
  default Device address(Device device, String cidr) {
    return device.address(Cidr.parse(cidr));
  }

  /**
   * Adds a route in a namespace: {@code ip route replace}; the same as {@code netns.route}, which
   * says its options.
   */
  default void route(
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
      Netns netns,
      String destination) {
    NetnsWords.route(netns, options, destination);
  }

  /** Lets a namespace send on packets that are not its own. */
  default void forwarding(Netns netns, boolean on) {
    netns.forwarding(on);
  }
}
