package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/**
 * The attributes of a received message (struct nlattr), by type. Reads nothing beyond the bytes it
 * was given: a length that does not fit is an error, never a read past the end.
 */
public final class Attributes {
  private static final int TYPE_MASK = 0x3fff;

  private final Map<Integer, ByteBuffer> payloads = new LinkedHashMap<>();
  private final List<ByteBuffer> all = new ArrayList<>();

  /**
   * @param bytes from position to limit: attributes one after the other
   * @throws ExperimentException when a length is impossible
   */
  public Attributes(ByteBuffer bytes) {
    ByteBuffer rest = bytes.slice().order(ByteOrder.nativeOrder());
    while (rest.remaining() >= 4) {
      int start = rest.position();
      int length = Short.toUnsignedInt(rest.getShort(start));
      if (length < 4 || length > rest.remaining()) {
        throw new ExperimentException(
            "Cannot read a netlink attribute of %d bytes where %d are left"
                .formatted(length, rest.remaining()));
      }
      int type = rest.getShort(start + 2) & TYPE_MASK;
      ByteBuffer payload = rest.slice(start + 4, length - 4).order(ByteOrder.nativeOrder());
      payloads.put(type, payload);
      all.add(payload);
      rest.position(Math.min(start + Request.padded(length), rest.limit()));
    }
  }

  public boolean has(int type) {
    return payloads.containsKey(type);
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
    ByteBuffer payload = payloads.get(type);
    return payload == null ? absent : sized(payload, type, 4).getInt(0);
  }

  /** A 64 bit number; the default when absent. */
  public long int64(int type, long absent) {
    ByteBuffer payload = payloads.get(type);
    return payload == null ? absent : sized(payload, type, 8).getLong(0);
  }

  public int int16(int type, int absent) {
    ByteBuffer payload = payloads.get(type);
    return payload == null ? absent : Short.toUnsignedInt(sized(payload, type, 2).getShort(0));
  }

  public int int8(int type, int absent) {
    ByteBuffer payload = payloads.get(type);
    return payload == null ? absent : Byte.toUnsignedInt(sized(payload, type, 1).get(0));
  }

  public byte @Nullable [] bytes(int type) {
    ByteBuffer payload = payloads.get(type);
    if (payload == null) {
      return null;
    }
    byte[] copy = new byte[payload.limit()];
    payload.get(0, copy);
    return copy;
  }

  /** Attributes within an attribute; empty when absent. */
  public Attributes nested(int type) {
    ByteBuffer payload = payloads.get(type);
    return new Attributes(payload == null ? ByteBuffer.allocate(0) : payload);
  }

  /** A list, whose items are of one type: the attributes within each, in order. */
  public List<Attributes> each() {
    return all.stream().map(Attributes::new).toList();
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
