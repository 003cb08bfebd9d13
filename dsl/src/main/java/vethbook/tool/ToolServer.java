package vethbook.tool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.ListeningPorts;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/** Starts the servers of tools, and waits until they serve. */
final class ToolServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 5;

  private ToolServer() {}

  /**
   * Starts a server and waits until it listens on its TCP port.
   *
   * @throws ExperimentException when another program listens there, or it ends at once
   */
  static RunningProcess listening(Command command, NetnsHandle netns, int port) {
    requireFree(command, netns, port);
    RunningProcess server = command.start();
    await(server, command, netns, () -> ListeningPorts.of(netns).contains(port));
    return server;
  }

  /** The same of a UDP port. */
  static RunningProcess bound(Command command, NetnsHandle netns, int port) {
    if (ListeningPorts.udp(netns).contains(port)) {
      throw taken(command, netns, "UDP", port);
    }
    RunningProcess server = command.start();
    await(server, command, netns, () -> ListeningPorts.udp(netns).contains(port));
    return server;
  }

  private static void requireFree(Command command, NetnsHandle netns, int port) {
    if (ListeningPorts.of(netns).contains(port)) {
      throw taken(command, netns, "TCP", port);
    }
  }

  private static ExperimentException taken(
      Command command, NetnsHandle netns, String protocol, int port) {
    return new ExperimentException(
        "Cannot start '%s' in %s".formatted(command, netns),
        null,
        "another program listens on %s port %d there".formatted(protocol, port),
        "stop it, or say another port: %d".formatted(port + 1),
        null);
  }

  /** Seconds as tools take them that know whole ones only. */
  static long wholeSeconds(String tool, Duration time) {
    if (time.toMillis() < 1000 || time.toMillis() % 1000 != 0) {
      throw new ExperimentException(
          "Cannot run %s for %d ms".formatted(tool, time.toMillis()),
          tool,
          "it runs for whole seconds, 1 or more",
          "say time: 1.seconds",
          null);
    }
    return time.toSeconds();
  }

  private static void await(
      RunningProcess server, Command command, NetnsHandle netns, BooleanSupplier serves) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!serves.getAsBoolean()) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        server.close();
        String said = (server.err() + server.out()).strip();
        throw new ExperimentException(
            "Cannot start '%s' in %s".formatted(command, netns),
            command.argv().get(0),
            said.isEmpty() ? "printed nothing" : lastLines(said),
            next(said),
            null);
      }
      pause(server, command);
    }
  }

  private static void pause(RunningProcess server, Command command) {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted: ended '" + command + "'");
    }
  }

  private static String lastLines(String said) {
    String[] lines = said.split("\n");
    int from = Math.max(0, lines.length - 5);
    return String.join("\n        ", java.util.Arrays.copyOfRange(lines, from, lines.length));
  }

  private static @Nullable String next(String said) {
    return said.contains("in use")
        ? "another server runs there: stop it, or say another port:"
        : null;
  }

  /**
   * Makes sure that somebody answers at a TCP port, because some clients wait for minutes or for
   * ever where nobody does.
   *
   * @param what cannot be done otherwise, to follow "Cannot"
   */
  static void requireAnswer(Ends ends, int port, String what) {
    InetSocketAddress address = new InetSocketAddress(ends.address(), port);
    String answer =
        ends.client()
            .call(
                () -> {
                  try (Socket socket = new Socket()) {
                    socket.connect(address, Math.toIntExact(ANSWER_LIMIT.toMillis()));
                    return "";
                  } catch (IOException e) {
                    return String.valueOf(e.getMessage());
                  }
                });
    if (!answer.isEmpty()) {
      throw new ExperimentException(
          "Cannot %s: nobody answers at TCP port %d".formatted(what, port),
          "linux",
          answer,
          "diagnose from: ..., to: ... finds out where packets get lost",
          null);
    }
  }
}
