package vethbook.linux.ethtool;

/**
 * How fast a device says it is. For veth and other virtual devices it is a number without effect.
 *
 * @param megabits per second; -1 when unknown
 * @param duplex full, half or unknown
 */
public record LinkSpeed(int megabits, String duplex) {
  private static final int HALF = 0;
  private static final int FULL = 1;

  static LinkSpeed of(int megabits, int duplex) {
    String text = duplex == FULL ? "full" : duplex == HALF ? "half" : "unknown";
    return new LinkSpeed(Math.max(megabits, -1), text);
  }

  public boolean isKnown() {
    return megabits >= 0;
  }

  /** {@code 10000 Mbit/s, full duplex}, or {@code unknown}. */
  @Override
  public String toString() {
    String speed = isKnown() ? megabits + " Mbit/s" : "unknown";
    return duplex.equals("unknown") ? speed : speed + ", " + duplex + " duplex";
  }
}
