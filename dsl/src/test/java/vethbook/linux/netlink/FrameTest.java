package vethbook.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

class FrameTest {
  @Test
  void readsBackWhatARequestWrites() {
    byte[] message =
        new Request("TEST", 42, Request.ACK)
            .int32(7)
            .attribute(1, "eth0")
            .nested(18, info -> info.attribute(1, "veth").attribute16(2, 3))
            .attribute8(4, 200)
            .message(9);

    Frame frame = Frame.split(buffer(message)).get(0);
    assertThat(frame.type()).isEqualTo(42);
    assertThat(frame.sequence()).isEqualTo(9);
    Reply reply = new Reply(frame.type(), frame.body());
    Attributes attributes = reply.attributes(4);
    assertThat(reply.int32(0)).isEqualTo(7);
    assertThat(attributes.string(1)).isEqualTo("eth0");
    assertThat(attributes.nested(18).string(1)).isEqualTo("veth");
    assertThat(attributes.nested(18).int16(2, 0)).isEqualTo(3);
    assertThat(attributes.int8(4, 0)).isEqualTo(200);
    assertThat(attributes.int32(99, -5)).isEqualTo(-5);
    assertThat(attributes.string(99)).isNull();
  }

  @Test
  void passesOnAnExtendedAcknowledgement() {
    ByteBuffer body = buffer(new byte[64]);
    body.putInt(-22).position(20);
    body.putShort((short) 8).putShort((short) 2).putInt(32);
    byte[] text = "no way\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    body.putShort((short) (4 + text.length)).putShort((short) 1).put(text).put((byte) 0);
    Frame error = new Frame(2, 0x300, 1, body.flip().slice().order(ByteOrder.nativeOrder()));

    NetlinkException refused =
        catchThrowableOfType(NetlinkException.class, () -> error.throwIfRefused("RTM_X"));
    assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
    assertThat(refused.ackMessage()).isEqualTo("no way");
    assertThat(refused.ackOffset()).isEqualTo(32);
    assertThat(refused).hasMessageContaining("EINVAL (Invalid argument): \"no way\"   [RTM_X]");
  }

  @Test
  void anAcknowledgementWithErrnoZeroIsNoError() {
    Frame done = new Frame(2, 0, 1, buffer(new byte[20]));
    assertThatCode(() -> done.throwIfRefused("RTM_X")).doesNotThrowAnyException();
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    for (int length : new int[] {-1, 0, 15, 17, 1 << 30}) {
      byte[] message = new byte[16];
      buffer(message).putInt(length);
      assertThatThrownBy(() -> Frame.split(buffer(message)))
          .isInstanceOf(ExperimentException.class);
    }
    byte[] attribute = {3, 0, 1, 0};
    assertThatThrownBy(() -> new Attributes(buffer(attribute)))
        .isInstanceOf(ExperimentException.class);
    assertThatThrownBy(() -> new Reply(1, buffer(new byte[3])).int32(0))
        .isInstanceOf(ExperimentException.class);
    assertThatThrownBy(
            () -> new Attributes(buffer(new byte[] {5, 0, 1, 0, 9, 0, 0, 0})).int32(1, 0))
        .isInstanceOf(ExperimentException.class);
  }

  @Test
  void neverReadsBeyondRandomOrTruncatedBytes() {
    Random random = new Random(7);
    byte[] good =
        new Request("TEST", 16, 0)
            .int32(1)
            .int32(2)
            .int32(3)
            .int32(4)
            .attribute(3, "eth0")
            .message(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        bytes = Arrays.copyOf(good, random.nextInt(good.length + 8));
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(256);
        }
      } else {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
      decode(bytes);
    }
  }

  /** Any outcome is right but an exception other than ours. */
  private static void decode(byte[] bytes) {
    try {
      List<Frame> frames = Frame.split(buffer(bytes));
      for (Frame frame : frames) {
        frame.throwIfRefused("RTM_X");
        Attributes attributes = new Reply(frame.type(), frame.body()).attributes(16);
        attributes.string(3);
        attributes.int32(4, 0);
        attributes.nested(18).string(1);
      }
    } catch (ExperimentException expected) {
      assertThat(expected).hasMessageStartingWith("Cannot");
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
