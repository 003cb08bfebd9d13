package vethbook.linux.tc;

import java.nio.ByteBuffer;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * Fair queueing with pacing: man 8 tc-fq.
 *
 * @param limit packets of all flows that may wait
 * @param flowLimit packets of one flow that may wait
 * @param maxBytesPerSecond the most that one flow gets, below 2^32; {@link #UNLIMITED} for no such
 *     limit
 * @param pacing sends a flow's packets spread over time, at the rate that TCP or SO_MAX_PACING_RATE
 *     says
 */
public record Fq(int limit, int flowLimit, long maxBytesPerSecond, boolean pacing)
    implements QdiscKind {
  public static final int USUAL_LIMIT = 10_000;
  public static final int USUAL_FLOW_LIMIT = 100;
  public static final long UNLIMITED = 0xffff_ffffL;
  static final String NAME = "fq";
  private static final int PLIMIT = 1;
  private static final int FLOW_PLIMIT = 2;
  private static final int RATE_ENABLE = 5;
  private static final int FLOW_MAX_RATE = 7;

  static Fq of(ByteBuffer options) {
    Attributes attributes = new Attributes(options);
    return new Fq(
        attributes.int32(PLIMIT, 0),
        attributes.int32(FLOW_PLIMIT, 0),
        Integer.toUnsignedLong(attributes.int32(FLOW_MAX_RATE, -1)),
        attributes.int32(RATE_ENABLE, 0) != 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "limit %d flow_limit %d".formatted(limit, flowLimit)
        + (maxBytesPerSecond == UNLIMITED ? "" : " maxrate " + TcText.rate(maxBytesPerSecond))
        + (pacing ? "" : " nopacing");
  }

  @Override
  public void write(Request options) {
    options
        .attribute(PLIMIT, limit)
        .attribute(FLOW_PLIMIT, flowLimit)
        .attribute(RATE_ENABLE, pacing ? 1 : 0)
        .attribute(FLOW_MAX_RATE, (int) maxBytesPerSecond);
  }

  @Override
  public boolean isMetBy(Qdisc there) {
    return there.kind().equals(NAME) && of(there.options()).equals(this);
  }
}
