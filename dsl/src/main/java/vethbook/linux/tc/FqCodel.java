package vethbook.linux.tc;

import java.nio.ByteBuffer;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * Fair queueing that drops or marks packets which wait too long: man 8 tc-fq_codel, RFC 8290.
 *
 * @param limit packets of all flows that may wait
 * @param targetMicros the wait that is fine in the long run
 * @param intervalMicros how long it may be exceeded
 * @param ecn marks packets of senders that know ECN, instead of dropping them
 */
public record FqCodel(int limit, int targetMicros, int intervalMicros, boolean ecn)
    implements QdiscKind {
  public static final int USUAL_LIMIT = 10_240;
  static final String NAME = "fq_codel";
  private static final int TARGET = 1;
  private static final int LIMIT = 2;
  private static final int INTERVAL = 3;
  private static final int ECN = 4;

  static FqCodel of(ByteBuffer options) {
    Attributes attributes = new Attributes(options);
    return new FqCodel(
        attributes.int32(LIMIT, 0),
        attributes.int32(TARGET, 0),
        attributes.int32(INTERVAL, 0),
        attributes.int32(ECN, 0) != 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "limit %d target %dus interval %dus %s"
        .formatted(limit, targetMicros, intervalMicros, ecn ? "ecn" : "noecn");
  }

  @Override
  public void write(Request options) {
    options
        .attribute(TARGET, targetMicros)
        .attribute(LIMIT, limit)
        .attribute(INTERVAL, intervalMicros)
        .attribute(ECN, ecn ? 1 : 0);
  }

  /** Linux keeps times in units of 1024 ns (CODEL_SHIFT) and gives back the microseconds below. */
  @Override
  public boolean isMetBy(Qdisc there) {
    if (!there.kind().equals(NAME)) {
      return false;
    }
    FqCodel found = of(there.options());
    return found.limit == limit
        && found.ecn == ecn
        && found.targetMicros == kept(targetMicros)
        && found.intervalMicros == kept(intervalMicros);
  }

  private static long kept(int micros) {
    return (((micros * 1000L) >> 10) << 10) / 1000;
  }
}
