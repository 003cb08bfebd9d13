package vethbook.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.GroovyLanguage;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;

/**
 * Jupyter's comms: connections between objects in cells and widgets in front ends. In a cell,
 * {@code comms.target('name') { comm, data -> ... }} says what happens when a front end opens one,
 * and {@code comms.open('name', data)} opens one there.
 */
public final class Comms implements GroovyLanguage.Hidden {
  private static final String ID = "comm_id";
  private static final String TARGET = "target_name";

  private final Broadcasts broadcasts;
  private final Map<String, BiConsumer<Comm, Object>> targets = new ConcurrentHashMap<>();
  private final Map<String, Comm> open = new ConcurrentHashMap<>();

  Comms(Broadcasts broadcasts) {
    this.broadcasts = broadcasts;
  }

  /**
   * Says what to do with a comm that a front end opens under this name.
   *
   * @param opened gets the comm and the data that came with it, on the cells' thread
   */
  public void target(String name, BiConsumer<Comm, Object> opened) {
    targets.put(name, opened);
  }

  /** Opens a comm in the front ends; they close it when they do not know the target. */
  public Comm open(String target, Map<String, ?> data) {
    Comm comm = new Comm(UUID.randomUUID().toString(), target);
    open.put(comm.id, comm);
    comm.send(MessageType.COMM_OPEN, data, true);
    return comm;
  }

  /** The content of a {@code comm_info_reply}. */
  ObjectNode info(ObjectNode asked) {
    JsonNode wanted = asked.path(TARGET);
    ObjectNode content = KernelServer.ok();
    ObjectNode all = content.putObject("comms");
    for (Comm comm : open.values()) {
      if (!wanted.isTextual() || wanted.asText().equals(comm.target)) {
        all.putObject(comm.id).put(TARGET, comm.target);
      }
    }
    return content;
  }

  static boolean isComm(String type) {
    return type.equals(MessageType.COMM_OPEN)
        || type.equals(MessageType.COMM_MSG)
        || type.equals(MessageType.COMM_CLOSE);
  }

  /** What a front end's message asks the cells' thread to do. */
  void handle(Message message) {
    ObjectNode content = message.content();
    String id = content.path(ID).asText();
    Object data = Json.plain(content.path("data"));
    switch (message.type()) {
      case MessageType.COMM_OPEN -> opened(message, id, content.path(TARGET).asText(), data);
      case MessageType.COMM_CLOSE -> {
        Comm comm = open.remove(id);
        if (comm != null) {
          comm.closed.accept(data);
        }
      }
      default -> {
        Comm comm = open.get(id);
        if (comm != null) {
          comm.received.accept(data);
        }
      }
    }
  }

  private void opened(Message message, String id, String target, Object data) {
    BiConsumer<Comm, Object> known = targets.get(target);
    if (known == null) { // what the protocol asks for
      ObjectNode content = Json.object().put(ID, id);
      content.putObject("data");
      broadcasts.send(MessageType.COMM_CLOSE, message.asParent(), content);
      return;
    }
    Comm comm = new Comm(id, target);
    open.put(id, comm);
    known.accept(comm, data);
  }

  /** One connection. Its methods may be called from any thread. */
  public final class Comm {
    private final String id;
    private final String target;
    private volatile Consumer<Object> received = data -> {};
    private volatile Consumer<Object> closed = data -> {};

    Comm(String id, String target) {
      this.id = id;
      this.target = target;
    }

    public String getId() {
      return id;
    }

    /** What is done with each message of the front end; its data are maps, lists and values. */
    public void onMessage(Consumer<Object> handler) {
      received = handler;
    }

    public void onClose(Consumer<Object> handler) {
      closed = handler;
    }

    public void send(Map<String, ?> data) {
      send(MessageType.COMM_MSG, data, false);
    }

    public void close() {
      if (open.remove(id) != null) {
        send(MessageType.COMM_CLOSE, Map.of(), false);
      }
    }

    private void send(String type, @Nullable Object data, boolean withTarget) {
      ObjectNode content = Json.object().put(ID, id);
      if (withTarget) {
        content.put(TARGET, target);
      }
      content.set("data", Json.tree(data));
      broadcasts.send(type, content);
    }

    @Override
    public String toString() {
      return "Comm " + target + " " + List.of(id);
    }
  }
}
