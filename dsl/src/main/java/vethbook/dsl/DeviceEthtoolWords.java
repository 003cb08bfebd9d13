package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.DeviceEthtool;
import vethbook.lab.PlanException;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.LinkSpeed;
import vethbook.linux.ethtool.Rings;

/**
 * What a cell can say to a device that {@code ethtool} would: {@code client.eth0.offload tso:
 * false}.
 *
 * <ul>
 *   <li>{@code rx, tx, sg, tso, gso, gro, lro, ufo, rxvlan, txvlan, ntuple, rxhash}: true or false;
 *       what is not named stays
 *   <li>{@code channels rx, channels tx, channels combined}: queues in use, 1 or more; what is not
 *       named stays
 *   <li>{@code ring rx, ring tx}: packets that the ring holds, 1 or more; what is not named stays
 * </ul>
 */
public final class DeviceEthtoolWords {
  private DeviceEthtoolWords() {}

  /**
   * Switches offloads on and off: {@code ethtool -K}. What Linux would silently leave as it is,
   * such as {@code tso} without {@code sg}, is an error.
   *
   * @param options {@code true} or {@code false} for each; besides these names those of Linux, such
   *     as {@code 'rx-gro-list'}, and the long ones of ethtool
   */
  public static Device offload(
      Device self,
      @NamedParams({
            @NamedParam(value = "tso", type = Boolean.class),
            @NamedParam(value = "gso", type = Boolean.class),
            @NamedParam(value = "gro", type = Boolean.class),
            @NamedParam(value = "tx", type = Boolean.class),
            @NamedParam(value = "rx", type = Boolean.class),
            @NamedParam(value = "sg", type = Boolean.class),
            @NamedParam(value = "lro", type = Boolean.class),
            @NamedParam(value = "ufo", type = Boolean.class),
            @NamedParam(value = "rxvlan", type = Boolean.class),
            @NamedParam(value = "txvlan", type = Boolean.class),
            @NamedParam(value = "ntuple", type = Boolean.class),
            @NamedParam(value = "rxhash", type = Boolean.class)
          })
          Map<String, ?> options) {
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    options.forEach((name, value) -> wanted.put(name, state(name, value)));
    new DeviceEthtool(self).offload(wanted);
    return self;
  }

  private static Boolean state(String name, @Nullable Object value) {
    if (value instanceof Boolean on) {
      return on;
    }
    throw new PlanException(
        "Cannot understand %s: %s in offload".formatted(name, value), "say true or false");
  }

  /** The offloads as they are; shows itself as a table. */
  public static Offloads offloads(Device self) {
    return new Offloads(self.toString(), new DeviceEthtool(self).features());
  }

  /** How many queues are in use: {@code ethtool -l}. */
  public static Channels channels(Device self) {
    return new DeviceEthtool(self).channels();
  }

  /** So many queues, both for receiving and for sending: {@code ethtool -L}. */
  public static Device channels(Device self, int count) {
    DeviceEthtool ethtool = new DeviceEthtool(self);
    Channels old = ethtool.channels();
    boolean isCombined = old.most().combined() > 0;
    return channels(
        self, isCombined ? Map.of("combined", count) : Map.of("rx", count, "tx", count));
  }

  /** So many queues of each kind; what is not named stays. */
  public static Device channels(
      Device self,
      @NamedParams({@NamedParam("rx"), @NamedParam("tx"), @NamedParam("combined")})
          Map<String, ?> options) {
    Options checked = new Options(DeviceEthtoolWords.class, "channels", options);
    DeviceEthtool ethtool = new DeviceEthtool(self);
    Channels old = ethtool.channels();
    ethtool.channels(
        old.with(
            checked.count("rx", old.rx(), 1),
            checked.count("tx", old.tx(), 1),
            checked.count("combined", old.combined(), 1)));
    return self;
  }

  /** How many packets the rings between driver and device hold: {@code ethtool -g}. */
  public static Rings ring(Device self) {
    return new DeviceEthtool(self).rings();
  }

  /** {@code ethtool -G}; what is not named stays. */
  public static Device ring(
      Device self, @NamedParams({@NamedParam("rx"), @NamedParam("tx")}) Map<String, ?> options) {
    Options checked = new Options(DeviceEthtoolWords.class, "ring", options);
    DeviceEthtool ethtool = new DeviceEthtool(self);
    Rings old = ethtool.rings();
    ethtool.rings(old.with(checked.count("rx", old.rx(), 1), checked.count("tx", old.tx(), 1)));
    return self;
  }

  /** How fast the device says it is; on virtual devices without effect. */
  public static LinkSpeed getSpeed(Device self) {
    return new DeviceEthtool(self).speed();
  }

  /** The driver's own counters by name: {@code ethtool -S}. */
  public static Map<String, Long> driverStatistics(Device self) {
    return new DeviceEthtool(self).driverStatistics();
  }
}
