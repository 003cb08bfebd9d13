package vethbook.tun;

import vethbook.packet.Packet;

/** What happens with each packet that Linux sends out of a TUN or TAP device. */
@FunctionalInterface
public interface PacketProgram {
  /**
   * Called for one packet after the other, on a thread of the program's own.
   *
   * @param replies sends packets that Linux then receives from the device; may be kept, and used
   *     from other threads, until the program ends
   * @throws Exception which is kept and shown; the program goes on with the next packet
   */
  void receive(Packet packet, Replies replies) throws Exception;
}
