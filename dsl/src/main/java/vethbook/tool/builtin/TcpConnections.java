package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.tool.TrafficPlan;

/**
 * TCP_CRR: connect, one request and its response, close. The server closes first, so that TIME_WAIT
 * is on its side and the client never runs out of ports.
 */
final class TcpConnections implements Traffic {
  private final TrafficPlan plan;
  private final Meter meter;
  private final Channels channels = new Channels();
  private @Nullable ServerSocketChannel listener;

  TcpConnections(TrafficPlan plan, Meter meter) {
    this.plan = plan;
    this.meter = meter;
  }

  @Override
  public int listen(InetSocketAddress at) throws IOException {
    listener = channels.listen(at);
    return listener.socket().getLocalPort();
  }

  @Override
  public void serve() throws IOException {
    ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
    ByteBuffer response = ByteBuffer.allocateDirect(plan.responseSize());
    while (true) {
      try (SocketChannel peer = Channels.quick(Objects.requireNonNull(listener).accept())) {
        if (Channels.readFully(peer, request)) {
          Channels.writeFully(peer, response);
        }
      }
    }
  }

  @Override
  public void drive(InetSocketAddress server) throws IOException {
    ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
    ByteBuffer response = ByteBuffer.allocateDirect(plan.responseSize());
    ByteBuffer end = ByteBuffer.allocateDirect(1);
    long before = System.nanoTime();
    meter.start(before);
    while (meter.isOpen(before)) {
      SocketChannel channel = channels.keep(SocketChannel.open(Channels.family(server)));
      Channels.connect(channel, server);
      Channels.writeFully(channel, request);
      Channels.readFully(channel, response);
      Channels.readFully(channel, end);
      channel.close();
      channels.forget(channel);
      long after = System.nanoTime();
      meter.record(after - before);
      before = meter.next(after);
    }
  }

  @Override
  public double value() {
    return meter.rate();
  }

  @Override
  public void close() {
    channels.close();
  }
}
