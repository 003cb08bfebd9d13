package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a notebook finds on any machine, however busy, by batch run and by Jupyter.
 *
 * @param notebook its name, without {@code .ipynb}
 * @param tool without which it cannot be run
 * @param parameters that keep the run short, by name
 * @param pattern a regular expression that its outputs hold
 */
record Finding(String notebook, String tool, Map<String, String> parameters, String pattern) {
  private static final Map<String, String> SHORT = Map.of("rounds", "1", "time", "1.second");

  static Stream<Finding> everywhere() {
    return Stream.of(
        new Finding("02-reordering-and-rps", "iperf3", SHORT, "TCPSACKReorder"),
        new Finding(
            "04-container-cannot-connect",
            "tcpdump",
            Map.of(),
            "(\\d+) of \\1 breaks were named .*the path works again"),
        new Finding(
            "05-virtual-interfaces",
            "iperf3",
            SHORT,
            "TUN, relayed +\\d.*“A virtual device is as fast as ethtool says” disagrees"),
        new Finding("06-a-nic-of-its-own", "redis-server", SHORT, "own device +\\d"),
        new Finding(
            "07-softirqs-per-request",
            "nginx",
            SHORT,
            "host +2\\.[0-4].*veth, routed +4\\.[0-4].*bridge . node port +5\\.[0-4]"),
        new Finding(
            "08-services-and-macvlan",
            "netserver",
            Map.of(),
            "Reached the service: veth.*Did not: macvlan"),
        new Finding("10-your-own", "netserver", SHORT, "MTU 9000"),
        new Finding(
            "11-from-ijava",
            "nsenter",
            Map.of("rounds", "1"),
            "“IJava's cells and magics work here” agrees"));
  }

  String file() {
    return notebook + ".ipynb";
  }

  /** In the outputs of the executed notebook. */
  void assertIn(Path executed) throws IOException {
    assertThat(Vethbook.outputs(Vethbook.read(executed)))
        .containsPattern("(?s)" + pattern)
        .doesNotContain("Cannot ");
  }

  @Override
  public String toString() {
    return notebook;
  }
}
