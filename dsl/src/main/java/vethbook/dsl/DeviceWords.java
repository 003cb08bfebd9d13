package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import java.util.Set;
import vethbook.lab.Device;
import vethbook.linux.Cidr;

/** What a cell can say to a device: {@code client.eth0.address '10.0.0.1/24'}. */
public final class DeviceWords {
  private DeviceWords() {}

  public static String getName(Device self) {
    return self.name();
  }

  public static Device address(Device self, String cidr) {
    return self.address(Cidr.parse(cidr));
  }

  /** {@code ip link set mtu}. */
  public static Device mtu(Device self, DataSize size) {
    return self.mtu(Math.toIntExact(size.bytes()));
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
      throw new vethbook.lab.PlanException(
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
}
