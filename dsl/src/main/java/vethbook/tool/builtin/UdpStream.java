package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.tool.TrafficPlan;

/**
 * UDP_STREAM: datagrams as fast as they go; what arrives counts, what was sent is told beside it.
 */
final class UdpStream implements Traffic {
  /** Fits the usual MTU of 1500 bytes over IPv4 and IPv6 alike. */
  private static final int PAYLOAD = 1400;

  private final StreamClock arrived;
  private final StreamClock sent;
  private final int payload;
  private final Channels channels = new Channels();
  private @Nullable DatagramChannel server;

  UdpStream(TrafficPlan plan) {
    arrived = new StreamClock(plan.duration());
    sent = new StreamClock(plan.duration());
    payload = plan.requestSize() > 1 ? plan.requestSize() : PAYLOAD;
  }

  @Override
  public int listen(InetSocketAddress at) throws IOException {
    server = channels.receive(at);
    return server.socket().getLocalPort();
  }

  @Override
  public void serve() throws IOException {
    DatagramChannel channel = Objects.requireNonNull(server);
    ByteBuffer into = ByteBuffer.allocateDirect(payload);
    while (true) {
      channel.receive(into.clear());
      arrived.received(into.position());
    }
  }

  @Override
  public void drive(InetSocketAddress to) throws IOException {
    DatagramChannel channel = channels.keep(DatagramChannel.open(Channels.family(to)));
    channel.connect(to);
    ByteBuffer message = ByteBuffer.allocateDirect(payload);
    arrived.start();
    sent.start();
    while (sent.isOpen()) {
      sent.received(channel.write(message.clear()));
    }
  }

  @Override
  public double value() {
    return arrived.bitsPerSecond();
  }

  @Override
  public Map<String, Double> others() {
    return Map.of("sent (bit/s)", sent.bitsPerSecond());
  }

  @Override
  public void close() {
    channels.close();
  }
}
