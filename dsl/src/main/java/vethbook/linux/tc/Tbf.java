package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * A rate limit by a bucket of tokens: man 8 tc-tbf.
 *
 * @param bytesPerSecond the rate, 1 or more
 * @param burst bytes of the bucket: what may go at once
 * @param limit bytes that may wait; what comes then is dropped
 */
public record Tbf(long bytesPerSecond, int burst, int limit) implements QdiscKind {
  static final String NAME = "tbf";
  private static final int PARMS = 1;
  private static final int RATE64 = 4;
  private static final int BURST = 6;
  private static final int LIMIT_AT = 2 * RateSpec.BYTES;
  private static final int BUFFER_AT = LIMIT_AT + 4;
  private static final int PARMS_BYTES = LIMIT_AT + 12;

  static Tbf of(ByteBuffer options) {
    Attributes attributes = new Attributes(options);
    ByteBuffer parms = Qdisc.struct(attributes.bytes(PARMS), PARMS_BYTES);
    long rate = attributes.int64(RATE64, RateSpec.get(parms, 0));
    return new Tbf(rate, (int) Psched.bytes(parms.getInt(BUFFER_AT), rate), parms.getInt(LIMIT_AT));
  }

  /**
   * A limit by time instead of bytes: {@code tc ... latency}.
   *
   * @param latencyNanos the longest that a packet may wait
   * @throws ArithmeticException when the limit does not fit 32 bits
   */
  public static Tbf waiting(long bytesPerSecond, int burst, long latencyNanos) {
    double waiting = bytesPerSecond * (latencyNanos / 1e9);
    return new Tbf(bytesPerSecond, burst, Math.toIntExact(Math.round(waiting) + burst));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "rate %s burst %db limit %db".formatted(TcText.rate(bytesPerSecond), burst, limit);
  }

  @Override
  public void write(Request options) {
    ByteBuffer parms = ByteBuffer.allocate(PARMS_BYTES).order(ByteOrder.nativeOrder());
    RateSpec.put(parms, bytesPerSecond);
    RateSpec.put(parms, 0);
    parms.putInt(limit).putInt(Psched.ticks(burst, bytesPerSecond)).putInt(0);
    options.attribute(PARMS, parms.array());
    if (RateSpec.isLarge(bytesPerSecond)) {
      options.attribute64(RATE64, bytesPerSecond);
    }
    options.attribute(BURST, burst);
  }

  /** Linux keeps the burst as a time; what it gives back may be off by what fits in a tick. */
  @Override
  public boolean isMetBy(Qdisc there) {
    if (!there.kind().equals(NAME)) {
      return false;
    }
    Tbf found = of(there.options());
    long tick = Psched.bytes(1, bytesPerSecond) + 1;
    return found.bytesPerSecond == bytesPerSecond
        && found.limit == limit
        && Math.abs(found.burst - burst) <= tick;
  }
}
