package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import vethbook.tool.TrafficPlan;

/**
 * UDP_RR: one request and its response at a time, as datagrams. A request or response that is lost
 * would end the test; a request is sent again when nothing has come back for a while, and counted.
 */
final class UdpRoundTrips implements Traffic {
  private static final long PATIENCE_MILLIS = 200;
  private static final int MOST_LOST_IN_A_ROW = 15;

  private final TrafficPlan plan;
  private final Meter meter;
  private final Channels channels = new Channels();
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private @Nullable DatagramChannel server;

  UdpRoundTrips(TrafficPlan plan, Meter meter) {
    this.plan = plan;
    this.meter = meter;
  }

  @Override
  public int listen(InetSocketAddress at) throws IOException {
    server = channels.receive(at);
    return server.socket().getLocalPort();
  }

  @Override
  public void serve() throws IOException {
    DatagramChannel channel = Objects.requireNonNull(server);
    ByteBuffer request = ByteBuffer.allocateDirect(Math.max(1, plan.requestSize()));
    ByteBuffer response = ByteBuffer.allocateDirect(plan.responseSize());
    SocketAddress client = channel.receive(request);
    channel.connect(client);
    channel.write(response.clear());
    while (true) {
      channel.read(request.clear());
      channel.write(response.clear());
    }
  }

  @Override
  public void drive(InetSocketAddress to) throws IOException {
    DatagramChannel channel = channels.keep(DatagramChannel.open(Channels.family(to)));
    channel.connect(to);
    ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
    ByteBuffer response = ByteBuffer.allocateDirect(Math.max(1, plan.responseSize()));
    Thread watch = watch(channel);
    try {
      long before = System.nanoTime();
      meter.start(before);
      while (meter.isOpen(before)) {
        channel.write(request.clear());
        channel.read(response.clear());
        long after = System.nanoTime();
        meter.record(after - before);
        made.lazySet(made.get() + 1);
        before = meter.next(after);
      }
    } finally {
      watch.interrupt();
    }
  }

  /** Sends the request again while no round trip is made; gives up by closing the channel. */
  private Thread watch(DatagramChannel channel) {
    Runnable task =
        () -> {
          ByteBuffer request = ByteBuffer.allocateDirect(plan.requestSize());
          long seen = -1;
          int inARow = 0;
          try {
            while (inARow < MOST_LOST_IN_A_ROW) {
              Thread.sleep(PATIENCE_MILLIS);
              if (made.get() == seen) {
                inARow++;
                lost.incrementAndGet();
                channel.write(request.clear());
              } else {
                inARow = 0;
                seen = made.get();
              }
            }
            channel.close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
          } catch (IOException e) {
            lost.incrementAndGet(); // refused by the other end; the reading thread sees the same
          }
        };
    Thread thread = new Thread(task, "built-in udp watch");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public double value() {
    return meter.rate();
  }

  @Override
  public Map<String, Double> others() {
    return Map.of("lost round trips", (double) lost.get());
  }

  @Override
  public void close() {
    channels.close();
  }
}
