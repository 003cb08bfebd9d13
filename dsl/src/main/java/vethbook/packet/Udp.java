package vethbook.packet;

/** A UDP header's ports (RFC 768). */
public record Udp(int sourcePort, int destinationPort) {}
