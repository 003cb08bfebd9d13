package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/**
 * A bad network, imitated: man 8 tc-netem. It acts on what a device sends.
 *
 * @param bytesPerSecond the rate; 0 for no limit
 * @param limit packets that may wait; what comes then is dropped
 * @param seed of its random numbers; null for Linux's choice. Linux 6.6 and later have it
 */
public record Netem(
    Delay delay,
    Loss loss,
    Chance duplicate,
    Reorder reorder,
    Chance corrupt,
    long bytesPerSecond,
    int limit,
    @Nullable Long seed)
    implements QdiscKind {
  public static final int USUAL_LIMIT = 1000;
  static final String NAME = "netem";
  // linux/pkt_sched.h, TCA_NETEM_...
  private static final int CORR = 1;
  private static final int REORDER = 3;
  private static final int CORRUPT = 4;
  private static final int LOSS = 5;
  private static final int RATE = 6;
  private static final int RATE64 = 8;
  private static final int LATENCY64 = 10;
  private static final int JITTER64 = 11;
  private static final int PRNG_SEED = 14;
  private static final int FIXED_BYTES = 24;

  static Netem of(ByteBuffer options) {
    Qdisc.struct(options, FIXED_BYTES);
    Attributes more = new Attributes(options.slice(FIXED_BYTES, options.limit() - FIXED_BYTES));
    ByteBuffer correlations = Qdisc.buffer(more.bytes(CORR));
    Chance reorder = Chance.of(Qdisc.buffer(more.bytes(REORDER)));
    ByteBuffer rate = Qdisc.buffer(more.bytes(RATE));
    long rate32 = rate.limit() < 4 ? 0 : Integer.toUnsignedLong(rate.getInt(0));
    long seed = more.int64(PRNG_SEED, 0);
    return new Netem(
        new Delay(more.int64(LATENCY64, 0), more.int64(JITTER64, 0), correlation(correlations, 0)),
        Loss.of(more.nested(LOSS), chance(options, 8, correlations, 4)),
        chance(options, 16, correlations, 8),
        new Reorder(reorder, reorder.isNever() ? 0 : options.getInt(12)),
        Chance.of(Qdisc.buffer(more.bytes(CORRUPT))),
        more.int64(RATE64, rate32),
        options.getInt(4),
        more.has(PRNG_SEED) ? (Long) seed : null);
  }

  private static Chance chance(
      ByteBuffer options, int offset, ByteBuffer correlations, int correlationOffset) {
    return new Chance(
        Probability.of(options.getInt(offset)), correlation(correlations, correlationOffset));
  }

  private static Probability correlation(ByteBuffer correlations, int offset) {
    return correlations.limit() < offset + 4
        ? Probability.NEVER
        : Probability.of(correlations.getInt(offset));
  }

  /** Netem as it is unless something is said: no effect but its limit. */
  public static Netem plain() {
    return new Netem(
        Delay.NONE, Loss.NONE, Chance.NEVER, Reorder.NONE, Chance.NEVER, 0, USUAL_LIMIT, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** tc 6.1 passes over a duplicate's correlation unless the delay or the loss has one as well. */
  @Override
  public String options() {
    return Stream.of(
            limit == USUAL_LIMIT ? "" : "limit " + limit,
            delay.options(!duplicate.correlation().isNever()),
            loss.options(),
            duplicate.isNever() ? "" : "duplicate " + duplicate,
            reorder.options(),
            corrupt.isNever() ? "" : "corrupt " + corrupt,
            bytesPerSecond == 0 ? "" : "rate " + TcText.rate(bytesPerSecond),
            seed == null ? "" : "seed " + Long.toUnsignedString(seed))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /**
   * struct tc_netem_qopt, then attributes. What is left out keeps its value in a qdisc that is
   * there already: all that can be said is always written.
   */
  @Override
  public void write(Request options) {
    Chance lost = loss instanceof Loss.Random random ? random.chance() : Chance.NEVER;
    options
        .int32(Psched.ticks(delay.nanos()))
        .int32(limit)
        .int32(lost.probability().bits())
        .int32(reorder.gap())
        .int32(duplicate.probability().bits())
        .int32(Psched.ticks(delay.jitterNanos()));
    Probability jitter = delay.correlation();
    options
        .nested(
            CORR,
            words ->
                words
                    .int32(jitter.bits())
                    .int32(lost.correlation().bits())
                    .int32(duplicate.correlation().bits()))
        .nested(REORDER, pair(reorder.chance()))
        .nested(CORRUPT, pair(corrupt));
    Consumer<Request> model = Loss.writer(loss);
    if (model != null) {
      options.nested(LOSS, model);
    }
    writeRate(options);
    options.attribute64(LATENCY64, delay.nanos()).attribute64(JITTER64, delay.jitterNanos());
    if (seed != null) {
      options.attribute64(PRNG_SEED, seed);
    }
  }

  private void writeRate(Request options) {
    int rate = (int) Math.min(bytesPerSecond, 0xffff_ffffL);
    options.nested(RATE, words -> words.int32(rate).int32(0).int32(0).int32(0));
    if (RateSpec.isLarge(bytesPerSecond)) {
      options.attribute64(RATE64, bytesPerSecond);
    }
  }

  private static Consumer<Request> pair(Chance chance) {
    return words -> words.int32(chance.probability().bits()).int32(chance.correlation().bits());
  }

  /** A seed that Linux has chosen makes no difference. */
  @Override
  public boolean isMetBy(Qdisc there) {
    if (!there.kind().equals(NAME)) {
      return false;
    }
    Netem found = of(there.options());
    return equals(seed == null ? found.withSeed(null) : found);
  }

  /** The same with another seed, or none of its own. */
  public Netem withSeed(@Nullable Long other) {
    return new Netem(delay, loss, duplicate, reorder, corrupt, bytesPerSecond, limit, other);
  }
}
