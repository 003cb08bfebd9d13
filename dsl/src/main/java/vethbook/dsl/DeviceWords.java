package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import java.util.Set;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;

/**
 * What a cell can say to a device: {@code client.eth0.address '10.0.0.1/24'}.
 *
 * <ul>
 *   <li>{@code as}: the name in the new namespace, 1 to 15 characters; default the same
 *   <li>{@code cpus}: CPUs of this machine: 1, 0..3, [0, 2] or none
 *   <li>{@code queue}: the number of the queue, 0 or more; for rps default all
 *   <li>{@code flows}: flows that each receive queue remembers, 0 (off) or more
 * </ul>
 */
public final class DeviceWords {
  private DeviceWords() {}

  public static String getName(Device self) {
    return self.name();
  }

  public static Device address(Device self, String cidr) {
    return self.address(Cidr.parse(cidr));
  }

  /** Takes an address away: {@code ip address del}. */
  public static Device removeAddress(Device self, String cidr) {
    return self.removeAddress(Cidr.parse(cidr));
  }

  /** {@code ip link set mtu}. */
  public static Device mtu(Device self, DataSize size) {
    return self.mtu(Math.toIntExact(size.bytes()));
  }

  /**
   * Moves the device to another namespace: {@code ip link set netns}. Its addresses and routes are
   * lost. A network card of the host returns to it at the end.
   */
  public static Device moveTo(
      Device self, @NamedParams(@NamedParam("as")) Map<String, ?> options, Netns target) {
    Options checked = new Options(DeviceWords.class, "moveTo", options);
    return self.moveTo(target, checked.has("as") ? checked.text("as") : self.name());
  }

  public static Device moveTo(Device self, Netns target) {
    return moveTo(self, Map.of(), target);
  }

  /** {@code ip link set name}; returns the device of the new name. */
  public static Device rename(Device self, String name) {
    return self.moveTo(self.netns(), name);
  }

  /**
   * Spreads received packets over CPUs (receive packet steering); {@code cpus: none} turns it off.
   *
   * @see "Documentation/networking/scaling.rst"
   */
  public static Device rps(
      Device self,
      @NamedParams({@NamedParam("cpus"), @NamedParam("queue")}) Map<String, ?> options) {
    Options checked = new Options(DeviceWords.class, "rps", options);
    if (!options.containsKey("cpus")) {
      throw new PlanException(
          "Cannot set rps on " + self + " without cpus:",
          "say cpus: none, cpus: 1, cpus: 0..3 or cpus: [0, 2]");
    }
    Set<Integer> cpus = checked.cpus("cpus");
    return options.containsKey("queue")
        ? self.rps(checked.count("queue", 0, 0), cpus)
        : self.rps(cpus);
  }

  public static Device rps(Device self, Object cpus) {
    return rps(self, Map.of("cpus", cpus));
  }

  /**
   * Brings the packets of a flow to the CPU where its program runs (receive flow steering): so many
   * flows are remembered by each receive queue; 0 turns it off. Needs {@code host.sysctl
   * 'net.core.rps_sock_flow_entries', 32768}, which is one table for the machine.
   *
   * @see "Documentation/networking/scaling.rst"
   */
  public static Device rfs(Device self, @NamedParams(@NamedParam("flows")) Map<String, ?> options) {
    Options checked = new Options(DeviceWords.class, "rfs", options);
    checked.value("flows", "4096, or 0 to turn it off");
    int flows = checked.count("flows", 0, 0);
    String table = "net.core.rps_sock_flow_entries";
    if (flows > 0 && self.netns().lab().host().sysctl(table).equals("0")) {
      throw new PlanException(
          "Cannot steer flows to "
              + self
              + ": the machine's table of flows is empty ("
              + table
              + ")",
          "say host.sysctl '" + table + "', 32768 first; it comes back when the lab ends");
    }
    return self.rfs(flows);
  }

  /**
   * Lets CPUs send through a transmit queue (transmit packet steering); {@code cpus: none} turns it
   * off. Needs a device with several queues: {@code vethPair ..., queues: 2}.
   *
   * @see "Documentation/networking/scaling.rst"
   */
  public static Device xps(
      Device self,
      @NamedParams({@NamedParam("queue"), @NamedParam("cpus")}) Map<String, ?> options) {
    Options checked = new Options(DeviceWords.class, "xps", options);
    checked.value("queue", "0");
    if (!options.containsKey("cpus")) {
      throw new PlanException(
          "Cannot set xps on " + self + " without cpus:", "say cpus: none, cpus: 1 or cpus: 0..3");
    }
    return self.xps(checked.count("queue", 0, 0), checked.cpus("cpus"));
  }
}
