package vethbook.dsl;

import groovy.lang.Closure;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import vethbook.lab.PlanException;
import vethbook.packet.Packet;
import vethbook.tun.PacketProgram;
import vethbook.tun.Replies;

/**
 * A block that gets the packets of a TUN or TAP device, one after the other. It answers by what it
 * returns, when that is bytes or a packet that it has made; and by {@code reply}, at any time.
 * Everything else that it returns is not for Linux, such as the packets it collects.
 */
final class BlockProgram implements PacketProgram {
  private final Closure<?> block;

  /** Delegates to it: {@code reply packet.reversed()}. */
  private final Answers answers = new Answers();

  BlockProgram(Closure<?> block) {
    this.block = (Closure<?>) block.clone();
    this.block.setDelegate(answers);
    this.block.setResolveStrategy(Closure.DELEGATE_FIRST);
  }

  @Override
  public void receive(Packet packet, Replies replies) {
    answers.replies = replies;
    Object returned = block.call(packet);
    boolean isMade = returned instanceof Packet made && made.getTime() == null;
    if (isMade || returned instanceof byte[]) {
      answers.reply(returned);
    }
  }

  /** What a block can say besides the words of the cell. */
  public static final class Answers {
    private volatile @Nullable Replies replies;

    private Answers() {}

    /** Sends a packet, bytes, or several; Linux receives them from the device. Null sends none. */
    public void reply(@Nullable Object answer) {
      Replies to = java.util.Objects.requireNonNull(replies, "no packet has come yet");
      if (answer instanceof Packet packet) {
        to.send(packet);
      } else if (answer instanceof byte[] bytes) {
        to.send(bytes);
      } else if (answer instanceof Collection<?> several) {
        several.forEach(this::reply);
      } else if (answer != null) {
        throw new PlanException(
            "Cannot reply " + answer + ": a " + answer.getClass().getSimpleName(),
            "reply takes a packet such as packet.reversed(), or byte[]");
      }
    }
  }
}
