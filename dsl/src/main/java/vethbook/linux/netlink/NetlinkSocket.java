package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.Errno;

/**
 * A netlink socket: belongs for good to the network namespace of the thread that opened it, and may
 * be used from any thread, one at a time (man 7 netlink).
 *
 * <p>Asks for extended acknowledgements, so that errors carry Linux's own words, and for strict
 * checking of dump requests.
 */
public final class NetlinkSocket implements AutoCloseable {
  public static final int ROUTE = 0;
  private static final int CAP_ACK = 10;
  private static final int EXT_ACK = 11;
  private static final int GET_STRICT_CHK = 12;
  private static final int DUMP_ATTEMPTS = 5;

  private final int fd;
  private final ByteBuffer input =
      ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.nativeOrder());
  private final AtomicBoolean closed = new AtomicBoolean();
  private int sequence;

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(int protocol) {
    int fd = Call.netlinkSocket(protocol);
    Call.netlinkOption(fd, CAP_ACK, 1);
    Call.netlinkOption(fd, EXT_ACK, 1);
    Call.netlinkOption(fd, GET_STRICT_CHK, 1);
    return new NetlinkSocket(fd);
  }

  /**
   * Sends a request and waits until Linux has done it.
   *
   * @return what it answered besides the acknowledgement
   * @throws NetlinkException when Linux refuses
   */
  public synchronized List<Reply> request(Request request) {
    int number = send(request);
    List<Reply> replies = new ArrayList<>();
    while (true) {
      for (Frame frame : receive(request)) {
        if (frame.sequence() != number) {
          continue;
        }
        if (frame.isError()) {
          frame.throwIfRefused(request.name());
          return replies;
        }
        replies.add(new Reply(frame.type(), frame.body()));
      }
    }
  }

  /**
   * Asks for all objects of a kind. Linux marks a list that changed while it was being read
   * (NLM_F_DUMP_INTR); it is then read again.
   *
   * @throws ExperimentException when the list kept changing
   */
  public synchronized List<Reply> dump(Request request) {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      List<Reply> replies = new ArrayList<>();
      if (readDump(request, replies)) {
        return replies;
      }
    }
    throw new ExperimentException(
        "Cannot read a consistent list (" + request.name() + ")",
        "linux",
        "the list changed during each of %d attempts [NLM_F_DUMP_INTR]".formatted(DUMP_ATTEMPTS),
        "something else is changing this namespace; try again when it is done",
        null);
  }

  /** False when the list changed underway. */
  private boolean readDump(Request request, List<Reply> into) {
    int number = send(request);
    boolean consistent = true;
    while (true) {
      for (Frame frame : receive(request)) {
        if (frame.sequence() != number) {
          continue;
        }
        consistent &= !frame.isInterrupted();
        if (frame.isError() || frame.isDone()) {
          frame.throwIfRefused(request.name());
          return consistent;
        }
        into.add(new Reply(frame.type(), frame.body()));
      }
    }
  }

  private int send(Request request) {
    if (closed.get()) {
      throw new ExperimentException(
          "Cannot do " + request.name() + ": the network namespace is closed");
    }
    sequence++;
    byte[] message = request.message(sequence);
    ByteBuffer output = ByteBuffer.allocateDirect(message.length).put(message).flip();
    Call.send(fd, output);
    return sequence;
  }

  private List<Frame> receive(Request request) {
    Call.receive(fd, input);
    byte[] copy = new byte[input.remaining()];
    input.get(copy);
    List<Frame> frames = Frame.split(ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
    if (frames.isEmpty()) {
      throw new NetlinkException(request.name(), Errno.ENOBUFS, "empty answer", -1);
    }
    return frames;
  }

  @Override
  public synchronized void close() {
    if (!closed.getAndSet(true)) {
      Call.close(fd);
    }
  }
}
