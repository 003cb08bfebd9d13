package vethbook.packet;

import java.util.Collections;
import java.util.Set;

/**
 * A TCP header (RFC 9293).
 *
 * @param sequence number of the first payload byte
 * @param acknowledgement the byte expected next; means nothing without the flag ACK
 * @param window bytes, not scaled
 */
public record Tcp(
    int sourcePort,
    int destinationPort,
    long sequence,
    long acknowledgement,
    Set<TcpFlag> flags,
    int window) {
  public Tcp {
    flags = Collections.unmodifiableSet(flags);
  }
}
