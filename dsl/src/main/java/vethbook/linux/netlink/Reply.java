package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import vethbook.linux.ExperimentException;

/**
 * One message received.
 *
 * @param type as in {@code linux/rtnetlink.h}
 * @param body all after the header
 */
public record Reply(int type, ByteBuffer body) {
  public Reply {
    body = body.order(ByteOrder.nativeOrder());
  }

  /** The attributes that follow a fixed part of so many bytes. */
  public Attributes attributes(int fixedBytes) {
    if (fixedBytes > body.limit()) {
      throw new ExperimentException(
          "Cannot read a netlink message of %d bytes: its fixed part has %d"
              .formatted(body.limit(), fixedBytes));
    }
    return new Attributes(body.slice(fixedBytes, body.limit() - fixedBytes));
  }

  public int int32(int offset) {
    return fixed(offset, 4).getInt(offset);
  }

  public int int16(int offset) {
    return Short.toUnsignedInt(fixed(offset, 2).getShort(offset));
  }

  public int int8(int offset) {
    return Byte.toUnsignedInt(fixed(offset, 1).get(offset));
  }

  private ByteBuffer fixed(int offset, int bytes) {
    if (offset + bytes > body.limit()) {
      throw new ExperimentException(
          "Cannot read byte %d of a netlink message of %d".formatted(offset, body.limit()));
    }
    return body;
  }
}
