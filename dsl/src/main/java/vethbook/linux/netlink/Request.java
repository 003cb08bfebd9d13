package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A netlink message being written: header, the family's fixed part, attributes ({@code
 * linux/netlink.h}: struct nlmsghdr, struct nlattr). Grows as needed.
 */
public final class Request {
  static final int HEADER = 16;
  public static final int ACK = 0x4;
  public static final int DUMP = 0x300;
  public static final int REPLACE = 0x100;
  public static final int EXCL = 0x200;
  public static final int CREATE = 0x400;
  public static final int APPEND = 0x800;
  private static final int REQUEST = 0x1;
  private static final int NESTED = 0x8000;

  private final String name;
  private ByteBuffer buffer = allocate(256);

  /**
   * @param name the message's name for errors, such as {@code RTM_NEWLINK}
   * @param type its number
   * @param flags {@link #ACK}, {@link #CREATE}, ... besides NLM_F_REQUEST
   */
  public Request(String name, int type, int flags) {
    this.name = name;
    buffer.putInt(0).putShort((short) type).putShort((short) (flags | REQUEST));
    buffer.putInt(0).putInt(0);
  }

  public String name() {
    return name;
  }

  /** Fixed part of the family's header, byte by byte. */
  public Request bytes(int... values) {
    for (int value : values) {
      room(1).put((byte) value);
    }
    return this;
  }

  public Request int16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  public Request int32(int value) {
    room(4).putInt(value);
    return this;
  }

  public Request attribute(int type, byte[] payload) {
    room(4 + padded(payload.length));
    buffer.putShort((short) (4 + payload.length)).putShort((short) type).put(payload);
    buffer.position(buffer.position() + padded(payload.length) - payload.length);
    return this;
  }

  public Request attribute(int type, int value) {
    return attribute(type, bytesOf(allocate(4).putInt(value)));
  }

  public Request attribute16(int type, int value) {
    return attribute(type, bytesOf(allocate(2).putShort((short) value)));
  }

  public Request attribute8(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  public Request attribute64(int type, long value) {
    return attribute(type, bytesOf(allocate(8).putLong(value)));
  }

  /** A string with its final zero byte, as Linux wants names. */
  public Request attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** Attributes within an attribute. */
  public Request nested(int type, Consumer<Request> content) {
    int start = room(4).position();
    buffer.putShort((short) 0).putShort((short) (type | NESTED));
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  /** The finished message with this sequence number; the request may be sent again. */
  byte[] message(int sequence) {
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    return bytesOf(buffer);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger = allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }

  private static byte[] bytesOf(ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.get(0, bytes);
    return bytes;
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
