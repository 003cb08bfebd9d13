package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Request;

/** Which packets netem loses: man 8 tc-netem, LOSS. */
public sealed interface Loss {
  Loss NONE = new Random(Chance.NEVER);

  /** In the words of {@code tc}; empty for none. */
  String options();

  /** Each packet by chance. */
  record Random(Chance chance) implements Loss {
    @Override
    public String options() {
      return chance.isNever() ? "" : "loss random " + chance;
    }
  }

  /**
   * A good and a bad state, each with a loss of its own: losses come in bursts.
   *
   * @param p from good to bad
   * @param r from bad to good
   * @param inBad loss in the bad state, man page's 1-h
   * @param inGood loss in the good state, man page's 1-k
   */
  record GilbertElliott(Probability p, Probability r, Probability inBad, Probability inGood)
      implements Loss {
    private static final int MODEL = 2;

    static GilbertElliott of(ByteBuffer model) {
      return new GilbertElliott(
          Probability.of(model.getInt(0)),
          Probability.of(model.getInt(4)),
          Probability.of(~model.getInt(8)),
          Probability.of(model.getInt(12)));
    }

    @Override
    public String options() {
      return "loss gemodel %s %s %s %s".formatted(p, r, inBad, inGood);
    }

    /** struct tc_netem_gemodel: its h is the chance to survive the bad state. */
    private void write(Request request) {
      request.nested(
          MODEL,
          model -> model.int32(p.bits()).int32(r.bits()).int32(~inBad.bits()).int32(inGood.bits()));
    }
  }

  /**
   * Four states (S. Salsano and others, 2009): 1 received, 2 received within a burst, 3 lost within
   * a burst, 4 lost alone.
   *
   * @param p13 from state 1 to state 3, and so on
   */
  record States(Probability p13, Probability p31, Probability p32, Probability p23, Probability p14)
      implements Loss {
    private static final int MODEL = 1;

    static States of(ByteBuffer model) {
      return new States(
          Probability.of(model.getInt(0)),
          Probability.of(model.getInt(4)),
          Probability.of(model.getInt(8)),
          Probability.of(model.getInt(16)),
          Probability.of(model.getInt(12)));
    }

    @Override
    public String options() {
      return "loss state %s %s %s %s %s".formatted(p13, p31, p32, p23, p14);
    }

    /** struct tc_netem_gimodel: its p14 stands before p23. */
    private void write(Request request) {
      request.nested(
          MODEL,
          model ->
              model
                  .int32(p13.bits())
                  .int32(p31.bits())
                  .int32(p32.bits())
                  .int32(p14.bits())
                  .int32(p23.bits()));
    }
  }

  /** The content of TCA_NETEM_LOSS; null where there is no such attribute. */
  static @Nullable Consumer<Request> writer(Loss loss) {
    if (loss instanceof GilbertElliott model) {
      return model::write;
    }
    return loss instanceof States model ? model::write : null;
  }

  /**
   * The model that Linux tells.
   *
   * @param models TCA_NETEM_LOSS
   * @param random what applies when that is empty
   */
  static Loss of(Attributes models, Chance random) {
    if (models.has(States.MODEL)) {
      return States.of(Qdisc.struct(models.bytes(States.MODEL), 20));
    }
    if (models.has(GilbertElliott.MODEL)) {
      return GilbertElliott.of(Qdisc.struct(models.bytes(GilbertElliott.MODEL), 16));
    }
    return new Random(random);
  }
}
