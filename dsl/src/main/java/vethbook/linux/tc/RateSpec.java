package vethbook.linux.tc;

import java.nio.ByteBuffer;

/**
 * struct tc_ratespec ({@code linux/pkt_sched.h}), of 12 bytes. Says Ethernet, so that Linux needs
 * no rate table.
 */
final class RateSpec {
  static final int BYTES = 12;
  private static final int RATE = 8;
  private static final int LINKLAYER_ETHERNET = 1;
  private static final long LARGEST = 0xffff_ffffL;

  private RateSpec() {}

  /** A rate that does not fit 32 bits stands in an attribute of its own besides. */
  static void put(ByteBuffer into, long bytesPerSecond) {
    into.put((byte) 0).put((byte) LINKLAYER_ETHERNET).putShort((short) 0);
    into.putShort((short) 0).putShort((short) 0);
    into.putInt((int) Math.min(bytesPerSecond, LARGEST));
  }

  static boolean isLarge(long bytesPerSecond) {
    return bytesPerSecond > LARGEST;
  }

  /**
   * @param start of the structure
   */
  static long get(ByteBuffer from, int start) {
    return Integer.toUnsignedLong(from.getInt(start + RATE));
  }
}
