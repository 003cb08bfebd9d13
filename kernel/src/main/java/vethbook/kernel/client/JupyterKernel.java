package vethbook.kernel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import vethbook.kernel.language.CellError;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.MalformedMessageException;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Wire;
import vethbook.kernel.session.OutputSink;

/**
 * A kernel in a process of its own, and the cells it runs. All methods but {@link #interrupt}
 * belong to the thread that has started it.
 */
public final class JupyterKernel implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int STEP_MILLIS = 100;
  private static final int STEPS_BETWEEN_GREETINGS = 10;

  /** How long broadcasts may stay away behind the answer, in steps; nbclient waits as long. */
  private static final int STEPS_BEHIND_ANSWER = 40;

  private final Kernelspec spec;
  private final KernelOutput output;
  private final String session = UUID.randomUUID().toString();
  private final KernelProcess process;
  private final ZMQ.Context context = ZMQ.context(1);
  private final MessageSocket shell;
  private final MessageSocket control;
  private final MessageSocket iopub;
  private final AtomicInteger interrupts = new AtomicInteger();
  private ObjectNode languageInfo = Json.object();

  private JupyterKernel(Kernelspec spec, KernelProcess process, OutputSink sink) {
    this.spec = spec;
    this.process = process;
    output = new KernelOutput(sink);
    ConnectionFile file = process.connection();
    Wire wire;
    try {
      wire = new Wire(new Signer(file.signatureScheme(), file.key()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
    shell = connect(SocketType.DEALER, file.endpoint(file.shellPort()), wire);
    control = connect(SocketType.DEALER, file.endpoint(file.controlPort()), wire);
    iopub = connect(SocketType.SUB, file.endpoint(file.iopubPort()), wire);
  }

  private MessageSocket connect(SocketType type, String endpoint, Wire wire) {
    return MessageSocket.connect(context, type, endpoint, session, wire);
  }

  /**
   * Starts one.
   *
   * @param folder its working directory
   * @param sink where its cells' output goes
   * @param isUnwanted asked while it starts; true gives up
   * @throws IOException if it does not answer within a minute, or ends; the text says what it said
   */
  public static JupyterKernel start(
      Kernelspec spec, Path folder, OutputSink sink, BooleanSupplier isUnwanted)
      throws IOException {
    KernelProcess process = KernelProcess.start(spec, folder);
    JupyterKernel kernel = new JupyterKernel(spec, process, sink);
    try {
      kernel.greet(isUnwanted);
      process.deleteConnectionFile();
      return kernel;
    } catch (IOException e) {
      process.kill();
      kernel.close();
      throw e;
    }
  }

  /** Asks until an answer comes, and a broadcast: from then on none is missed. */
  private void greet(BooleanSupplier isUnwanted) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    boolean hasAnswered = false;
    while (System.nanoTime() < deadline) {
      Message request = send(shell, MessageType.KERNEL_INFO_REQUEST, Json.object());
      for (int i = 0; i < STEPS_BETWEEN_GREETINGS; i++) {
        Message reply = receive(shell, hasAnswered ? 0 : STEP_MILLIS);
        if (reply != null && reply.content().path("language_info") instanceof ObjectNode info) {
          languageInfo = info;
          hasAnswered = true;
        }
        Message heard = receive(iopub, hasAnswered ? STEP_MILLIS : 0);
        if (hasAnswered && heard != null && isFor(heard, request)) {
          return;
        }
        if (!process.isAlive()) {
          throw new IOException(process.end());
        }
        if (isUnwanted.getAsBoolean()) {
          throw new IOException("It was stopped while it started.");
        }
      }
    }
    throw new IOException(
        "It did not answer within " + START_LIMIT.toSeconds() + " s" + process.lastWords());
  }

  /** What it says of its language, for the notebook's metadata. */
  public ObjectNode languageInfo() {
    return languageInfo.deepCopy();
  }

  private Message send(MessageSocket socket, String type, ObjectNode content) {
    Message request = Message.request(type, session, content);
    socket.send(request);
    return request;
  }

  /** The next acceptable message; null when none came in time. */
  private static @Nullable Message receive(MessageSocket socket, int limit) {
    try {
      return socket.receive(limit);
    } catch (MalformedMessageException e) {
      return null; // not signed with our key: it is none of ours
    }
  }

  private static boolean isFor(Message message, Message request) {
    return message.parent().path("msg_id").asText().equals(request.header().id());
  }

  /**
   * Runs a cell to its end, which is the answer to it and what was broadcast before that.
   *
   * @return its error; null when it ended well
   */
  public @Nullable CellError execute(String code) {
    ObjectNode content = Json.object().put("code", code).put("silent", false);
    content.put("store_history", true).put("allow_stdin", false).put("stop_on_error", true);
    content.putObject("user_expressions");
    Message request = send(shell, MessageType.EXECUTE_REQUEST, content);
    int sent = 0;
    int patience = STEPS_BEHIND_ANSWER;
    boolean isIdle = false;
    Message reply = null;
    try {
      while (reply == null || (!isIdle && patience > 0)) {
        Message heard = receive(iopub, isIdle ? 0 : STEP_MILLIS);
        if (heard != null) {
          // also what threads of earlier cells print now
          isIdle |= output.show(heard) && isFor(heard, request);
          continue;
        }
        if (reply != null) {
          patience--;
          continue;
        }
        Message answer = receive(shell, isIdle ? STEP_MILLIS : 0);
        reply = answer != null && isFor(answer, request) ? answer : null;
        if (reply == null && !process.isAlive()) {
          return died(process.end());
        }
        int wanted = interrupts.get();
        if (wanted > sent && sent > 0) {
          process.kill();
          return died("It did not end the cell when it was interrupted, and was killed.");
        }
        if (wanted > sent) {
          sent = wanted;
          sendInterrupt();
        }
      }
    } finally {
      interrupts.set(0);
    }
    return KernelOutput.error(reply.content());
  }

  private CellError died(String how) {
    List<String> lines = new ArrayList<>(List.of("The kernel " + spec.name() + " is gone."));
    how.lines().forEach(lines::add);
    return output.error("DeadKernelError", lines);
  }

  private void sendInterrupt() {
    if (spec.isInterruptedByMessage()) {
      send(control, MessageType.INTERRUPT_REQUEST, Json.object());
      return;
    }
    try {
      process.interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Interrupts the running cell; said again, it ends the kernel. Any thread may. */
  public void interrupt() {
    interrupts.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      send(control, MessageType.SHUTDOWN_REQUEST, Json.object().put("restart", false));
    }
    try {
      process.close();
    } finally {
      shell.close();
      control.close();
      iopub.close();
      context.term();
    }
  }
}
