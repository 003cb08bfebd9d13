package vethbook.tool.builtin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * One kind of test. {@link #listen} and {@link #serve} run in the server's namespace, {@link
 * #drive} in the client's. Closing it ends both, whatever they wait for.
 */
interface Traffic extends AutoCloseable {
  /** Opens what the server listens on and returns its port. */
  int listen(InetSocketAddress at) throws IOException;

  /** The server's work, until this is closed. */
  void serve() throws IOException;

  /** The client's work, until the test is over. */
  void drive(InetSocketAddress server) throws IOException;

  /** Round trips per second or bits per second; after {@link #drive}. */
  double value();

  /** What else was seen. */
  default Map<String, Double> others() {
    return Map.of();
  }

  @Override
  void close();
}
