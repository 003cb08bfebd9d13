package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Device;
import vethbook.lab.DeviceOptions;
import vethbook.lab.IpvlanFlag;
import vethbook.lab.IpvlanMode;
import vethbook.lab.MacvlanMode;
import vethbook.lab.PlanException;
import vethbook.lab.kind.Bridge;
import vethbook.lab.kind.Ipvlan;
import vethbook.lab.kind.LinkKind;
import vethbook.lab.kind.Macvlan;
import vethbook.lab.kind.Plain;
import vethbook.lab.kind.Tunnel;
import vethbook.lab.kind.Vlan;
import vethbook.lab.kind.Vxlan;

/**
 * Words that make devices. Each returns its device, which is up.
 *
 * <ul>
 *   <li>{@code address}: addresses with prefix lengths, one or a list, such as '10.0.0.1/24';
 *       default none
 *   <li>{@code mtu}: the largest packet, 68 to 65535 bytes with its unit, such as 1400.bytes;
 *       default 1500 bytes
 *   <li>{@code mac}: the MAC address, such as '02:00:00:00:00:01'; default one that Linux chooses
 *   <li>{@code vethPair mac}: a list of two MAC addresses, one for each end; default those that
 *       Linux chooses
 *   <li>{@code subnet}: the network from which both ends get a free address, such as '10.0.0.0/24';
 *       default none
 *   <li>{@code queues}: receive and transmit queues of each end, 1 or more; default 1
 *   <li>{@code ports}: the devices it joins, one or a list, all of its namespace; default none
 *   <li>{@code stp}: true for the spanning tree protocol (IEEE 802.1D); default false
 *   <li>{@code vlanFiltering}: true keeps the VLANs of the ports apart; default false
 *   <li>{@code on}: the device below it, such as client.eth0; its packets leave and arrive through
 *       it
 *   <li>{@code macvlan mode, macvtap mode}: BRIDGE (default), PRIVATE, VEPA, PASSTHRU or SOURCE, or
 *       as text in any case
 *   <li>{@code ipvlan mode}: L2 (default), L3 or L3S, or as text in any case
 *   <li>{@code between}: what devices of the same parent may do with each other: 'bridge'
 *       (default), 'private' or 'vepa'
 *   <li>{@code vlan id}: the VLAN, 1 to 4094
 *   <li>{@code vxlan id}: the network identifier (VNI), 0 to 16777215
 *   <li>{@code local}: the tunnel's own address, without prefix length; default the one that
 *       routing chooses
 *   <li>{@code remote}: the other end's address, without prefix length
 *   <li>{@code port}: the UDP port of the other end, 1 to 65535; default 4789
 *   <li>{@code learning}: whether it learns where MAC addresses are; default true
 *   <li>{@code key}: the GRE key, 0 to 2147483647; default none
 * </ul>
 */
public interface LinkWords {
  /**
   * Joins two devices like the ends of a cable: {@code ip link add ... type veth}. Each end is born
   * in its namespace, is up, and gets a free address of the subnet.
   *
   * <p>Options: {@code subnet}, {@code mtu}, {@code queues}; {@code mac}: a list, one for each end.
   */
  default VethPair vethPair(
      @NamedParams({
            @NamedParam("subnet"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("queues"),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device a,
      Device b) {
    Options checked = new Options(LinkWords.class, "vethPair", options);
    DeviceOptions both =
        new DeviceOptions(List.of(), checked.bytes("mtu", 0), checked.count("queues", 0, 1));
    List<String> macs = checked.texts("mac");
    if (macs.size() != 0 && macs.size() != 2) {
      throw new PlanException(
          "Cannot give a veth pair "
              + macs.size()
              + " MAC address"
              + (macs.size() == 1 ? "" : "es"),
          "write one for each end: mac: ['02:00:00:00:00:01', '02:00:00:00:00:02']");
    }
    DeviceOptions atA = macs.isEmpty() ? both : both.withMac(macs.get(0));
    DeviceOptions atB = macs.isEmpty() ? both : both.withMac(macs.get(1));
    LabScript.session(this).lab().vethPair(a, b, checked.networkOrNull("subnet"), atA, atB);
    return new VethPair(a, b);
  }

  default VethPair vethPair(Device a, Device b) {
    return vethPair(Map.of(), a, b);
  }

  /**
   * Joins devices of one namespace like a switch: {@code ip link add ... type bridge}. Without
   * spanning tree unless {@code stp: true}; {@code vlanFiltering: true} keeps VLANs apart.
   */
  default Device bridge(
      @NamedParams({
            @NamedParam("ports"),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac"),
            @NamedParam(value = "stp", type = Boolean.class),
            @NamedParam(value = "vlanFiltering", type = Boolean.class)
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LinkWords.class, "bridge", options);
    Bridge kind = new Bridge(checked.flag("stp"), checked.flag("vlanFiltering"));
    LabScript.session(this).lab().bridge(device, kind, options(checked), checked.devices("ports"));
    return device;
  }

  default Device bridge(Device device) {
    return bridge(Map.of(), device);
  }

  /**
   * A device with a MAC address of its own on another: {@code ip link add ... type macvlan}. Modes:
   * bridge (default), private, vepa, passthru, source.
   */
  default Device macvlan(
      @NamedParams({
            @NamedParam(value = "on", type = Device.class),
            @NamedParam(value = "mode", type = MacvlanMode.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device device) {
    return macvlan("macvlan", new Options(LinkWords.class, "macvlan", options), device);
  }

  /** As {@code macvlan}, but its packets go to a program that opens {@code /dev/tapN}. */
  default Device macvtap(
      @NamedParams({
            @NamedParam(value = "on", type = Device.class),
            @NamedParam(value = "mode", type = MacvlanMode.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device device) {
    return macvlan("macvtap", new Options(LinkWords.class, "macvtap", options), device);
  }

  private Device macvlan(String kind, Options checked, Device device) {
    MacvlanMode mode = checked.choice("mode", MacvlanMode.class, MacvlanMode.BRIDGE);
    return make(device, new Macvlan(kind, checked.device("on"), mode), checked);
  }

  /**
   * A device with its parent's MAC address and an IP address of its own: {@code ip link add ...
   * type ipvlan}. Modes: L2 (default), L3, L3S. Between the devices of one parent ({@code
   * between}): bridge (default), private, vepa.
   */
  default Device ipvlan(
      @NamedParams({
            @NamedParam(value = "on", type = Device.class),
            @NamedParam(value = "mode", type = IpvlanMode.class),
            @NamedParam(value = "between", type = IpvlanFlag.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class)
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LinkWords.class, "ipvlan", options);
    IpvlanMode mode = checked.choice("mode", IpvlanMode.class, IpvlanMode.L2);
    IpvlanFlag between = checked.choice("between", IpvlanFlag.class, IpvlanFlag.BRIDGE);
    return make(device, new Ipvlan(checked.device("on"), mode, between), checked);
  }

  /** The packets of one VLAN on another device: {@code ip link add ... type vlan id ID}. */
  default Device vlan(
      @NamedParams({
            @NamedParam(value = "on", type = Device.class),
            @NamedParam("id"),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LinkWords.class, "vlan", options);
    checked.value("id", "100");
    return make(device, new Vlan(checked.device("on"), checked.count("id", 0, 1)), checked);
  }

  /**
   * Ethernet frames in UDP packets: {@code ip link add ... type vxlan}. Leave 50 bytes of the
   * path's MTU for the headers.
   *
   * <p>Options: {@code id}, {@code local} and {@code remote} addresses, {@code on} (the device that
   * the packets leave through), {@code port} (default 4789), {@code learning} (default true).
   */
  default Device vxlan(
      @NamedParams({
            @NamedParam("id"),
            @NamedParam("local"),
            @NamedParam("remote"),
            @NamedParam(value = "on", type = Device.class),
            @NamedParam("port"),
            @NamedParam(value = "learning", type = Boolean.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LinkWords.class, "vxlan", options);
    checked.value("id", "42");
    LinkKind kind =
        new Vxlan(
            checked.deviceOrNull("on"),
            checked.count("id", 0, 0),
            checked.addressOrNull("local"),
            checked.addressOrNull("remote"),
            checked.count("port", Vxlan.PORT, 1),
            !checked.has("learning") || checked.flag("learning"));
    return make(device, kind, checked);
  }

  /** IP packets in IP packets, 20 bytes longer: {@code ip link add ... type ipip}. */
  default Device ipip(
      @NamedParams({
            @NamedParam("local"),
            @NamedParam("remote"),
            @NamedParam(value = "on", type = Device.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class)
          })
          Map<String, ?> options,
      Device device) {
    return tunnel(new Options(LinkWords.class, "ipip", options), "ipip", null, device);
  }

  /**
   * IP packets in GRE packets, 24 bytes longer, 28 with a key: {@code ip link add ... type gre}.
   */
  default Device gre(
      @NamedParams({
            @NamedParam("local"),
            @NamedParam("remote"),
            @NamedParam("key"),
            @NamedParam(value = "on", type = Device.class),
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class)
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LinkWords.class, "gre", options);
    Long key = checked.has("key") ? (long) checked.count("key", 0, 0) : null;
    return tunnel(checked, "gre", key, device);
  }

  private Device tunnel(Options checked, String kind, @Nullable Long key, Device device) {
    LinkKind tunnel =
        new Tunnel(
            kind,
            checked.deviceOrNull("on"),
            checked.addressOrNull("local"),
            checked.addressOrNull("remote"),
            key);
    return make(device, tunnel, checked);
  }

  /** A device that drops what it sends: {@code ip link add ... type dummy}. */
  default Device dummy(
      @NamedParams({
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac")
          })
          Map<String, ?> options,
      Device device) {
    return make(device, new Plain("dummy"), new Options(LinkWords.class, "dummy", options));
  }

  default Device dummy(Device device) {
    return dummy(Map.of(), device);
  }

  /** A device for shaping what others receive: {@code ip link add ... type ifb}. */
  default Device ifb(
      @NamedParams({@NamedParam("address"), @NamedParam(value = "mtu", type = DataSize.class)})
          Map<String, ?> options,
      Device device) {
    return make(device, new Plain("ifb"), new Options(LinkWords.class, "ifb", options));
  }

  default Device ifb(Device device) {
    return ifb(Map.of(), device);
  }

  private Device make(Device device, LinkKind kind, Options checked) {
    LabScript.session(this).lab().device(device, kind, options(checked));
    return device;
  }

  private static DeviceOptions options(Options checked) {
    return new DeviceOptions(checked.cidrs("address"), checked.bytes("mtu", 0), 0, checked.mac());
  }
}
