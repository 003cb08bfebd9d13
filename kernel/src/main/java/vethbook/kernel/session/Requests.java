package vethbook.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import vethbook.extension.MimeBundle;
import vethbook.extension.Suggestion;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.Language.Completeness;
import vethbook.kernel.language.Language.Completions;
import vethbook.kernel.protocol.Header;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;

/**
 * Answers requests, one at a time.
 *
 * @see "https://jupyter-client.readthedocs.io/en/stable/messaging.html"
 */
final class Requests implements AutoCloseable {
  private final Supplier<Engine> engines;
  private final Language.Info language;
  private final Broadcasts broadcasts;
  private final Questions questions;
  private final String session;
  private final String version;
  private final History history = new History(HistoryFile.ofUser());
  private final Comms comms;
  private int count;

  /**
   * @param engines answers with the engine, and waits until there is one
   * @param language of cells that say none
   */
  Requests(
      Supplier<Engine> engines,
      Language.Info language,
      Broadcasts broadcasts,
      Questions questions,
      String session,
      String version) {
    this.engines = engines;
    this.language = language;
    this.broadcasts = broadcasts;
    comms = new Comms(broadcasts);
    this.questions = questions;
    this.session = session;
    this.version = version;
  }

  Comms comms() {
    return comms;
  }

  private Engine engine() {
    return engines.get();
  }

  /**
   * Answers one request between a busy and an idle status.
   *
   * @param cancelWaiting called before the answer when the cells that wait behind it are not to run
   */
  void handle(Message message, Consumer<Message> reply, Runnable cancelWaiting) {
    ObjectNode parent = message.asParent();
    broadcasts.status("busy", parent);
    try {
      if (Comms.isComm(message.type())) {
        broadcasts.answering(parent);
        engine().perform(() -> comms.handle(message));
      } else if (MessageType.isRequest(message.type())) {
        ObjectNode content = content(message);
        if (stopsOthers(message, content)) {
          cancelWaiting.run();
        }
        reply.accept(message.reply(MessageType.replyTo(message.type()), session, content));
      }
    } finally {
      broadcasts.status("idle", parent);
    }
  }

  private static boolean stopsOthers(Message message, ObjectNode answer) {
    return message.type().equals(MessageType.EXECUTE_REQUEST)
        && answer.path("status").asText().equals("error")
        && message.content().path("stop_on_error").asBoolean(true);
  }

  private ObjectNode content(Message message) {
    ObjectNode asked = message.content();
    String code = asked.path("code").asText("");
    return switch (message.type()) {
      case MessageType.KERNEL_INFO_REQUEST -> info();
      case MessageType.EXECUTE_REQUEST -> execute(message);
      case MessageType.IS_COMPLETE_REQUEST -> isComplete(code);
      case MessageType.COMPLETE_REQUEST -> complete(code, cursor(asked, code));
      case MessageType.INSPECT_REQUEST -> inspect(asked, code);
      case MessageType.HISTORY_REQUEST -> history.reply(asked);
      case MessageType.COMM_INFO_REQUEST -> comms.info(asked);
      case MessageType.DEBUG_REQUEST -> noDebugger(asked);
      default -> unknown(message.type());
    };
  }

  private static ObjectNode unknown(String type) {
    ObjectNode content = Json.object().put("status", "error").put("ename", "UnknownRequest");
    content.put("evalue", "this kernel does not know " + type);
    content.putArray("traceback");
    return content;
  }

  /** As the Debug Adapter Protocol says no. */
  private static ObjectNode noDebugger(ObjectNode asked) {
    return unknown(MessageType.DEBUG_REQUEST)
        .put("type", "response")
        .put("request_seq", asked.path("seq").asInt())
        .put("success", false)
        .put("command", asked.path("command").asText())
        .put("message", "this kernel has no debugger");
  }

  /** Jupyter counts characters, Java UTF-16 units; they differ beyond the basic plane. */
  private static int cursor(ObjectNode asked, String code) {
    int characters = asked.path("cursor_pos").asInt(code.length());
    int all = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.max(0, Math.min(characters, all)));
  }

  private static int characters(String code, int offset) {
    return code.codePointCount(0, offset);
  }

  private ObjectNode info() {
    ObjectNode content = KernelServer.ok();
    content.put("protocol_version", Header.PROTOCOL_VERSION);
    content.put("implementation", "vethbook").put("implementation_version", version);
    content.put(
        "banner",
        "Vethbook %s, %s %s".formatted(version, title(language.name()), language.version()));
    content.put("debugger", false);
    content.putArray("supported_features"); // neither a debugger nor subshells
    content.putArray("help_links");
    content
        .putObject("language_info")
        .put("name", language.name())
        .put("version", language.version())
        .put("mimetype", language.mimeType())
        .put("file_extension", language.fileExtension())
        .put("pygments_lexer", language.name())
        .put("codemirror_mode", language.mimeType()) // Java has no mode of its name
        .put("nbconvert_exporter", "script");
    return content;
  }

  private static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private ObjectNode execute(Message message) {
    ObjectNode asked = message.content();
    String code = asked.path("code").asText("");
    boolean silent = asked.path("silent").asBoolean(false);
    boolean counts = !silent && asked.path("store_history").asBoolean(true);
    if (counts) {
      count++;
    }
    int number = Math.max(1, count);
    engine().flush(); // what other threads have printed belongs to the cell before
    broadcasts.answering(message.asParent());
    questions.answering(message);
    if (!silent) {
      ObjectNode input = Json.object().put("code", code).put("execution_count", number);
      broadcasts.send(MessageType.EXECUTE_INPUT, message.asParent(), input);
    }
    Engine.Outcome outcome = engine().execute(code, number, silent);
    CellError error = outcome.error();
    if (counts) {
      history.add(number, code, outcome.result());
    }
    ObjectNode content =
        error == null
            ? KernelServer.ok()
            : Json.object().put("status", "error").setAll(Broadcasts.content(error));
    content.put("execution_count", number);
    if (error == null) {
      content.putArray("payload");
      content.set("user_expressions", expressions(asked.path("user_expressions")));
    }
    return content;
  }

  private ObjectNode expressions(JsonNode asked) {
    ObjectNode answers = Json.object();
    for (Iterator<Map.Entry<String, JsonNode>> all = asked.properties().iterator();
        all.hasNext(); ) {
      Map.Entry<String, JsonNode> each = all.next();
      answers.set(each.getKey(), expression(each.getValue().asText()));
    }
    return answers;
  }

  private ObjectNode expression(String text) {
    try {
      MimeBundle bundle = engine().evaluate(text);
      ObjectNode answer = KernelServer.ok();
      answer.set("data", Json.tree(bundle.data()));
      answer.set("metadata", Json.tree(bundle.metadata()));
      return answer;
    } catch (Exception e) {
      CellError error = engine().language().explain(e);
      return Json.object().put("status", "error").setAll(Broadcasts.content(error));
    }
  }

  /** The answer to a cell that was queued behind one that failed. */
  ObjectNode aborted() {
    return Json.object().put("status", "aborted").put("execution_count", count);
  }

  private ObjectNode isComplete(String code) {
    Completeness completeness = engine().language().completeness(code);
    ObjectNode content = Json.object().put("status", completeness.status());
    return completeness.status().equals("incomplete")
        ? content.put("indent", completeness.indent())
        : content;
  }

  private ObjectNode complete(String code, int cursor) {
    Completions completions = engine().language().complete(code, cursor);
    ObjectNode content = KernelServer.ok();
    ArrayNode matches = content.putArray("matches");
    int start = characters(code, completions.start());
    int end = characters(code, completions.end());
    content.put("cursor_start", start).put("cursor_end", end);
    ArrayNode types = content.putObject("metadata").putArray("_jupyter_types_experimental");
    for (Suggestion each : completions.matches()) {
      matches.add(each.text());
      ObjectNode type = types.addObject().put("text", each.text()).put("type", each.kind());
      type.put("start", start).put("end", end).put("signature", each.detail());
    }
    return content;
  }

  private ObjectNode inspect(ObjectNode asked, String code) {
    boolean detailed = asked.path("detail_level").asInt(0) > 0;
    Optional<MimeBundle> known = engine().language().inspect(code, cursor(asked, code), detailed);
    ObjectNode content = KernelServer.ok().put("found", known.isPresent());
    content.set("data", known.map(each -> Json.tree(each.data())).orElseGet(Json::object));
    content.putObject("metadata");
    return content;
  }

  @Override
  public void close() {
    history.close();
  }
}
