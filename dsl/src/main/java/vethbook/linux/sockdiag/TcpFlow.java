package vethbook.linux.sockdiag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A TCP connection as Linux sees it now ({@code linux/tcp.h}, struct tcp_info). Numbers that this
 * Linux does not tell are -1.
 *
 * @param local address and port: {@code 10.0.0.1:40000}
 * @param remote likewise
 * @param cwnd congestion window, in segments of {@code mss} bytes
 * @param rttMicros smoothed round-trip time
 * @param rttVarianceMicros its variation
 * @param minRttMicros the shortest that was seen lately
 * @param retransmissions segments sent again, since the connection began
 * @param lost segments thought lost now
 * @param unacked segments on their way
 * @param reordering by how many segments an order may differ before a loss is thought of
 * @param reorderingSeen how often segments were seen out of order
 * @param pacingRate bytes per second
 * @param deliveryRate bytes per second, lately
 * @param bytesSent with those sent again
 * @param congestion the congestion control algorithm; empty when not told
 */
public record TcpFlow(
    String local,
    String remote,
    long cwnd,
    long mss,
    long rttMicros,
    long rttVarianceMicros,
    long minRttMicros,
    long retransmissions,
    long lost,
    long unacked,
    long reordering,
    long reorderingSeen,
    long pacingRate,
    long deliveryRate,
    long bytesSent,
    long bytesReceived,
    String congestion) {

  /** Reads struct tcp_info, of which older versions of Linux have less. */
  static TcpFlow of(String local, String remote, byte[] info, String congestion) {
    ByteBuffer bytes = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder());
    return new TcpFlow(
        local,
        remote,
        int32(bytes, 80),
        int32(bytes, 16),
        int32(bytes, 68),
        int32(bytes, 72),
        int32(bytes, 148),
        int32(bytes, 100),
        int32(bytes, 32),
        int32(bytes, 24),
        int32(bytes, 88),
        int32(bytes, 220),
        int64(bytes, 104),
        int64(bytes, 160),
        int64(bytes, 200),
        int64(bytes, 128),
        congestion);
  }

  private static long int32(ByteBuffer bytes, int at) {
    return at + 4 <= bytes.limit() ? Integer.toUnsignedLong(bytes.getInt(at)) : -1;
  }

  private static long int64(ByteBuffer bytes, int at) {
    return at + 8 <= bytes.limit() ? bytes.getLong(at) : -1;
  }

  /** {@code 10.0.0.1:40000 → 10.0.0.2:5201}. */
  public String ends() {
    return local + " → " + remote;
  }
}
