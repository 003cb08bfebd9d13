package vethbook.linux.netlink;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/**
 * Linux refused a netlink request. Holds what it answered: errno, and where it gave them the text
 * and the offset of the attribute at fault (extended acknowledgement, {@code linux/netlink.h}).
 */
public final class NetlinkException extends ExperimentException {
  private final Errno errno;
  private final @Nullable String ackMessage;
  private final int ackOffset;
  private final String request;

  NetlinkException(String request, Errno errno, @Nullable String ackMessage, int ackOffset) {
    this("Cannot do " + request, request, errno, ackMessage, ackOffset, null, null);
  }

  private NetlinkException(
      String operation,
      String request,
      Errno errno,
      @Nullable String ackMessage,
      int ackOffset,
      @Nullable String next,
      @Nullable Throwable cause) {
    super(operation, "linux", answer(request, errno, ackMessage), next, cause);
    this.errno = errno;
    this.ackMessage = ackMessage;
    this.ackOffset = ackOffset;
    this.request = request;
  }

  /**
   * The same refusal told in the user's words.
   *
   * @param operation such as {@code Cannot set mtu 10 on device c0 in netns client}
   * @param next what to do now; null when not known
   */
  public NetlinkException during(String operation, @Nullable String next) {
    return new NetlinkException(operation, request, errno, ackMessage, ackOffset, next, this);
  }

  public Errno errno() {
    return errno;
  }

  /** Linux's own words, unchanged; null where it has none. */
  public @Nullable String ackMessage() {
    return ackMessage;
  }

  /** Byte offset of the attribute at fault in the request, -1 where Linux named none. */
  public int ackOffset() {
    return ackOffset;
  }

  private static String answer(String request, Errno errno, @Nullable String message) {
    return errno + (message == null ? "" : ": \"" + message + "\"") + "   [" + request + "]";
  }
}
