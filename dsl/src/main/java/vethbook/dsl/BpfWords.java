package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.DeviceOptions;
import vethbook.lab.NetkitMode;
import vethbook.lab.NetkitOptions;
import vethbook.lab.NetkitPolicy;

/**
 * Words for the paths that BPF programs take, as Cilium lays them.
 *
 * <ul>
 *   <li>{@code mode}: L3 (default, without MAC addresses) or L2
 *   <li>{@code subnet}: the network from which both ends get a free address, such as '10.0.0.0/24';
 *       default none
 *   <li>{@code policy, peerPolicy}: what becomes of packets of that end that no program decides on:
 *       'forward' (default) or 'blackhole'
 *   <li>{@code mtu}: the largest packet, 68 to 65535 bytes with its unit, such as 1400.bytes;
 *       default 1500 bytes
 *   <li>{@code to}: the device that packets go to, or none to end it
 *   <li>{@code when}: destinations such as '10.0.1.2', one or a list; default those for the other
 *       device's addresses
 *   <li>{@code neighbour}: whether Linux looks up the next hop's MAC address; default true
 * </ul>
 */
public interface BpfWords {
  /**
   * Joins two devices like {@code vethPair}, but with a place for BPF programs of its own: {@code
   * ip link add ... type netkit}. The first device is the primary one, of the host. Modes: L3
   * (default, without MAC addresses and ARP), L2. The policies say what becomes of a packet that an
   * end sends while no program decides: forward (default) or blackhole; {@code policy} of the first
   * end, {@code peerPolicy} of the second. Since Linux 6.7.
   */
  default NetkitPair netkit(
      @NamedParams({
            @NamedParam(value = "mode", type = NetkitMode.class),
            @NamedParam("subnet"),
            @NamedParam(value = "policy", type = NetkitPolicy.class),
            @NamedParam(value = "peerPolicy", type = NetkitPolicy.class),
            @NamedParam(value = "mtu", type = DataSize.class)
          })
          Map<String, ?> options,
      Device primary,
      Device peer) {
    Options checked = new Options(BpfWords.class, "netkit", options);
    NetkitOptions netkit =
        new NetkitOptions(
            checked.choice("mode", NetkitMode.class, NetkitMode.L3),
            checked.choice("policy", NetkitPolicy.class, NetkitPolicy.FORWARD),
            checked.choice("peerPolicy", NetkitPolicy.class, NetkitPolicy.FORWARD));
    LabScript.session(this)
        .lab()
        .netkitPair(
            primary,
            peer,
            checked.networkOrNull("subnet"),
            netkit,
            new DeviceOptions(java.util.List.of(), checked.bytes("mtu", 0), 0));
    return new NetkitPair(primary, peer);
  }

  default NetkitPair netkit(Device primary, Device peer) {
    return netkit(Map.of(), primary, peer);
  }

  /**
   * Sends packets that arrive at a device straight on to another, by a BPF program: past routing,
   * netfilter and the queue of a veth.
   *
   * <p>{@code to:} a device of another namespace whose peer is in this one: they arrive there as if
   * received by it ({@code bpf_redirect_peer}), by default those for its addresses. {@code to:} a
   * device of the same namespace: they leave through it, by default all that are not for this
   * namespace itself; Linux looks up the next hop and its MAC address ({@code bpf_redirect_neigh}),
   * or with {@code neighbour: false} each frame goes as it is ({@code bpf_redirect}). {@code when:}
   * one or more destinations, such as {@code '10.0.1.2'}, {@code 'fd00::/64'}. {@code to: none}
   * ends all redirects of the device.
   *
   * <p>Addresses are read when this word is said: say it again after changing them.
   */
  default Device bpfRedirect(
      @NamedParams({
            @NamedParam("to"),
            @NamedParam("when"),
            @NamedParam(value = "neighbour", type = Boolean.class)
          })
          Map<String, ?> options,
      Device from) {
    return BpfDeviceWords.bpfRedirect(from, options);
  }

  default Device bpfRedirect(Device from) {
    return bpfRedirect(Map.of(), from);
  }
}
