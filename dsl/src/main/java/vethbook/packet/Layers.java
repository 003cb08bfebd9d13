package vethbook.packet;

import org.jspecify.annotations.Nullable;

/**
 * What a decoder found in a packet: the headers, and where they are. A header that is cut off is
 * missing.
 *
 * @param ipAt where the IP header begins; -1 without one
 * @param transportAt where the TCP, UDP or ICMP header begins; -1 without a whole one
 * @param payloadAt where the bytes behind the last known header begin
 * @param end where the packet ends; padding of a short Ethernet frame comes after it
 * @param isTruncated whether a header or the packet promises more bytes than there are
 */
record Layers(
    @Nullable Ethernet ethernet,
    @Nullable Arp arp,
    @Nullable Ip ip,
    @Nullable Tcp tcp,
    @Nullable Udp udp,
    @Nullable Icmp icmp,
    int ipAt,
    int transportAt,
    int payloadAt,
    int end,
    boolean isTruncated) {}
