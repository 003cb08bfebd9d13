package vethbook.linux.ethtool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Reply;
import vethbook.linux.netlink.Request;
import vethbook.linux.netns.NetnsHandle;

/**
 * The settings of one network namespace's devices, by the generic netlink family "ethtool" (Linux
 * 5.6; {@code linux/ethtool_netlink.h}). Only the driver's statistics are read by the older ioctl:
 * netlink has just their names.
 */
public final class Ethtool implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 4;
  private static final int STRSET_GET = 1;
  private static final int LINKMODES_GET = 4;
  private static final int FEATURES_GET = 11;
  private static final int FEATURES_SET = 12;
  private static final int RINGS_GET = 15;
  private static final int RINGS_SET = 16;
  private static final int CHANNELS_GET = 17;
  private static final int CHANNELS_SET = 18;
  private static final int HEADER = 1;
  private static final int DEVICE_NAME = 2;

  private final NetnsHandle netns;
  private final NetlinkSocket socket;
  private final int family;

  private Ethtool(NetnsHandle netns, NetlinkSocket socket) {
    this.netns = netns;
    this.socket = socket;
    this.family = GenericFamily.number(socket, "ethtool");
  }

  /**
   * Opens the family in a namespace.
   *
   * @throws NetlinkException ENOENT before Linux 5.6
   */
  public static Ethtool in(NetnsHandle netns) {
    NetlinkSocket socket = netns.call(() -> NetlinkSocket.open(NetlinkSocket.GENERIC));
    try {
      return new Ethtool(netns, socket);
    } catch (ExperimentException e) {
      socket.close();
      throw e;
    }
  }

  /** All features that this Linux knows, as they are on the device: {@code ethtool -k}. */
  public List<Feature> features(String device) {
    Attributes answer = get("ETHTOOL_MSG_FEATURES_GET", FEATURES_GET, device);
    Set<String> hardware = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Attributes bit : answer.nested(2).nested(BitSet.BITS).each()) {
      String name = bit.string(BitSet.NAME);
      if (name != null) {
        names.add(name);
        if (bit.has(BitSet.VALUE)) {
          hardware.add(name);
        }
      }
    }
    Set<String> wanted = BitSet.names(answer.nested(3));
    Set<String> active = BitSet.names(answer.nested(4));
    Set<String> fixed = BitSet.names(answer.nested(5));
    return names.stream()
        .map(
            name ->
                new Feature(
                    name,
                    active.contains(name),
                    wanted.contains(name),
                    hardware.contains(name) && !fixed.contains(name)))
        .toList();
  }

  /**
   * {@code ethtool -K}. Linux passes silently over what is fixed or depends on something that is
   * off: look at the result.
   *
   * @param wanted by Linux's names
   * @throws NetlinkException EINVAL for a feature that belongs to no device
   */
  public void setFeatures(String device, Map<String, Boolean> wanted) {
    Request request =
        request("ETHTOOL_MSG_FEATURES_SET", FEATURES_SET, device)
            .nested(3, bitset -> BitSet.write(bitset, wanted));
    socket.request(request);
  }

  /**
   * The queues in use: {@code ethtool -l}.
   *
   * @throws NetlinkException EOPNOTSUPP for a driver without channels
   */
  public Channels channels(String device) {
    Attributes answer = get("ETHTOOL_MSG_CHANNELS_GET", CHANNELS_GET, device);
    return new Channels(
        answer.int32(6, 0),
        answer.int32(7, 0),
        answer.int32(9, 0),
        new Channels.Most(answer.int32(2, 0), answer.int32(3, 0), answer.int32(5, 0)));
  }

  /** {@code ethtool -L}; says only what is not as it was. */
  public void setChannels(String device, Channels wanted, Channels old) {
    Request request = request("ETHTOOL_MSG_CHANNELS_SET", CHANNELS_SET, device);
    changed(request, 6, wanted.rx(), old.rx());
    changed(request, 7, wanted.tx(), old.tx());
    changed(request, 9, wanted.combined(), old.combined());
    socket.request(request);
  }

  /**
   * The lengths of the rings: {@code ethtool -g}.
   *
   * @throws NetlinkException EOPNOTSUPP for a driver without rings, such as veth
   */
  public Rings rings(String device) {
    Attributes answer = get("ETHTOOL_MSG_RINGS_GET", RINGS_GET, device);
    return new Rings(
        answer.int32(6, 0), answer.int32(9, 0), answer.int32(2, 0), answer.int32(5, 0));
  }

  /** {@code ethtool -G}; says only what is not as it was. */
  public void setRings(String device, Rings wanted, Rings old) {
    Request request = request("ETHTOOL_MSG_RINGS_SET", RINGS_SET, device);
    changed(request, 6, wanted.rx(), old.rx());
    changed(request, 9, wanted.tx(), old.tx());
    socket.request(request);
  }

  private static void changed(Request request, int type, int wanted, int old) {
    if (wanted != old) {
      request.attribute(type, wanted);
    }
  }

  /**
   * What {@code ethtool} shows as Speed and Duplex.
   *
   * @throws NetlinkException EOPNOTSUPP for a driver without a speed
   */
  public LinkSpeed speed(String device) {
    Attributes answer = get("ETHTOOL_MSG_LINKMODES_GET", LINKMODES_GET, device);
    return LinkSpeed.of(answer.int32(5, -1), answer.int8(6, -1));
  }

  /**
   * What the driver counts, in its own order: {@code ethtool -S}. Empty for a driver that counts
   * nothing.
   */
  public Map<String, Long> driverStatistics(String device) {
    Request request = request("ETHTOOL_MSG_STRSET_GET", STRSET_GET, device);
    List<String> names = StringSet.read(ask(StringSet.statistics(request)));
    Map<String, Long> counts = new LinkedHashMap<>();
    if (!names.isEmpty()) {
      long[] values = DriverCounts.read(netns, device, names.size());
      for (int i = 0; i < values.length; i++) {
        counts.put(names.get(i), values[i]);
      }
    }
    return counts;
  }

  private Attributes get(String name, int command, String device) {
    return ask(request(name, command, device));
  }

  private Attributes ask(Request request) {
    List<Reply> replies = socket.request(request);
    return replies.isEmpty()
        ? new Attributes(ByteBuffer.allocate(0))
        : replies.get(0).attributes(HEADER_BYTES);
  }

  /** struct genlmsghdr and which device it is about. */
  private Request request(String name, int command, String device) {
    Consumer<Request> header = content -> content.attribute(DEVICE_NAME, device);
    return new Request(name, family, Request.ACK)
        .bytes(command, VERSION)
        .int16(0)
        .nested(HEADER, header);
  }

  @Override
  public void close() {
    socket.close();
  }
}
