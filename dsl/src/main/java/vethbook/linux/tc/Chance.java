package vethbook.linux.tc;

import java.nio.ByteBuffer;

/**
 * How often something happens to a packet.
 *
 * @param correlation how much one packet's fate follows that of the packet before
 */
public record Chance(Probability probability, Probability correlation) {
  public static final Chance NEVER = new Chance(Probability.NEVER, Probability.NEVER);

  static Chance of(ByteBuffer pair) {
    return pair.limit() < 8
        ? NEVER
        : new Chance(Probability.of(pair.getInt(0)), Probability.of(pair.getInt(4)));
  }

  public boolean isNever() {
    return probability.isNever();
  }

  /** {@code 1%} or {@code 1% 25%}. */
  @Override
  public String toString() {
    return probability + (correlation.isNever() ? "" : " " + correlation);
  }
}
