package vethbook.packet;

/**
 * An Ethernet header (IEEE 802.3, 802.1Q).
 *
 * @param source MAC address, {@code 02:42:ac:11:00:02}
 * @param destination MAC address
 * @param type of what follows it and its VLAN tags: 0x0800 is IPv4, 0x86dd IPv6, 0x0806 ARP ({@code
 *     linux/if_ether.h})
 * @param vlan id of the outermost 802.1Q tag; -1 without one
 */
public record Ethernet(String source, String destination, int type, int vlan) {
  static final int IPV4 = 0x0800;
  static final int ARP = 0x0806;
  static final int IPV6 = 0x86dd;
  static final int VLAN = 0x8100;
  static final int SERVICE_VLAN = 0x88a8;
}
