package vethbook.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
  public static final int GENERIC = 16;
  private static final int CAP_ACK = 10;
  private static final int EXT_ACK = 11;
  private static final int GET_STRICT_CHK = 12;
  private static final int DUMP_ATTEMPTS = 5;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Direct buffers that no socket is using: a thousand namespaces share the few at work. */
  private static final Queue<ByteBuffer> BUFFERS = new ConcurrentLinkedQueue<>();

  private final int fd;
  private final AtomicBoolean closed = new AtomicBoolean();
  private int sequence;

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(int protocol) {
    int fd = Call.netlinkSocket(protocol);
    Call.setNetlinkOption(fd, CAP_ACK);
    Call.setNetlinkOption(fd, EXT_ACK);
    Call.setNetlinkOption(fd, GET_STRICT_CHK);
    return new NetlinkSocket(fd);
  }

  /** The number of the socket's namespace, see {@link Call#netnsCookie}. */
  public long netnsCookie() {
    return Call.netnsCookie(fd);
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
   * Asks for one object; empty when Linux answers that there is none.
   *
   * @param absent the errno that means "there is none"
   * @throws NetlinkException when Linux refuses for another reason
   */
  public synchronized Optional<Reply> lookup(Request request, Errno absent) {
    int number = send(request);
    Optional<Reply> found = Optional.empty();
    while (true) {
      for (Frame frame : receive(request)) {
        if (frame.sequence() != number) {
          continue;
        }
        if (frame.isError()) {
          if (frame.errno() != absent.number()) {
            frame.throwIfRefused(request.name());
          }
          return found;
        }
        found = Optional.of(new Reply(frame.type(), frame.body()));
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
          "Cannot do " + request.name() + ": the network namespace is closed",
          null,
          null,
          "run the cells again that make it: netns '...' gives a new one after lab.reset()",
          null);
    }
    sequence++;
    byte[] message = request.message(sequence);
    withBuffer(
        buffer -> {
          Call.send(fd, buffer.clear().put(message).flip());
          return sequence;
        });
    return sequence;
  }

  private List<Frame> receive(Request request) {
    byte[] copy =
        withBuffer(
            buffer -> {
              Call.receive(fd, buffer);
              byte[] bytes = new byte[buffer.remaining()];
              buffer.get(bytes);
              return bytes;
            });
    List<Frame> frames = Frame.split(ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
    if (frames.isEmpty()) {
      throw new NetlinkException(request.name(), Errno.ENOBUFS, "empty answer", -1);
    }
    return frames;
  }

  private static <T> T withBuffer(Function<ByteBuffer, T> task) {
    ByteBuffer free = BUFFERS.poll();
    ByteBuffer buffer = free == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : free;
    try {
      return task.apply(buffer);
    } finally {
      BUFFERS.add(buffer);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed.getAndSet(true)) {
      Call.close(fd);
    }
  }
}
