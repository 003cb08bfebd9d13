package vethbook.dsl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;

/** A TCP server in a namespace that tells each client who it is and by which address it sees it. */
final class Greeter implements AutoCloseable {
  private static final int LIMIT_MILLISECONDS = 1_500;

  private final ServerSocket socket;
  private final String name;

  Greeter(Netns netns, int port) {
    name = netns.name();
    socket = netns.handle().call(() -> new ServerSocket(port));
    Thread thread = new Thread(this::serve, "greeter " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        String seen = Cidr.text(client.getInetAddress());
        client
            .getOutputStream()
            .write((name + " sees " + seen + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** What a server says to a client in the namespace; {@code refused} or {@code no answer}. */
  static String ask(Netns from, String address, int port) {
    return from.handle()
        .call(
            () -> {
              try (Socket client = new Socket()) {
                client.connect(
                    new InetSocketAddress(Cidr.parseAddress(address), port), LIMIT_MILLISECONDS);
                client.setSoTimeout(LIMIT_MILLISECONDS);
                return new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
              } catch (ConnectException e) {
                return "refused";
              } catch (SocketTimeoutException e) {
                return "no answer";
              }
            });
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
