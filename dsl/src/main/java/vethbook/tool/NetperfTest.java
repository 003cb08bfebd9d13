package vethbook.tool;

/** The tests of netperf that are served, by its own names (netperf manual, sections 5 to 7). */
public enum NetperfTest {
  /** One request and its response at a time on one connection. */
  TCP_RR(true, "tcp"),
  /** Connect, one request and its response, close. */
  TCP_CRR(true, "tcp"),
  /** As much as goes from client to server. */
  TCP_STREAM(false, "tcp"),
  /** As much as goes from server to client. */
  TCP_MAERTS(false, "tcp"),
  /** One request and its response at a time, as datagrams. */
  UDP_RR(true, "udp"),
  /** As many datagrams as go from client to server; what arrives counts. */
  UDP_STREAM(false, "udp");

  private final boolean roundTrips;
  private final String protocol;

  NetperfTest(boolean roundTrips, String protocol) {
    this.roundTrips = roundTrips;
    this.protocol = protocol;
  }

  /** True where transactions are counted, false where bits are. */
  public boolean countsRoundTrips() {
    return roundTrips;
  }

  /** {@code tcp} or {@code udp}. */
  public String protocol() {
    return protocol;
  }
}
