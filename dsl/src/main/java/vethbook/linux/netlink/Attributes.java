package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/**
 * The attributes of a received message (struct nlattr), by type. Reads nothing beyond the bytes it
 * was given: a length that does not fit is an error, never a read past the end.
 */
public final class Attributes {
  private static final int TYPE_MASK = 0x3fff;
  private static final int FIRST_ROOM = 16;

  private final ByteBuffer bytes;
  private int count;

  /** Where each payload starts and ends, by order; and its type. */
  private int[] starts = new int[FIRST_ROOM];

  private int[] ends = new int[FIRST_ROOM];
  private int[] types = new int[FIRST_ROOM];

  /**
   * @param payload from position to limit: attributes one after the other
   * @throws ExperimentException when a length is impossible
   */
  public Attributes(ByteBuffer payload) {
    bytes = payload.slice().order(ByteOrder.nativeOrder());
    int limit = bytes.limit();
    int start = 0;
    while (limit - start >= 4) {
      int length = Short.toUnsignedInt(bytes.getShort(start));
      if (length < 4 || length > limit - start) {
        throw new ExperimentException(
            "Cannot read a netlink attribute of %d bytes where %d are left"
                .formatted(length, limit - start));
      }
      add(bytes.getShort(start + 2) & TYPE_MASK, start + 4, start + length);
      start = Math.min(start + Request.padded(length), limit);
    }
  }

  private void add(int type, int start, int end) {
    if (count == types.length) {
      types = Arrays.copyOf(types, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    types[count] = type;
    starts[count] = start;
    ends[count++] = end;
  }

  /** The last of a type, as Linux itself reads them; null when absent. */
  private @Nullable ByteBuffer payload(int type) {
    for (int i = count - 1; i >= 0; i--) {
      if (types[i] == type) {
        return payloadAt(i);
      }
    }
    return null;
  }

  private ByteBuffer payloadAt(int i) {
    return bytes.slice(starts[i], ends[i] - starts[i]).order(ByteOrder.nativeOrder());
  }

  public boolean has(int type) {
    return payload(type) != null;
  }

  /** A string without its final zero byte; null when absent. */
  public @Nullable String string(int type) {
    byte[] bytes = bytes(type);
    if (bytes == null) {
      return null;
    }
    int end = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** A 32 bit number; the default when absent. */
  public int int32(int type, int absent) {
    ByteBuffer payload = payload(type);
    return payload == null ? absent : sized(payload, type, 4).getInt(0);
  }

  /** A 64 bit number; the default when absent. */
  public long int64(int type, long absent) {
    ByteBuffer payload = payload(type);
    return payload == null ? absent : sized(payload, type, 8).getLong(0);
  }

  public int int16(int type, int absent) {
    ByteBuffer payload = payload(type);
    return payload == null ? absent : Short.toUnsignedInt(sized(payload, type, 2).getShort(0));
  }

  public int int8(int type, int absent) {
    ByteBuffer payload = payload(type);
    return payload == null ? absent : Byte.toUnsignedInt(sized(payload, type, 1).get(0));
  }

  public byte @Nullable [] bytes(int type) {
    ByteBuffer payload = payload(type);
    if (payload == null) {
      return null;
    }
    byte[] copy = new byte[payload.limit()];
    payload.get(0, copy);
    return copy;
  }

  /** Attributes within an attribute; empty when absent. */
  public Attributes nested(int type) {
    ByteBuffer payload = payload(type);
    return new Attributes(payload == null ? ByteBuffer.allocate(0) : payload);
  }

  /** A list, whose items are of one type: the attributes within each, in order. */
  public List<Attributes> each() {
    return IntStream.range(0, count).mapToObj(this::payloadAt).map(Attributes::new).toList();
  }

  private static ByteBuffer sized(ByteBuffer payload, int type, int bytes) {
    if (payload.limit() < bytes) {
      throw new ExperimentException(
          "Cannot read %d bytes of netlink attribute %d, which has %d"
              .formatted(bytes, type, payload.limit()));
    }
    return payload;
  }
}
