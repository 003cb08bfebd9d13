package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.MalformedMessageException;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Wire;

/** A front end for tests. Used by one thread. */
final class KernelClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 60_000;

  /** What came back for one request: the reply, and all broadcasts from busy to idle. */
  record Answer(Message reply, List<Message> broadcasts) {
    List<Message> all(String type) {
      return broadcasts.stream().filter(message -> message.type().equals(type)).toList();
    }

    Message only(String type) {
      List<Message> found = all(type);
      if (found.size() != 1) {
        throw new AssertionError(found.size() + " messages of type " + type + ": " + broadcasts);
      }
      return found.get(0);
    }

    String status() {
      return reply.content().path("status").asText();
    }

    /** What was printed to a stream. */
    String printed(String stream) {
      StringBuilder text = new StringBuilder();
      for (Message message : all(MessageType.STREAM)) {
        if (message.content().path("name").asText().equals(stream)) {
          text.append(message.content().path("text").asText());
        }
      }
      return text.toString();
    }

    /** The plain text of the result. */
    String result() {
      return only(MessageType.EXECUTE_RESULT).content().path("data").path("text/plain").asText();
    }

    List<String> types() {
      return broadcasts.stream().map(Message::type).toList();
    }
  }

  private final String session = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final MessageSocket shell;
  private final MessageSocket control;
  private final MessageSocket stdin;
  private final MessageSocket iopub;
  private final MessageSocket heartbeat;
  private final Message welcome;

  KernelClient(ConnectionFile file) throws Exception {
    Wire wire = new Wire(new Signer(file.signatureScheme(), file.key()));
    shell = connect(SocketType.DEALER, file.endpoint(file.shellPort()), wire);
    control = connect(SocketType.DEALER, file.endpoint(file.controlPort()), wire);
    stdin = connect(SocketType.DEALER, file.endpoint(file.stdinPort()), wire);
    iopub = connect(SocketType.SUB, file.endpoint(file.iopubPort()), wire);
    heartbeat = connect(SocketType.REQ, file.endpoint(file.heartbeatPort()), wire);
    welcome = awaitBroadcast(MessageType.IOPUB_WELCOME);
  }

  private MessageSocket connect(SocketType type, String endpoint, Wire wire) {
    return MessageSocket.connect(context, type, endpoint, session, wire);
  }

  /** What the kernel says to a new subscriber: from here on nothing is missed. */
  Message welcome() {
    return welcome;
  }

  MessageSocket shell() {
    return shell;
  }

  MessageSocket heartbeat() {
    return heartbeat;
  }

  Message sendShell(String type, ObjectNode content) {
    return send(shell, type, content);
  }

  Message sendControl(String type, ObjectNode content) {
    return send(control, type, content);
  }

  private Message send(MessageSocket socket, String type, ObjectNode content) {
    Message request = Message.request(type, session, content);
    socket.send(request);
    return request;
  }

  Message execute(String code) {
    return sendShell(MessageType.EXECUTE_REQUEST, Json.object().put("code", code));
  }

  Answer run(String code) throws MalformedMessageException {
    return answer(execute(code));
  }

  Answer ask(String type, ObjectNode content) throws MalformedMessageException {
    return answer(sendShell(type, content));
  }

  /** Waits for both the reply and the idle status, as front ends have to. */
  Answer answer(Message request) throws MalformedMessageException {
    List<Message> broadcasts = broadcastsUntilIdle(request);
    return new Answer(receive(shell, LIMIT_MILLIS), broadcasts);
  }

  Message controlReply() throws MalformedMessageException {
    return receive(control, LIMIT_MILLIS);
  }

  /** The next broadcast of this type, whatever request it belongs to. */
  Message awaitBroadcast(String type) throws MalformedMessageException {
    while (true) {
      Message message = receive(iopub, LIMIT_MILLIS);
      if (message.type().equals(type)) {
        return message;
      }
    }
  }

  private List<Message> broadcastsUntilIdle(Message request) throws MalformedMessageException {
    List<Message> found = new ArrayList<>();
    while (true) {
      Message message = receive(iopub, LIMIT_MILLIS);
      if (!message.parent().path("msg_id").asText().equals(request.header().id())) {
        continue;
      }
      found.add(message);
      if (message.content().path("execution_state").asText().equals("idle")) {
        return found;
      }
    }
  }

  /** Reads, and forgets, what a cell prints; returns how many characters it was. */
  long printedUntilIdle(Message request) throws MalformedMessageException {
    long characters = 0;
    while (true) {
      Message message = receive(iopub, LIMIT_MILLIS);
      if (message.parent().path("msg_id").asText().equals(request.header().id())) {
        characters += message.content().path("text").asText().length();
        if (message.content().path("execution_state").asText().equals("idle")) {
          receive(shell, LIMIT_MILLIS);
          return characters;
        }
      }
    }
  }

  /** Answers the next question of a cell. */
  Message answerInput(String text) throws MalformedMessageException {
    Message question = receive(stdin, LIMIT_MILLIS);
    Message reply =
        question.reply(MessageType.INPUT_REPLY, session, Json.object().put("value", text));
    stdin.send(
        new Message(
            List.of(),
            reply.header(),
            reply.parent(),
            reply.metadata(),
            reply.content(),
            List.of()));
    return question;
  }

  /** Null when no more replies come within the time. */
  @Nullable Message replyWithin(Duration time) throws MalformedMessageException {
    return shell.receive((int) time.toMillis());
  }

  private static Message receive(MessageSocket socket, int limit) throws MalformedMessageException {
    Message message = socket.receive(limit);
    if (message == null) {
      throw new AssertionError("no message in " + limit + " ms");
    }
    return message;
  }

  @Override
  public void close() {
    shell.close();
    control.close();
    stdin.close();
    iopub.close();
    heartbeat.close();
    context.term();
  }
}
