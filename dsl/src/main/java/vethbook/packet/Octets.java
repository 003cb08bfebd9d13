package vethbook.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import vethbook.linux.Cidr;
import vethbook.linux.Mac;

/** Bytes of a packet, read and written as network byte order has them. */
final class Octets {
  private final byte[] bytes;

  Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  int int8(int at) {
    return Byte.toUnsignedInt(bytes[at]);
  }

  int int16(int at) {
    return int8(at) << 8 | int8(at + 1);
  }

  long int32(int at) {
    return (long) int16(at) << 16 | int16(at + 2);
  }

  void int16(int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  String mac(int at) {
    return Mac.text(Arrays.copyOfRange(bytes, at, at + 6));
  }

  /**
   * @param size 4 for IPv4, 16 for IPv6
   */
  String address(int at, int size) {
    try {
      return Cidr.text(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + size)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not 4 or 16 bytes: " + size, e);
    }
  }

  void swap(int a, int b, int size) {
    for (int i = 0; i < size; i++) {
      byte kept = bytes[a + i];
      bytes[a + i] = bytes[b + i];
      bytes[b + i] = kept;
    }
  }

  /** The sum of 16-bit words that Internet checksums are made of (RFC 1071), not yet folded. */
  long sum(int from, int to) {
    long sum = 0;
    for (int at = from; at < to; at += 2) {
      sum += at + 1 < to ? int16(at) : int8(at) << 8;
    }
    return sum;
  }
}
