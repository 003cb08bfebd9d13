package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import vethbook.extension.Extension;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.MalformedMessageException;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageSocket;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Wire;

/**
 * A kernel and a front end in one process, which ask and answer what people do first: for the JVM
 * to note which classes that takes.
 */
public final class Rehearsal {
  private static final int LIMIT_MILLIS = 30_000;
  private static final int CHANNELS = 5;

  private Rehearsal() {}

  /**
   * Plays the beginning of a session.
   *
   * @param cells run one after the other
   * @throws IOException if no free ports are left, or the kernel does not answer
   */
  public static void play(List<Extension> extensions, String version, List<String> cells)
      throws IOException, NoSuchAlgorithmException {
    ConnectionFile file = freePorts();
    Wire wire = new Wire(new Signer(file.signatureScheme(), file.key()));
    ZMQ.Context context = ZMQ.context(1);
    try (KernelServer kernel = new KernelServer(file, extensions, version, "groovy");
        MessageSocket iopub =
            MessageSocket.connect(
                context, SocketType.SUB, file.endpoint(file.iopubPort()), "", wire);
        MessageSocket shell =
            MessageSocket.connect(
                context, SocketType.DEALER, file.endpoint(file.shellPort()), "rehearsal", wire);
        MessageSocket control =
            MessageSocket.connect(
                context, SocketType.DEALER, file.endpoint(file.controlPort()), "rehearsal", wire)) {
      iopub.receiveFrames(LIMIT_MILLIS);
      ask(shell, MessageType.KERNEL_INFO_REQUEST, Json.object());
      for (String cell : cells) {
        ask(shell, MessageType.EXECUTE_REQUEST, Json.object().put("code", cell));
      }
      ObjectNode cursor = Json.object().put("code", "prin").put("cursor_pos", 4);
      ask(shell, MessageType.COMPLETE_REQUEST, cursor);
      ask(shell, MessageType.INSPECT_REQUEST, cursor.put("code", "println"));
      ask(shell, MessageType.IS_COMPLETE_REQUEST, Json.object().put("code", "if (true) {"));
      ask(shell, MessageType.HISTORY_REQUEST, Json.object().put("n", 1));
      ask(shell, MessageType.COMM_INFO_REQUEST, Json.object());
      ask(control, MessageType.INTERRUPT_REQUEST, Json.object());
      ask(control, MessageType.SHUTDOWN_REQUEST, Json.object());
      kernel.stop();
    } catch (MalformedMessageException e) {
      throw new IOException("the kernel's answer cannot be understood", e);
    } finally {
      context.term();
    }
  }

  private static void ask(MessageSocket socket, String type, ObjectNode content)
      throws IOException, MalformedMessageException {
    socket.send(Message.request(type, "rehearsal", content));
    @Nullable Message reply = socket.receive(LIMIT_MILLIS);
    if (reply == null) {
      throw new IOException("the kernel does not answer a " + type);
    }
  }

  private static ConnectionFile freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      for (int i = 0; i < CHANNELS; i++) {
        held.add(new ServerSocket(0, 1, loopback));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      return new ConnectionFile(
          "tcp",
          "127.0.0.1",
          ports.get(0),
          ports.get(1),
          ports.get(2),
          ports.get(3),
          ports.get(4),
          "hmac-sha256",
          UUID.randomUUID().toString());
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
