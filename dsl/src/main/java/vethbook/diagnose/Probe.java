package vethbook.diagnose;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.process.Command;

/**
 * A packet whose way is followed, marked so that it is told from all others: ICMP echo requests by
 * their DSCP, TCP by its source port, both of which translation of addresses leaves alone.
 *
 * @param protocol what it asks with
 * @param from the namespace that sends it
 * @param port the destination's port; 0 for ICMP
 * @param bytes the length of the whole packet, which may then not be cut into pieces; 0 for a small
 *     one
 */
record Probe(Protocol protocol, Netns from, InetAddress to, int port, int bytes) {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int DSCP = 45;
  private static final int SOURCE_PORT = 33_997;
  private static final int CONNECT_MILLIS = 1500;
  private static final int HEADERS = 28;
  private static final int HEADERS_IPV6 = 48;

  /** What a probe is. */
  enum Protocol {
    ICMP,
    TCP
  }

  /**
   * What came of it.
   *
   * @param answered true when the answer came back
   * @param refused true when the other end answered that nobody listens, or a rule rejected it
   * @param said what ping or Linux said
   */
  record Outcome(boolean answered, boolean refused, String said) {}

  boolean isIpv6() {
    return to.getAddress().length == 16;
  }

  /** {@code tcp to 10.0.0.2 port 80}. */
  String text() {
    String where = protocol.name().toLowerCase(Locale.ROOT) + " to " + Cidr.text(to);
    String length = bytes == 0 ? "" : " with packets of " + bytes + " bytes";
    return (port == 0 ? where : where + " port " + port) + length;
  }

  /** What tells it from other packets, in nft's words. */
  String match(Direction direction) {
    if (protocol == Protocol.TCP) {
      return (direction == Direction.REQUEST ? "tcp sport " : "tcp dport ") + SOURCE_PORT;
    }
    String type = direction == Direction.REQUEST ? "echo-request" : "echo-reply";
    return isIpv6()
        ? "ip6 dscp " + DSCP + " icmpv6 type " + type
        : "ip dscp " + DSCP + " icmp type " + type;
  }

  Probe ofBytes(int length) {
    return new Probe(protocol, from, to, port, length);
  }

  /** Sends it, two or three times, and waits for an answer. */
  Outcome send() {
    if (protocol == Protocol.TCP) {
      return connect();
    }
    if (bytes == 0) {
      return ping(List.of("-c", "3"));
    }
    int size = bytes - (isIpv6() ? HEADERS_IPV6 : HEADERS);
    return ping(List.of("-c", "2", "-M", "do", "-s", Integer.toString(size)));
  }

  private Outcome ping(List<String> options) {
    List<String> argv = new java.util.ArrayList<>(List.of("ping", "-n", "-W", "1", "-i", "0.2"));
    argv.addAll(List.of("-Q", Integer.toString(DSCP << 2)));
    argv.addAll(options);
    argv.add(Cidr.text(to));
    Command.Output output = Command.of(argv).in(from.handle()).run(LIMIT);
    String said = (output.err() + "\n" + output.out()).strip();
    return new Outcome(output.exit() == 0, false, trouble(said));
  }

  /** The line that says what is wrong, if one does. */
  private static String trouble(String said) {
    return said.lines()
        .filter(
            line ->
                line.matches(
                    "(?i).*(unreachable|prohibited|exceeded|frag|too long|filtered|not permitted|invalid|denied|redirect).*"))
        .findFirst()
        .orElse("");
  }

  private Outcome connect() {
    return from.handle()
        .call(
            () -> {
              try (Socket socket = new Socket()) {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.bind(new InetSocketAddress(SOURCE_PORT));
                socket.connect(new InetSocketAddress(to, port), CONNECT_MILLIS);
                return new Outcome(true, false, "");
              } catch (java.net.ConnectException e) {
                return new Outcome(false, true, String.valueOf(e.getMessage()));
              } catch (IOException e) {
                return new Outcome(false, false, String.valueOf(e.getMessage()));
              }
            });
  }
}
