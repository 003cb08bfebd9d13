package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.LinkSpeed;
import vethbook.linux.ethtool.Rings;

/**
 * Words about the settings of a device that {@code ethtool} knows.
 *
 * @see DeviceEthtoolWords
 */
public interface EthtoolWords {
  /**
   * Switches offloads on and off: {@code offload client.eth0, tso: false, gro: true}.
   *
   * @see DeviceEthtoolWords#offload(Device, Map)
   */
  default Device offload(
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
          Map<String, ?> options,
      Device device) {
    return DeviceEthtoolWords.offload(device, options);
  }

  /** The offloads as they are; shows itself as a table. */
  default Offloads offloads(Device device) {
    return DeviceEthtoolWords.offloads(device);
  }

  /** How many queues of a device are in use: {@code ethtool -l}. */
  default Channels channels(Device device) {
    return DeviceEthtoolWords.channels(device);
  }

  /** So many queues, both for receiving and for sending: {@code channels client.eth0, 2}. */
  default Device channels(Device device, int count) {
    return DeviceEthtoolWords.channels(device, count);
  }

  /** So many queues of each kind: {@code channels client.eth0, rx: 2, tx: 1}. */
  default Device channels(
      @NamedParams({@NamedParam("rx"), @NamedParam("tx"), @NamedParam("combined")})
          Map<String, ?> options,
      Device device) {
    return DeviceEthtoolWords.channels(device, options);
  }

  /** How many packets the rings between driver and device hold: {@code ethtool -g}. */
  default Rings ring(Device device) {
    return DeviceEthtoolWords.ring(device);
  }

  /** {@code ring host.eth0, rx: 512}. */
  default Device ring(
      @NamedParams({@NamedParam("rx"), @NamedParam("tx")}) Map<String, ?> options, Device device) {
    return DeviceEthtoolWords.ring(device, options);
  }

  /** How fast a device says it is; on virtual devices without effect. */
  default LinkSpeed speed(Device device) {
    return DeviceEthtoolWords.getSpeed(device);
  }

  /** The driver's own counters by name: {@code ethtool -S}. */
  default Map<String, Long> driverStatistics(Device device) {
    return DeviceEthtoolWords.driverStatistics(device);
  }
}
