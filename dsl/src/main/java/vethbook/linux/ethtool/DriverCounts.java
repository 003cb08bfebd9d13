package vethbook.linux.ethtool;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.Descriptor;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netns.NetnsHandle;

/**
 * The numbers of a driver's statistics, by the ioctl SIOCETHTOOL (ETHTOOL_GSTATS, {@code
 * linux/ethtool.h}), which any socket takes.
 */
final class DriverCounts {
  private static final long SIOCETHTOOL = 0x8946;
  private static final int GSTATS = 0x1d;
  private static final int NAME_BYTES = 16;
  private static final int IFREQ_BYTES = 40;
  private static final int FIRST = 8;

  /** Linux writes as many as the driver has by then, without looking at the room. */
  private static final int SPARE = 8192;

  private DriverCounts() {}

  /**
   * @param count how many the driver has
   * @throws ExperimentException when it has another number of them by now
   */
  static long[] read(NetnsHandle netns, String device, int count) {
    ByteBuffer counts = direct(FIRST + 8 * (count + SPARE));
    counts.putInt(0, GSTATS).putInt(4, count);
    Errno errno = netns.call(() -> ask(device, counts));
    if (!errno.equals(Errno.NONE)) {
      throw new SystemCallException(
          "Cannot read the statistics of device " + device, "ioctl(SIOCETHTOOL)", errno);
    }
    if (counts.getInt(4) != count) {
      throw new ExperimentException(
          "Cannot read the statistics of device %s: it had %d names and then %d numbers"
              .formatted(device, count, counts.getInt(4)));
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = counts.getLong(FIRST + 8 * i);
    }
    return values;
  }

  private static Errno ask(String device, ByteBuffer counts) {
    ByteBuffer request = direct(IFREQ_BYTES);
    request.put(0, device.getBytes(StandardCharsets.US_ASCII));
    request.putLong(NAME_BYTES, Descriptor.address(counts));
    int fd = Call.netlinkSocket(NetlinkSocket.GENERIC);
    try {
      return Descriptor.ioctl(fd, SIOCETHTOOL, request);
    } finally {
      Call.close(fd);
      Reference.reachabilityFence(counts);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
