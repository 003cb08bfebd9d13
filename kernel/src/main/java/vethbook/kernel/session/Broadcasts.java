package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;

/**
 * The iopub channel: messages for all clients, sent by one thread from a queue. What cells show
 * belongs to the request that is being served, or was served last.
 */
final class Broadcasts implements OutputSink {
  /** Enough for any cell, few enough to keep a flood of output from filling the memory. */
  private static final int MOST_WAITING = 10_000;

  private static final long PROGRESS_NANOS = Duration.ofMillis(200).toNanos();

  private final String session;
  private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile ObjectNode parent = Json.object();
  private @Nullable String progressId;
  private long progressShown;

  Broadcasts(String session) {
    this.session = session;
  }

  /** What is sent from now on answers this request. */
  synchronized void answering(ObjectNode request) {
    parent = request;
    progressId = null;
  }

  /** Sends until the socket's context is closed or the thread is told to stop. */
  void sendAll(MessageSocket socket) {
    try {
      while (true) {
        socket.send(queue.take());
      }
    } catch (InterruptedException e) {
      for (Message rest = queue.poll(); rest != null; rest = queue.poll()) {
        socket.send(rest);
      }
    }
  }

  void status(String state, ObjectNode request) {
    send(MessageType.STATUS, request, Json.object().put("execution_state", state));
  }

  void send(String type, ObjectNode request, ObjectNode content) {
    boolean interrupted = false;
    Message message = Message.broadcast(type, session, request, content);
    while (true) {
      try {
        queue.put(message);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the message goes out all the same; the interrupt is for the cell
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
