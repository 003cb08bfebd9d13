package vethbook.linux.tc;

import java.nio.ByteBuffer;
import vethbook.linux.netlink.Attributes;

/**
 * What a qdisc has counted (TCA_STATS2, {@code linux/gen_stats.h}). The backlog is what waits now,
 * all else is since the qdisc was made.
 *
 * @param bytes sent
 * @param packets sent; a packet that is cut up later counts once for each part
 * @param dropped packets
 * @param overlimits times that a packet had to wait because the rate was used up
 * @param requeues packets given back by the device
 */
public record QdiscStatistics(
    long bytes,
    long packets,
    long dropped,
    long overlimits,
    long requeues,
    long backlogBytes,
    long backlogPackets) {
  private static final int BASIC = 1;
  private static final int QUEUE = 3;
  private static final int PACKETS_64 = 8;

  static QdiscStatistics of(Attributes statistics) {
    ByteBuffer basic = Qdisc.buffer(statistics.bytes(BASIC));
    ByteBuffer queue = Qdisc.buffer(statistics.bytes(QUEUE));
    long packets = uint32(basic, 8);
    return new QdiscStatistics(
        basic.limit() < 8 ? 0 : basic.getLong(0),
        statistics.int64(PACKETS_64, packets),
        uint32(queue, 8),
        uint32(queue, 16),
        uint32(queue, 12),
        uint32(queue, 4),
        uint32(queue, 0));
  }

  private static long uint32(ByteBuffer bytes, int offset) {
    return bytes.limit() < offset + 4 ? 0 : Integer.toUnsignedLong(bytes.getInt(offset));
  }
}
