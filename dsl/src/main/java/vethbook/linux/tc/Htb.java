package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * A rate limit by htb: man 8 tc-htb. Handle {@code 1:}, a class {@code 1:1} that limits all to the
 * ceiling, and in it the class {@code 1:10} that every packet is in. Classes that are added beside
 * {@code 1:10} share the ceiling with it, each sure of its own rate.
 *
 * @param bytesPerSecond the rate of 1:10, which it gets in any case
 * @param ceiling bytes per second that it gets when others leave it so much
 * @param burst bytes that may go at once at the rate
 * @param ceilingBurst bytes that may go at once at the ceiling
 */
public record Htb(long bytesPerSecond, long ceiling, int burst, int ceilingBurst)
    implements QdiscKind {
  static final String NAME = "htb";
  private static final int QDISC = 0x0001_0000;
  private static final int TOP = 0x0001_0001;
  private static final int LEAF_MINOR = 0x10;
  private static final int LEAF = QDISC | LEAF_MINOR;
  private static final int PARMS = 1;
  private static final int INIT = 2;
  private static final int RATE64 = 6;
  private static final int CEIL64 = 7;
  private static final int VERSION = 3;
  private static final int RATE_TO_QUANTUM = 10;
  private static final int DEFAULT_AT = 8;
  private static final int BUFFER_AT = 2 * RateSpec.BYTES;
  private static final int PARMS_BYTES = BUFFER_AT + 20;

  /** Empty when it has other classes than these. */
  static Optional<QdiscKind> of(Qdisc qdisc) {
    ByteBuffer init = Qdisc.buffer(new Attributes(qdisc.options()).bytes(INIT));
    Optional<TrafficClass> leaf =
        qdisc.classes().stream().filter(found -> found.handle() == LEAF).findFirst();
    boolean isOurs =
        qdisc.handle() == QDISC
            && qdisc.classes().size() == 2
            && init.limit() > DEFAULT_AT + 4
            && init.getInt(DEFAULT_AT) == LEAF_MINOR
            && leaf.filter(found -> found.parent() == TOP).isPresent();
    return isOurs ? leaf.map(Htb::of) : Optional.empty();
  }

  private static Htb of(TrafficClass leaf) {
    Attributes attributes = new Attributes(leaf.options());
    ByteBuffer parms = Qdisc.struct(attributes.bytes(PARMS), PARMS_BYTES);
    long rate = attributes.int64(RATE64, RateSpec.get(parms, 0));
    long ceiling = attributes.int64(CEIL64, RateSpec.get(parms, RateSpec.BYTES));
    return new Htb(
        rate,
        ceiling,
        (int) Psched.bytes(parms.getInt(BUFFER_AT), rate),
        (int) Psched.bytes(parms.getInt(BUFFER_AT + 4), ceiling));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "default 10";
  }

  @Override
  public int handle() {
    return QDISC;
  }

  @Override
  public void write(Request options) {
    options.nested(
        INIT,
        words -> words.int32(VERSION).int32(RATE_TO_QUANTUM).int32(LEAF_MINOR).int32(0).int32(0));
  }

  @Override
  public List<NewClass> classes() {
    Htb top = new Htb(ceiling, ceiling, ceilingBurst, ceilingBurst);
    return List.of(
        new NewClass(TOP, QDISC, NAME, top.classOptions(), top::writeClass),
        new NewClass(LEAF, TOP, NAME, classOptions(), this::writeClass));
  }

  private String classOptions() {
    return "rate %s ceil %s burst %db cburst %db"
        .formatted(TcText.rate(bytesPerSecond), TcText.rate(ceiling), burst, ceilingBurst);
  }

  private void writeClass(Request options) {
    ByteBuffer parms = ByteBuffer.allocate(PARMS_BYTES).order(ByteOrder.nativeOrder());
    RateSpec.put(parms, bytesPerSecond);
    RateSpec.put(parms, ceiling);
    parms.putInt(Psched.ticks(burst, bytesPerSecond)).putInt(Psched.ticks(ceilingBurst, ceiling));
    options.attribute(PARMS, parms.array());
    if (RateSpec.isLarge(bytesPerSecond)) {
      options.attribute64(RATE64, bytesPerSecond);
    }
    if (RateSpec.isLarge(ceiling)) {
      options.attribute64(CEIL64, ceiling);
    }
  }

  /** Linux keeps bursts as times; what it gives back may be off by what fits in a tick. */
  @Override
  public boolean isMetBy(Qdisc there) {
    return there.kind().equals(NAME)
        && of(there).filter(found -> found instanceof Htb htb && isLike(htb)).isPresent();
  }

  private boolean isLike(Htb found) {
    return found.bytesPerSecond == bytesPerSecond
        && found.ceiling == ceiling
        && Math.abs(found.burst - burst) <= Psched.bytes(1, bytesPerSecond) + 1
        && Math.abs(found.ceilingBurst - ceilingBurst) <= Psched.bytes(1, ceiling) + 1;
  }
}
