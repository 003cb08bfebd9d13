package vethbook.kernel.protocol;

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
  private final ZMQ.Socket socket;
  private final Wire wire;

  private MessageSocket(ZMQ.Context context, SocketType type, Wire wire) {
    this.socket = context.socket(type);
    this.socket.setLinger(1_000);
    this.socket.setHWM(0);
    this.wire = wire;
  }

  /**
   * The kernel's end.
   *
   * @throws ZMQException EADDRINUSE if another process has the port
   */
  public static MessageSocket bind(
      ZMQ.Context context, SocketType type, String endpoint, Wire wire) {
    MessageSocket made = new MessageSocket(context, type, wire);
    try {
      made.socket.bind(endpoint);
      return made;
    } catch (ZMQException e) {
      made.close();
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
