package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.MalformedMessageException;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Waker;

/** The stdin channel: asks the front end that sent the running cell, and waits for the answer. */
final class Questions {
  private record Question(@Nullable Message request, CompletableFuture<String> answer) {}

  private final String session;
  private final BlockingQueue<Question> queue = new LinkedBlockingQueue<>();
  private volatile @Nullable Message cell;
  private volatile @Nullable Waker waker;

  Questions(String session) {
    this.session = session;
  }

  /** What is asked from now on goes to the sender of this request, if it allows questions. */
  void answering(Message request) {
    cell = request.content().path("allow_stdin").asBoolean(false) ? request : null;
  }

  /**
   * Asks the person for one line; called by the cell's thread.
   *
   * @param password whether what is typed is hidden
   * @throws InputRefusedException if the front end allows no questions
   * @throws InterruptedException if the cell is interrupted while it waits
   */
  String ask(String prompt, boolean password) throws InterruptedException {
    Message asking = cell;
    if (asking == null) {
      throw new InputRefusedException(prompt);
    }
    ObjectNode content = Json.object().put("prompt", prompt).put("password", password);
    Message request = asking.reply(MessageType.INPUT_REQUEST, session, content);
    Question question = new Question(request, new CompletableFuture<>());
    queue.add(question);
    try {
      return question.answer().get();
    } catch (InterruptedException e) {
      question.answer().cancel(false);
      wake();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the question was not asked", e);
    }
  }

  /** Asks and listens until {@link #end}; the only user of the socket. */
  void serve(MessageSocket socket, Waker bell) {
    waker = bell;
    try {
      for (Question next = queue.take(); next.request() != null; next = queue.take()) {
        forgetLateAnswers(socket);
        socket.send(next.request());
        awaitAnswer(socket, bell, next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void end() {
    queue.add(new Question(null, new CompletableFuture<>()));
    wake();
  }

  private void wake() {
    Waker bell = waker;
    if (bell != null) {
      bell.wake();
    }
  }

  private static void awaitAnswer(MessageSocket socket, Waker bell, Question question) {
    while (!question.answer().isDone()) {
      bell.await();
      Message message = receive(socket, 0);
      if (message != null && message.type().equals(MessageType.INPUT_REPLY)) {
        question.answer().complete(message.content().path("value").asText(""));
      }
    }
  }

  private static void forgetLateAnswers(MessageSocket socket) {
    Message late;
    do {
      late = receive(socket, 0);
    } while (late != null);
  }

  private static @Nullable Message receive(MessageSocket socket, int limit) {
    try {
      return socket.receive(limit);
    } catch (MalformedMessageException e) {
      KernelServer.log("dropped a message: " + e.getMessage());
      return null;
    }
  }
}
