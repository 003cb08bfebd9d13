package vethbook.linux.rtnetlink;

import java.net.InetAddress;

/** Address families by number ({@code linux/socket.h}). */
final class Family {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private Family() {}

  static int of(InetAddress address) {
    return address.getAddress().length == 4 ? AF_INET : AF_INET6;
  }

  static boolean isIp(int family) {
    return family == AF_INET || family == AF_INET6;
  }

  static byte[] zero(int family) {
    return new byte[family == AF_INET ? 4 : 16];
  }
}
