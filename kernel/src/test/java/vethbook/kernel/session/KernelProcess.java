package vethbook.kernel.session;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vethbook.kernel.protocol.ConnectionFile;

/** A real kernel in a process of its own, as a front end starts it. */
final class KernelProcess implements AutoCloseable {
  private static final List<String> QUICK_START =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:SoftRefLRUPolicyMSPerMB=0", // so that the heap's size is what is in use
          "-XX:MarkSweepDeadRatio=0");

  private final Process process;
  private final ConnectionFile connection;
  private final Path log;

  private KernelProcess(Process process, ConnectionFile connection, Path log) {
    this.process = process;
    this.connection = connection;
    this.log = log;
  }

  /**
   * Starts a kernel.
   *
   * @param directory for the connection file and the kernel's log
   */
  static KernelProcess start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  /** Starts a kernel with some more variables in its environment. */
  static KernelProcess start(Path directory, Map<String, String> environment) throws IOException {
    return start(directory, environment, "groovy");
  }

  /** Starts a kernel whose cells are written in this language. */
  static KernelProcess start(Path directory, Map<String, String> environment, String language)
      throws IOException {
    ConnectionFile connection = freePorts();
    Path file = Files.writeString(directory.resolve("kernel.json"), connection.toJson().toString());
    Path log = directory.resolve("kernel.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(file, language))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("XDG_DATA_HOME", directory.resolve("data").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new KernelProcess(process, connection, log);
  }

  /** What starts a kernel, on the Java that runs the tests. */
  static List<String> command(Path connectionFile, String language) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(QUICK_START);
    command.addAll(program());
    command.addAll(List.of("kernel", "--language=" + language, connectionFile.toString()));
    return command;
  }

  /** The jar that people run where the build names it, else the same classes. */
  private static List<String> program() {
    String jar = System.getProperty("vethbook.jar", "");
    return jar.isEmpty()
        ? List.of("-cp", System.getProperty("java.class.path"), "vethbook.kernel.Vethbook")
        : List.of("-jar", jar);
  }

  private static ConnectionFile freePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        held.add(new ServerSocket(0));
      }
      return new ConnectionFile(
          "tcp",
          "127.0.0.1",
          held.get(0).getLocalPort(),
          held.get(1).getLocalPort(),
          held.get(2).getLocalPort(),
          held.get(3).getLocalPort(),
          held.get(4).getLocalPort(),
          "hmac-sha256",
          "a test's key");
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  ConnectionFile connection() {
    return connection;
  }

  boolean endsWithin(int seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What the kernel itself wrote, not its cells. */
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
