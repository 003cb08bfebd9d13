package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.tool.NetperfTest;
import vethbook.tool.TrafficPlan;

/**
 * TCP_STREAM and, with the ends exchanged, TCP_MAERTS: as much as goes, counted where it arrives.
 */
final class TcpStream implements Traffic {
  private static final int BUFFER = 128 * 1024;

  private final StreamClock clock;
  private final boolean isReversed;
  private final int messageBytes;
  private final Channels channels = new Channels();
  private @Nullable ServerSocketChannel listener;

  TcpStream(TrafficPlan plan) {
    this.clock = new StreamClock(plan.duration());
    this.messageBytes = plan.requestSize() > 1 ? plan.requestSize() : BUFFER;
    this.isReversed = plan.test() == NetperfTest.TCP_MAERTS;
  }

  @Override
  public int listen(InetSocketAddress at) throws IOException {
    listener = channels.listen(at);
    return listener.socket().getLocalPort();
  }

  @Override
  public void serve() throws IOException {
    SocketChannel peer = channels.keep(Objects.requireNonNull(listener).accept());
    if (isReversed) {
      send(peer);
    } else {
      receive(peer);
    }
  }

  @Override
  public void drive(InetSocketAddress server) throws IOException {
    SocketChannel channel =
        Channels.connect(channels.keep(SocketChannel.open(Channels.family(server))), server);
    if (isReversed) {
      receive(channel);
    } else {
      send(channel);
    }
  }

  private void send(SocketChannel to) throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(messageBytes);
    clock.start();
    while (clock.isOpen()) {
      Channels.writeFully(to, message);
    }
    to.shutdownOutput(); // the receiver may wait for bytes that do not come any more
  }

  private void receive(SocketChannel from) throws IOException {
    ByteBuffer into = ByteBuffer.allocateDirect(BUFFER);
    clock.start();
    while (clock.isOpen()) {
      int bytes = from.read(into.clear());
      if (bytes < 0) {
        return;
      }
      clock.received(bytes);
    }
  }

  @Override
  public double value() {
    return clock.bitsPerSecond();
  }

  @Override
  public void close() {
    channels.close();
  }
}
