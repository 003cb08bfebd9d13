package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/**
 * An entry of a routing table ({@code ip route}).
 *
 * @param type what happens to a packet
 * @param destination the prefix; {@code 0.0.0.0/0} or {@code ::/0} is the default route
 * @param via the gateway; null for a destination on the link itself
 * @param linkIndex the device to send through; 0 lets Linux find it by the gateway
 * @param source the preferred source address; null for Linux's choice
 * @param table 1 to 2^32-1; 254 is the main table
 * @param metric of two routes to one prefix the lower is taken; IPv6's usual one is 1024, IPv4's 0
 * @param onlink true: the gateway is on the link though no address of ours says so
 */
public record Route(
    Type type,
    Cidr destination,
    @Nullable InetAddress via,
    int linkIndex,
    @Nullable InetAddress source,
    int table,
    int metric,
    boolean onlink) {
  public static final int MAIN = 254;
  private static final int USUAL_IPV6_METRIC = 1024;

  /** What a route does with a packet ({@code linux/rtnetlink.h}, RTN_*). */
  public enum Type {
    UNICAST(1),
    /** Its destination is this namespace itself. */
    LOCAL(2),
    BROADCAST(3),
    /** Drops it without a word. */
    BLACKHOLE(6),
    /** Drops it and answers "host unreachable". */
    UNREACHABLE(7),
    /** Drops it and answers "administratively prohibited". */
    PROHIBIT(8),
    OTHER(0);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Type of(int number) {
      for (Type type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      return OTHER;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Types that drop have neither gateway nor device. */
    public boolean drops() {
      return this == BLACKHOLE || this == UNREACHABLE || this == PROHIBIT;
    }
  }

  /** IPv6's metric is never 0: Linux makes it 1024. */
  public Route {
    metric = metric == 0 && destination.isIpv6() ? USUAL_IPV6_METRIC : metric;
  }

  /** A unicast route of the main table. */
  public static Route to(Cidr destination, @Nullable InetAddress via, int linkIndex) {
    return new Route(Type.UNICAST, destination, via, linkIndex, null, MAIN, 0, false);
  }

  public boolean isDefault() {
    return destination.prefixLength() == 0;
  }

  /** True when both would be the same entry of the table: the later replaces the earlier. */
  public boolean hasSameKey(Route other) {
    return destination.equals(other.destination) && table == other.table && metric == other.metric;
  }

  /**
   * As {@code ip route} prints it: {@code default via 10.0.0.1 dev eth0 table 100}.
   *
   * @param device the name of the device; empty leaves it out
   */
  public String text(String device) {
    StringBuilder text = new StringBuilder(type == Type.UNICAST ? "" : type.word() + " ");
    text.append(isDefault() ? "default" : destination.toString());
    if (via != null) {
      text.append(" via ").append(Cidr.text(via));
    }
    text.append(device.isEmpty() ? "" : " dev " + device);
    if (source != null) {
      text.append(" src ").append(Cidr.text(source));
    }
    if (table != MAIN) {
      text.append(" table ").append(Integer.toUnsignedString(table));
    }
    if (metric != (destination.isIpv6() ? USUAL_IPV6_METRIC : 0)) {
      text.append(" metric ").append(Integer.toUnsignedString(metric));
    }
    return text.append(onlink ? " onlink" : "").toString();
  }
}
