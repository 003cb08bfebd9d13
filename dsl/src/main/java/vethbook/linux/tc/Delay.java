package vethbook.linux.tc;

/**
 * How long netem keeps a packet.
 *
 * @param nanos the middle
 * @param jitterNanos at most this much more or less, all alike likely; packets then overtake each
 *     other
 * @param correlation how much one packet's jitter follows that of the packet before
 */
public record Delay(long nanos, long jitterNanos, Probability correlation) {
  public static final Delay NONE = new Delay(0, 0, Probability.NEVER);

  /**
   * In the words of {@code tc}; empty for none.
   *
   * @param complete says everything, even what is zero
   */
  String options(boolean complete) {
    if (complete) {
      return "delay %s %s %s".formatted(TcText.time(nanos), TcText.time(jitterNanos), correlation);
    }
    if (nanos == 0 && jitterNanos == 0) {
      return "";
    }
    String middle = "delay " + TcText.time(nanos);
    if (jitterNanos == 0) {
      return middle;
    }
    return middle
        + " "
        + TcText.time(jitterNanos)
        + (correlation.isNever() ? "" : " " + correlation);
  }
}
