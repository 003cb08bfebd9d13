package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Waker;
import vethbook.kernel.protocol.Wire;

/**
 * The iopub channel: messages for all clients, sent by one thread from a queue. What cells show
 * belongs to the request that is being served, or was served last.
 */
final class Broadcasts implements OutputSink {
  /** What the first byte of a subscription's message says (RFC 29/PUBSUB). */
  private static final byte SUBSCRIBE = 1;

  private static final long PROGRESS_NANOS = Duration.ofMillis(200).toNanos();

  private final String session;
  private final Wire wire;
  private final Outbox outbox = new Outbox();
  private volatile @Nullable Waker waker;
  private volatile ObjectNode parent = Json.object();
  private @Nullable String progressId;
  private long progressShown;

  Broadcasts(String session, Wire wire) {
    this.session = session;
    this.wire = wire;
  }

  /** What is sent from now on answers this request. */
  synchronized void answering(ObjectNode request) {
    parent = request;
    progressId = null;
  }

  /**
   * Sends what comes, and greets who subscribes, until {@link #end}; the only user of the socket.
   */
  void serve(MessageSocket socket, Waker bell) {
    waker = bell;
    boolean isLast;
    do {
      isLast = outbox.isClosed();
      greet(socket);
      for (List<byte[]> next = outbox.poll(); next != null; next = outbox.poll()) {
        socket.broadcast(next);
      }
      if (!isLast) {
        bell.await();
      }
    } while (!isLast);
  }

  /** Sends what waits and then nothing more. */
  void end() {
    outbox.close();
    wake();
  }

  private void wake() {
    Waker bell = waker;
    if (bell != null) {
      bell.wake();
    }
  }

  /** Tells each new subscriber that from here on it misses nothing (Jupyter's proposal 65). */
  private void greet(MessageSocket socket) {
    for (List<byte[]> news = socket.receiveFrames(0);
        news != null;
        news = socket.receiveFrames(0)) {
      byte[] first = news.get(0);
      if (first.length > 0 && first[0] == SUBSCRIBE) {
        byte[] topic = Arrays.copyOfRange(first, 1, first.length);
        ObjectNode content =
            Json.object().put("subscription", new String(topic, StandardCharsets.UTF_8));
        Message welcome =
            Message.broadcast(MessageType.IOPUB_WELCOME, session, Json.object(), content);
        socket.broadcast(wire.encode(welcome.withIdentities(List.of(topic))));
      }
    }
  }

  void status(String state, ObjectNode request) {
    send(MessageType.STATUS, request, Json.object().put("execution_state", state));
  }

  void send(String type, ObjectNode request, ObjectNode content) {
    send(Message.broadcast(type, session, request, content));
  }

  /** Sends something that belongs to the request that is being served. */
  void send(String type, ObjectNode content) {
    send(type, parent, content);
  }

  private void send(Message message) {
    outbox.put(wire.encode(message));
    wake();
  }

  @Override
  public void stream(String name, String text) {
    send(MessageType.STREAM, parent, Json.object().put("name", name).put("text", text));
  }

  @Override
  public void display(MimeBundle bundle, @Nullable String id) {
    send(MessageType.DISPLAY_DATA, parent, content(bundle, id));
  }

  @Override
  public void update(MimeBundle bundle, String id) {
    send(MessageType.UPDATE_DISPLAY_DATA, parent, content(bundle, id));
  }

  @Override
  public void result(int count, MimeBundle bundle) {
    send(MessageType.EXECUTE_RESULT, parent, content(bundle, null).put("execution_count", count));
  }

  @Override
  public void error(CellError error) {
    send(MessageType.ERROR, parent, content(error));
  }

  @Override
  public void clear(boolean wait) {
    send(MessageType.CLEAR_OUTPUT, parent, Json.object().put("wait", wait));
  }

  /** At most five times a second, in place; the last one always. */
  @Override
  public synchronized void progress(Progress progress) {
    long now = System.nanoTime();
    boolean isLast = progress.fraction() >= 1;
    if (!isLast && progressId != null && now - progressShown < PROGRESS_NANOS) {
      return;
    }
    progressShown = now;
    MimeBundle bundle = ProgressBar.bundle(progress);
    if (progressId == null) {
      progressId = java.util.UUID.randomUUID().toString();
      display(bundle, progressId);
    } else {
      update(bundle, progressId);
    }
    if (isLast) {
      progressId = null;
    }
  }

  static ObjectNode content(CellError error) {
    ObjectNode content = Json.object().put("ename", error.name()).put("evalue", error.value());
    content.set("traceback", Json.tree(error.traceback()));
    return content;
  }

  private static ObjectNode content(MimeBundle bundle, @Nullable String id) {
    ObjectNode content = Json.object();
    content.set("data", Json.tree(bundle.data()));
    content.set("metadata", Json.tree(bundle.metadata()));
    ObjectNode transientData = content.putObject("transient");
    if (id != null) {
      transientData.put("display_id", id);
    }
    return content;
  }
}
