package vethbook.packet;

/**
 * An address resolution message for IPv4 on Ethernet (RFC 826).
 *
 * @param operation 1 asks who has the target address, 2 answers
 */
public record Arp(
    int operation, String senderMac, String senderAddress, String targetMac, String targetAddress) {
  static final int REQUEST = 1;
  static final int REPLY = 2;
}
