package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/**
 * An entry of a routing table ({@code ip route}).
 *
 * @param destination the prefix; {@code 0.0.0.0/0} or {@code ::/0} is the default route
 * @param via the gateway; null for a destination on the link itself
 * @param linkIndex the device to send through; 0 lets Linux find it by the gateway
 * @param source the preferred source address; null for Linux's choice
 * @param table 1 to 2^32-1; 254 is the main table
 * @param onlink true: the gateway is on the link though no address of ours says so
 */
public record Route(
    Cidr destination,
    @Nullable InetAddress via,
    int linkIndex,
    @Nullable InetAddress source,
    int table,
    boolean onlink) {
  public static final int MAIN = 254;

  public boolean isDefault() {
    return destination.prefixLength() == 0;
  }

  /** True when both would be the same entry of the table: the later replaces the earlier. */
  public boolean hasSameKey(Route other) {
    return destination.equals(other.destination) && table == other.table;
  }
}
