package vethbook.packet;

/** What a packet begins with. The numbers are those of pcap files (man 7 pcap-linktype). */
public enum LinkType {
  /** An Ethernet header: what a TAP device carries. */
  ETHERNET(1),
  /** An IPv4 or IPv6 header: what a TUN device carries. */
  IP(101);

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
