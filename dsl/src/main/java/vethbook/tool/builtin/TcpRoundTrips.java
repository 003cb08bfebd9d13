package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.tool.TrafficPlan;

/** TCP_RR: one request and its response at a time, on one connection. */
final class TcpRoundTrips implements Traffic {
  private final TrafficPlan plan;
  private final Meter meter;
  private final Channels channels = new Channels();
  private @Nullable ServerSocketChannel listener;

  TcpRoundTrips(TrafficPlan plan, Meter meter) {
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
    SocketChannel peer = Channels.quick(channels.keep(Objects.requireNonNull(listener).accept()));
    ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
    ByteBuffer response = ByteBuffer.allocateDirect(plan.responseSize());
    while (Channels.readFully(peer, request)) {
      Channels.writeFully(peer, response);
    }
  }

  @Override
  public void drive(InetSocketAddress server) throws IOException {
    SocketChannel channel =
        Channels.connect(channels.keep(SocketChannel.open(Channels.family(server))), server);
    ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
    ByteBuffer response = ByteBuffer.allocateDirect(plan.responseSize());
    long before = System.nanoTime();
    meter.start(before);
    while (meter.isOpen(before)) {
      Channels.writeFully(channel, request);
      if (!Channels.readFully(channel, response)) {
        throw new IOException("the server closed the connection");
      }
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
