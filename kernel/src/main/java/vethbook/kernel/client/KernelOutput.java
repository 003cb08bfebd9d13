package vethbook.kernel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.CellError;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.session.OutputSink;

/** Reads what a kernel broadcasts, and passes on what a cell shows. */
final class KernelOutput {
  private final OutputSink sink;

  KernelOutput(OutputSink sink) {
    this.sink = sink;
  }

  /** Passes on a broadcast; true when it says that the kernel is idle again. */
  boolean show(Message message) {
    ObjectNode content = message.content();
    JsonNode id = content.path("transient").path("display_id");
    switch (message.type()) {
      case MessageType.STREAM ->
          sink.stream(content.path("name").asText(), content.path("text").asText());
      case MessageType.DISPLAY_DATA ->
          sink.display(bundle(content), id.isTextual() ? id.asText() : null);
      case MessageType.UPDATE_DISPLAY_DATA -> sink.update(bundle(content), id.asText());
      case MessageType.EXECUTE_RESULT ->
          sink.result(content.path("execution_count").asInt(), bundle(content));
      case MessageType.CLEAR_OUTPUT -> sink.clear(content.path("wait").asBoolean());
      case MessageType.ERROR -> sink.error(cellError(content));
      case MessageType.STATUS -> {
        return content.path("execution_state").asText().equals("idle");
      }
      default -> {
        // comms, which move widgets in a browser; their displays have a text for other places
      }
    }
    return false;
  }

  /** Shows an error that the kernel could not tell itself. */
  CellError error(String name, List<String> lines) {
    CellError error = new CellError(name, lines.get(0), lines);
    sink.error(error);
    return error;
  }

  /** What the answer to a cell says; null when it ended well. */
  static @Nullable CellError error(ObjectNode reply) {
    return switch (reply.path("status").asText()) {
      case "ok" -> null;
      case "error" -> cellError(reply);
      default -> new CellError("Aborted", "The kernel did not run the cell.", List.of());
    };
  }

  private static CellError cellError(ObjectNode content) {
    List<String> traceback = new ArrayList<>();
    content.path("traceback").forEach(lines -> traceback.add(lines.asText()));
    return new CellError(
        content.path("ename").asText(), content.path("evalue").asText(), traceback);
  }

  private static MimeBundle bundle(ObjectNode content) {
    return new MimeBundle(plain(content.path("data")), plain(content.path("metadata")));
  }

  private static Map<String, Object> plain(JsonNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : node.properties()) {
      Object value = Json.plain(one.getValue());
      if (value != null) {
        map.put(one.getKey(), value);
      }
    }
    return map;
  }
}
