package vethbook.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.netlink.Recordings;
import vethbook.linux.netlink.Reply;

/**
 * Feeds the decoders of what Linux sends with recorded answers that were cut, lengthened and
 * changed, and with random bytes: nothing but our own exception comes out, soon, and at no cost.
 * {@code -Dtest.jvm.args=-Dmutations=100000} tries so many of each recording, {@code -Dseed=N}
 * others.
 */
class DecoderFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("mutations", 3000);
  private static final long SEED = Long.getLong("seed", 7);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int BYTES_FOR_AN_ERROR = 1 << 20; // and for classes that it loads
  private static final int BYTES_FOR_A_BYTE = 64;
  private static final int[] LENGTHS = {0, 1, 3, 4, 5, 15, 16, 17, 0x7fff, 0xffff, -1, 1 << 30};
  private static final List<Function<Reply, Object>> DECODERS =
      List.of(Link::of, Addresses::assigned, Routes::route, Neighbours::neighbour, Rules::rule);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(SEED);

  @Test
  void readsWhatLinuxHasSent() throws Exception {
    int[] kinds = new int[64];
    for (byte[] recorded : Recordings.all()) {
      try {
        for (Reply reply : Recordings.replies(recorded)) {
          kinds[reply.type()]++;
          assertThat(decoder(reply.type()).apply(reply)).isNotNull();
        }
      } catch (NetlinkException e) {
        kinds[e.errno().number()]++;
      }
    }
    // RTM_NEWLINK, RTM_NEWADDR, RTM_NEWROUTE, RTM_NEWNEIGH, RTM_NEWRULE, ENODEV, EINVAL, ERANGE
    for (int kind : new int[] {16, 20, 24, 28, 32, 19, 22, 34}) {
      assertThat(kinds[kind]).as("messages of kind %d", kind).isPositive();
    }
  }

  private static Function<Reply, Object> decoder(int type) {
    return DECODERS.get((type - 16) / 4);
  }

  @Test
  void nothingButOurOwnExceptionComesOutOfChangedAnswers() throws Exception {
    List<byte[]> recordings = Recordings.all();
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (byte[] recorded : recordings) {
            for (int i = 0; i < MUTATIONS; i++) {
              decodeAll(changed(recorded));
            }
          }
        });
  }

  @Test
  void nothingButOurOwnExceptionComesOutOfRandomBytes() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < 10 * MUTATIONS; i++) {
            byte[] body = new byte[random.nextInt(120)];
            random.nextBytes(body);
            decodeAll(body);
            for (Function<Reply, Object> decoder : DECODERS) {
              bounded(body, () -> decoder.apply(new Reply(16, ByteBuffer.wrap(body))));
            }
          }
        });
  }

  private byte[] changed(byte[] recorded) {
    byte[] bytes = recorded.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) random.nextInt(256);
        case 4 -> putLength(bytes, at);
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(64), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** Where lengths stand: messages and attributes begin at multiples of four. */
  private void putLength(byte[] bytes, int at) {
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    int start = at & ~3;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    if (random.nextBoolean() && start + 4 <= bytes.length) {
      buffer.putInt(start, length);
    } else if (start + 2 <= bytes.length) {
      buffer.putShort(start, (short) length);
    }
  }

  private static void decodeAll(byte[] bytes) {
    List<Reply> replies = new ArrayList<>();
    bounded(bytes, () -> replies.addAll(Recordings.replies(bytes)));
    for (Reply reply : replies) {
      for (Function<Reply, Object> decoder : DECODERS) {
        bounded(bytes, () -> decoder.apply(reply));
      }
    }
  }

  private static void bounded(byte[] input, Supplier<Object> decoding) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Objects.requireNonNull(decoding.get());
    } catch (ExperimentException expected) {
      assertThat(expected).hasMessageStartingWith("Cannot");
    } catch (RuntimeException e) {
      throw new AssertionError("from " + HexFormat.of().formatHex(input), e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > BYTES_FOR_AN_ERROR + BYTES_FOR_A_BYTE * (long) input.length) {
      throw new AssertionError(allocated + " bytes for " + HexFormat.of().formatHex(input));
    }
  }
}
