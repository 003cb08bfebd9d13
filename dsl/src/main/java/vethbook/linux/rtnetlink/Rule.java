package vethbook.linux.rtnetlink;

import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/**
 * Says which routing table is asked for which packets ({@code ip rule}, man 8 ip-rule).
 *
 * @param isIpv6 which of the two lists it is in
 * @param priority rules are tried from 0 up to 32767
 * @param source the packet's source; null for any
 * @param destination its destination; null for any
 * @param in the device that it comes in through; empty for any
 * @param out the device that it is bound to; empty for any
 * @param mark its fwmark; 0 for any
 * @param table 1 to 2^32-1; 254 is the main table
 */
public record Rule(
    boolean isIpv6,
    int priority,
    @Nullable Cidr source,
    @Nullable Cidr destination,
    String in,
    String out,
    int mark,
    int table) {

  /** As {@code ip rule} writes it: {@code from 10.0.0.0/24 fwmark 0x1 lookup 100}. */
  public String text() {
    StringBuilder text = new StringBuilder("priority " + priority);
    text.append(" from ").append(source == null ? "all" : source.toString());
    text.append(destination == null ? "" : " to " + destination);
    text.append(in.isEmpty() ? "" : " iif " + in).append(out.isEmpty() ? "" : " oif " + out);
    text.append(mark == 0 ? "" : " fwmark 0x" + Integer.toHexString(mark));
    return text.append(" lookup ").append(Integer.toUnsignedString(table)).toString();
  }
}
