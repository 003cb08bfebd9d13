package vethbook.dsl;

import java.time.Duration;
import vethbook.lab.PlanException;
import vethbook.tool.Iperf3;
import vethbook.tool.Iperf3Result;
import vethbook.tool.NetperfTest;

/** What {@link ToolWords} do: reads their options and runs the tools. */
final class Tools {
  private static final Duration USUAL_TIME = Duration.ofSeconds(5);
  private static final int MOST_PORT = 65_535;

  private final TrafficWords traffic;

  Tools(TrafficWords traffic) {
    this.traffic = traffic;
  }

  Iperf3Result iperf3(Options options) {
    return Iperf3.run(
        new Iperf3.Plan(
            traffic.ends(options, NetperfTest.TCP_STREAM),
            port(options, Iperf3.PORT),
            options.time("time", USUAL_TIME),
            options.time("omit", Duration.ZERO),
            options.time("interval", Duration.ofSeconds(1)),
            options.count("streams", 1, 1),
            options.flag("reverse"),
            options.flag("udp"),
            8 * options.bytesPerSecond("rate", 0),
            options.bytes("length", 0),
            options.has("congestion") ? options.text("congestion") : "",
            options.bytes("window", 0),
            options.bytes("mss", 0)));
  }

  private static int port(Options options, int usual) {
    int port = options.count("port", usual, 1);
    if (port > MOST_PORT) {
      throw new PlanException("Cannot use port " + port, "ports are 1 to 65535");
    }
    return port;
  }
}
