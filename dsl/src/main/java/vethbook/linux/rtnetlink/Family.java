package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;

/** Address families by number ({@code linux/socket.h}), and the addresses of each. */
final class Family {
  static final int AF_BRIDGE = 7;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private Family() {}

  static int of(InetAddress address) {
    return number(address.getAddress().length == 16);
  }

  static int number(boolean isIpv6) {
    return isIpv6 ? AF_INET6 : AF_INET;
  }

  static boolean isIp(int family) {
    return family == AF_INET || family == AF_INET6;
  }

  static boolean isIpv6(int family) {
    return family == AF_INET6;
  }

  static byte[] zero(int family) {
    return new byte[family == AF_INET ? 4 : 16];
  }

  /**
   * @throws ExperimentException when Linux sent neither 4 nor 16 bytes
   */
  static InetAddress address(byte[] bytes) {
    try {
      return Cidr.address(bytes);
    } catch (UnknownHostException e) {
      throw new ExperimentException("Cannot read an address of " + bytes.length + " bytes");
    }
  }
}
