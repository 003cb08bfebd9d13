package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/**
 * One message of a received datagram, with its header (struct nlmsghdr).
 *
 * @param body all after the header
 */
record Frame(int type, int flags, int sequence, ByteBuffer body) {
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int DUMP_INTERRUPTED = 0x10;
  private static final int CAPPED = 0x100;
  private static final int ACK_ATTRIBUTES = 0x200;
  private static final int ACK_MESSAGE = 1;
  private static final int ACK_OFFSET = 2;

  /**
   * @throws ExperimentException when a length does not fit the datagram
   */
  static List<Frame> split(ByteBuffer datagram) {
    List<Frame> frames = new ArrayList<>();
    int position = datagram.position();
    while (datagram.limit() - position >= Request.HEADER) {
      int length = datagram.getInt(position);
      if (length < Request.HEADER || length > datagram.limit() - position) {
        throw new ExperimentException(
            "Cannot read a netlink message of %d bytes where %d are left"
                .formatted(length, datagram.limit() - position));
      }
      frames.add(
          new Frame(
              Short.toUnsignedInt(datagram.getShort(position + 4)),
              Short.toUnsignedInt(datagram.getShort(position + 6)),
              datagram.getInt(position + 8),
              datagram
                  .slice(position + Request.HEADER, length - Request.HEADER)
                  .order(ByteOrder.nativeOrder())));
      position += Request.padded(length);
    }
    return frames;
  }

  boolean isError() {
    return type == ERROR;
  }

  boolean isDone() {
    return type == DONE;
  }

  boolean isInterrupted() {
    return (flags & DUMP_INTERRUPTED) != 0;
  }

  /** The errno of an error message; 0 for an acknowledgement. */
  int errno() {
    return body.limit() < 4 ? 0 : -body.getInt(0);
  }

  /** An acknowledgement is an error message with errno 0; the end of a dump holds one as well. */
  void throwIfRefused(String request) {
    int errno = errno();
    if (errno != 0) {
      Attributes ack = acknowledgement();
      throw new NetlinkException(
          request, new Errno(errno), ack.string(ACK_MESSAGE), ack.int32(ACK_OFFSET, -1));
    }
  }

  private Attributes acknowledgement() {
    if ((flags & ACK_ATTRIBUTES) == 0) {
      return new Attributes(ByteBuffer.allocate(0));
    }
    int start = 4;
    if (isError()) {
      boolean capped = (flags & CAPPED) != 0 || body.limit() < 8;
      start += capped ? Request.HEADER : Request.padded(body.getInt(4));
    }
    if (start < 0 || start > body.limit()) {
      throw new ExperimentException(
          "Cannot read a netlink acknowledgement of %d bytes".formatted(body.limit()));
    }
    return new Attributes(body.slice(start, body.limit() - start));
  }
}
