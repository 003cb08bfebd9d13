package vethbook.tun;

import vethbook.packet.Packet;

/** What a program sends: Linux receives it from the device. */
public interface Replies {
  /**
   * Sends a packet as it is, checksums included.
   *
   * @throws vethbook.linux.ExperimentException when Linux does not take it: EIO when the device is
   *     down, EINVAL when it is no packet
   */
  void send(Packet packet);

  /** Sends bytes that begin with an IP header on a TUN device, an Ethernet header on a TAP. */
  void send(byte[] bytes);
}
