package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import vethbook.extension.Extension;
import vethbook.kernel.language.groovy.GroovyLanguage;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.MalformedMessageException;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Waker;
import vethbook.kernel.protocol.Wire;

/**
 * A kernel that front ends can reach: five ZeroMQ channels, each on a thread of its own that alone
 * touches its socket, and an {@link Engine} that runs the cells.
 */
public final class KernelServer implements AutoCloseable {
  private static final int NEXT_QUEUED_MILLIS = 5;
  private static final int MOST_DROPPED_IN_A_ROW = 100;

  private static volatile PrintStream log =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private final String session = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final Broadcasts broadcasts;
  private final Questions questions = new Questions(session);
  private final CompletableFuture<Engine> engine = new CompletableFuture<>();
  private final Requests requests;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread iopub;

  /**
   * Binds the channels and starts to answer.
   *
   * @param language of cells that say none: groovy or java
   * @throws NoSuchAlgorithmException if the connection file asks for an unknown signature scheme
   * @throws ZMQException if a port is taken
   */
  public KernelServer(
      ConnectionFile file, List<Extension> extensions, String version, String language)
      throws NoSuchAlgorithmException {
    background("compiler's beginning", GroovyLanguage::warmUp);
    Wire wire = new Wire(new Signer(file.signatureScheme(), file.key()));
    // first: a front end that reaches the shell before it would miss the first cell's outputs
    MessageSocket publisher =
        MessageSocket.bindPublisher(context, file.endpoint(file.iopubPort()), wire);
    MessageSocket shell = bind(SocketType.ROUTER, file.endpoint(file.shellPort()), wire);
    MessageSocket control = bind(SocketType.ROUTER, file.endpoint(file.controlPort()), wire);
    MessageSocket stdin = bind(SocketType.ROUTER, file.endpoint(file.stdinPort()), wire);
    MessageSocket heartbeat = bind(SocketType.REP, file.endpoint(file.heartbeatPort()), wire);
    broadcasts = new Broadcasts(session, wire);
    requests =
        new Requests(
            this::engine,
            NotebookLanguages.info(language),
            broadcasts,
            questions,
            session,
            version);
    iopub = start("iopub", woken(publisher, broadcasts::serve), publisher);
    broadcasts.status("starting", Json.object());
    start("heartbeat", () -> echo(heartbeat), heartbeat);
    start("stdin", woken(stdin, questions::serve), stdin);
    start("control", () -> serve(control, message -> control(control, message)), control);
    start("shell", () -> serve(shell, message -> shell(shell, message)), shell);
    // a front end waits for the answer about the kernel; Groovy and the DSLs take longer than that
    background("engine's beginning", () -> begin(extensions, language));
  }

  private static void background(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("CatchingUnchecked") // await() throws it
  private void begin(List<Extension> extensions, String language) {
    try {
      Engine begun = new Engine(extensions, broadcasts, title(), language);
      begun.askThrough(questions::ask);
      begun.captureChildOutput();
      begun.define("comms", requests.comms());
      engine.complete(begun);
    } catch (Throwable e) {
      engine.completeExceptionally(e);
      stopped.countDown();
    }
  }

  private Engine engine() {
    return engine.join();
  }

  private MessageSocket bind(SocketType type, String endpoint, Wire wire) {
    return MessageSocket.bind(context, type, endpoint, wire);
  }

  /** The notebook's name, which Jupyter's server gives its kernels. */
  private static String title() {
    String session = System.getenv("JPY_SESSION_NAME");
    return session == null || session.isEmpty()
        ? "notebook"
        : session.substring(session.lastIndexOf('/') + 1);
  }

  /**
   * Waits until a front end has asked for the end.
   *
   * @throws RuntimeException why the languages or the DSLs could not be started
   */
  public void await() throws InterruptedException {
    stopped.await();
    try {
      engine.getNow(null);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Ends the wait of {@link #await}: nobody is there any more who could ask for the end. */
  public void stop() {
    stopped.countDown();
  }

  /** Stops the running cell, as the Stop button does. */
  public void interrupt() {
    engine().interrupt();
  }

  /** What a thread does that has two things to wait for: its socket, and others' wishes. */
  private static Runnable woken(MessageSocket socket, BiConsumer<MessageSocket, Waker> task) {
    return () -> {
      try (Waker bell = new Waker(socket)) {
        task.accept(socket, bell);
      }
    };
  }

  private Thread start(String name, Runnable task, MessageSocket socket) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (ZMQException e) {
                if (e.getErrorCode() != zmq.ZError.ETERM) {
                  log(name + " channel ended: " + e);
                }
              } finally {
                socket.close();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void echo(MessageSocket heartbeat) {
    while (true) {
      List<byte[]> frames = heartbeat.receiveFrames(-1);
      if (frames != null) {
        heartbeat.sendFrames(frames);
      }
    }
  }

  /** What a channel does with one message. */
  private interface Handler {
    void handle(Message message);
  }

  private void serve(MessageSocket socket, Handler handler) {
    while (!closed.get()) {
      Message message = receive(socket, -1);
      if (message != null) {
        guarded(handler, message);
      }
    }
  }

  /** A request that cannot be handled costs its sender the answer, and nobody else anything. */
  @SuppressWarnings("CatchingUnchecked")
  private void guarded(Handler handler, Message message) {
    try {
      handler.handle(message);
    } catch (ZMQException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      log("cannot handle " + message.type() + ": " + e);
      broadcasts.status("idle", message.asParent());
    }
  }

  private @Nullable Message receive(MessageSocket socket, int limit) {
    try {
      return socket.receive(limit);
    } catch (MalformedMessageException e) {
      log("dropped a message: " + e.getMessage());
      return null;
    }
  }

  private void shell(MessageSocket socket, Message message) {
    List<Message> waiting = new ArrayList<>();
    requests.handle(message, socket::send, () -> waiting.addAll(queued(socket)));
    for (Message next : waiting) {
      if (next.type().equals(MessageType.EXECUTE_REQUEST)) {
        broadcasts.status("busy", next.asParent());
        socket.send(next.reply("execute_reply", session, requests.aborted()));
        broadcasts.status("idle", next.asParent());
      } else {
        guarded(request -> requests.handle(request, socket::send, () -> {}), next);
      }
    }
  }

  /**
   * What waits behind a cell that failed (stop_on_error). It is taken before the sender learns of
   * the failure: what it sends in answer to that is to be run.
   */
  private List<Message> queued(MessageSocket socket) {
    List<Message> waiting = new ArrayList<>();
    int dropped = 0;
    while (dropped < MOST_DROPPED_IN_A_ROW) {
      try {
        Message next = socket.receive(NEXT_QUEUED_MILLIS);
        if (next == null) {
          break;
        }
        waiting.add(next);
      } catch (MalformedMessageException e) {
        log("dropped a message: " + e.getMessage());
        dropped++;
      }
    }
    return waiting;
  }

  private void control(MessageSocket socket, Message message) {
    switch (message.type()) {
      case MessageType.INTERRUPT_REQUEST -> {
        broadcasts.status("busy", message.asParent());
        engine().interrupt();
        socket.send(message.reply("interrupt_reply", session, ok()));
        broadcasts.status("idle", message.asParent());
      }
      case MessageType.SHUTDOWN_REQUEST -> shutDown(socket, message);
      default -> requests.handle(message, socket::send, () -> {});
    }
  }

  private void shutDown(MessageSocket socket, Message message) {
    broadcasts.status("busy", message.asParent());
    ObjectNode content = ok().put("restart", message.content().path("restart").asBoolean());
    engine().close();
    socket.send(message.reply(MessageType.SHUTDOWN_REPLY, session, content));
    broadcasts.send(MessageType.SHUTDOWN_REPLY, message.asParent(), content);
    broadcasts.status("idle", message.asParent());
    closed.set(true);
    stopped.countDown();
  }

  static ObjectNode ok() {
    return Json.object().put("status", "ok");
  }

  /** The process's own error stream, not the cells': it ends up in the Jupyter server's log. */
  static void log(String line) {
    log.println("vethbook kernel: " + line);
  }

  static void logTo(OutputStream stream) {
    log = new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** Ends the cells, the DSLs and the channels; messages that wait are sent first. */
  @Override
  public void close() {
    closed.set(true);
    if (!engine.isCompletedExceptionally()) {
      engine().close();
    }
    requests.close();
    questions.end();
    broadcasts.end();
    try {
      iopub.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.term();
  }
}
