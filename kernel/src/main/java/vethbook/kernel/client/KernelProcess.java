package vethbook.kernel.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import vethbook.kernel.protocol.ConnectionFile;

/** A kernel's process, the file that tells it where to listen, and what it says by itself. */
final class KernelProcess implements AutoCloseable {
  private static final int PORTS = 5;
  private static final int PATIENCE_SECONDS = 5;
  private static final int SHOWN_LINES = 8;
  private static final int READ_BYTES = 8192;

  private final Process process;
  private final ConnectionFile connection;
  private final Path file;
  private final Path log;

  private KernelProcess(Process process, ConnectionFile connection, Path file, Path log) {
    this.process = process;
    this.connection = connection;
    this.file = file;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder its working directory
   */
  static KernelProcess start(Kernelspec spec, Path folder) throws IOException {
    ConnectionFile connection = onFreePorts();
    Path file = Files.createTempFile("vethbook-kernel-", ".json"); // readable for its owner alone
    Path log = Files.createTempFile("vethbook-kernel-", ".log");
    try {
      Files.writeString(file, connection.toJson().toString());
      List<String> command =
          new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "--"));
      command.addAll(spec.command(file));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(spec.environment());
      return new KernelProcess(builder.start(), connection, file, log);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(log);
      throw e;
    }
  }

  private static ConnectionFile onFreePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      for (int i = 0; i < PORTS; i++) {
        held.add(new ServerSocket(0, 1, loopback));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      return new ConnectionFile(
          "tcp",
          loopback.getHostAddress(),
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

  ConnectionFile connection() {
    return connection;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it has ended, and what it said last. */
  String end() {
    return "It ended with exit status " + process.exitValue() + lastWords();
  }

  /** The kernel has read it: its key need not lie about any longer. */
  void deleteConnectionFile() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The last lines that the process itself has written, for the end of a sentence. */
  String lastWords() {
    String said;
    try (RandomAccessFile written = new RandomAccessFile(log.toFile(), "r")) {
      byte[] last = new byte[(int) Math.min(READ_BYTES, written.length())];
      written.seek(written.length() - last.length);
      written.readFully(last);
      said = new String(last, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "; its log cannot be read: " + e.getMessage();
    }
    List<String> lines = said.lines().toList();
    return said.isEmpty()
        ? "."
        : "; it said:\n"
            + String.join(
                "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /**
   * Sends SIGINT to it and to what cells have started, as Ctrl-C would; by the shell's own word,
   * because not every machine has the program.
   *
   * @throws IOException if it could not be sent; not if the kernel had ended before
   */
  void interrupt() throws IOException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -INT -" + process.pid())
            .redirectErrorStream(true)
            .start();
    String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (kill.waitFor() != 0 && isAlive()) {
        throw new IOException("Cannot interrupt kernel process " + process.pid() + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends it, some seconds after it was asked to end; and what it has started. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> started = process.descendants().toList();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
      Files.deleteIfExists(file);
      Files.deleteIfExists(log);
    }
  }
}
