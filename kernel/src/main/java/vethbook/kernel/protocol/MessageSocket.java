package vethbook.kernel.protocol;

import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * A ZeroMQ socket that carries messages. Made on one thread, it may be handed to another once; from
 * then on only that thread touches it, closing included.
 */
public final class MessageSocket implements AutoCloseable {
  /** No request is larger; whoever announces a larger one is cut off before memory is taken. */
  private static final long LARGEST_FRAME_BYTES = 64L << 20;

  /** Of at most some 64 KiB each. */
  private static final int MOST_UNREAD_BROADCASTS = 500;

  private static final int PATIENCE_MILLIS = 3_000;

  private final ZMQ.Socket socket;
  private final Wire wire;
  private boolean isSomeoneSlow;

  private MessageSocket(ZMQ.Context context, SocketType type, Wire wire) {
    this.socket = context.socket(type);
    this.socket.setLinger(1_000);
    this.socket.setHWM(0);
    this.socket.setMaxMsgSize(LARGEST_FRAME_BYTES);
    this.wire = wire;
  }

  /**
   * The kernel's end of the channel that all clients hear. A client that does not read holds up the
   * others for some seconds at most.
   *
   * @throws ZMQException EADDRINUSE if another process has the port
   */
  public static MessageSocket bindPublisher(ZMQ.Context context, String endpoint, Wire wire) {
    MessageSocket made = new MessageSocket(context, SocketType.XPUB, wire);
    made.socket.setSndHWM(MOST_UNREAD_BROADCASTS);
    made.socket.setXpubNoDrop(true);
    made.socket.setSendTimeOut(PATIENCE_MILLIS);
    made.socket.setXpubVerbose(true); // tell of each subscriber, not of the first one only
    return made.bound(endpoint);
  }

  /**
   * The kernel's end.
   *
   * @throws ZMQException EADDRINUSE if another process has the port
   */
  public static MessageSocket bind(
      ZMQ.Context context, SocketType type, String endpoint, Wire wire) {
    return new MessageSocket(context, type, wire).bound(endpoint);
  }

  private MessageSocket bound(String endpoint) {
    try {
      socket.bind(endpoint);
      return this;
    } catch (ZMQException e) {
      close();
      throw e;
    }
  }

  /** A client's end. */
  public static MessageSocket connect(
      ZMQ.Context context, SocketType type, String endpoint, String identity, Wire wire) {
    MessageSocket made = new MessageSocket(context, type, wire);
    if (type == SocketType.SUB) {
      made.socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
    } else {
      made.socket.setIdentity(identity.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    made.socket.connect(endpoint);
    return made;
  }

  public void send(Message message) {
    sendFrames(wire.encode(message));
  }

  /** Sends frames as they are: the heartbeat's, and what a test wants to be malformed. */
  public void sendFrames(List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /**
   * Sends a broadcast. When a client has not read for long, waits for it a few seconds; from then
   * on it loses messages until it reads again, and the others are not held up any more.
   */
  public void broadcast(List<byte[]> frames) {
    byte[] topic = frames.get(0);
    boolean isWaitNeeded = !socket.send(topic, ZMQ.SNDMORE);
    if (isWaitNeeded) {
      socket.setXpubNoDrop(false);
      socket.send(topic, ZMQ.SNDMORE);
      socket.setXpubNoDrop(true);
    }
    if (isWaitNeeded != isSomeoneSlow) {
      isSomeoneSlow = isWaitNeeded;
      socket.setSendTimeOut(isSomeoneSlow ? 0 : PATIENCE_MILLIS);
    }
    sendFrames(frames.subList(1, frames.size()));
  }

  /** Readable when something has happened to the socket since {@link #hasMessage} was asked. */
  SelectableChannel descriptor() {
    return socket.getFD();
  }

  boolean hasMessage() {
    return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  /**
   * Waits for one message.
   *
   * @param limit milliseconds, -1 for ever
   * @return null when nothing came in time
   * @throws MalformedMessageException for each message that is not acceptable; the next call goes
   *     on
   * @throws ZMQException ETERM when the context has been terminated
   */
  public @Nullable Message receive(int limit) throws MalformedMessageException {
    List<byte[]> frames = receiveFrames(limit);
    return frames == null ? null : wire.decode(frames);
  }

  /** The frames of one multipart message, or null when nothing came in time. */
  public @Nullable List<byte[]> receiveFrames(int limit) {
    socket.setReceiveTimeOut(limit);
    byte[] frame = socket.recv();
    if (frame == null) {
      return null;
    }
    List<byte[]> frames = new ArrayList<>();
    frames.add(frame);
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    return frames;
  }

  @Override
  public void close() {
    socket.close();
  }
}
