package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.process.Command;

/** Each notebook runs as it stands, with small parameters, and finds what it finds anywhere. */
class EveryNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @TempDir private Path folder;

  /**
   * What its outputs must hold, as a regular expression: a finding that no busy machine changes.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          02-reordering-and-rps       | iperf3         | rounds=1 time=1s | TCPSACKReorder
          04-container-cannot-connect | tcpdump        |                  | (\\d+) of \\1 breaks were named .*the path works again
          05-virtual-interfaces       | iperf3         | rounds=1 time=1s | TUN, relayed +\\d.*“A virtual device is as fast as ethtool says” disagrees
          06-a-nic-of-its-own         | redis-server   | rounds=1 time=1s | own device +\\d
          07-softirqs-per-request     | nginx          | rounds=1 time=1s | host +2\\.[0-4].*veth, routed +4\\.[0-4].*bridge . node port +5\\.[0-4]
          08-services-and-macvlan     | netserver      |                  | Reached the service: veth.*Did not: macvlan
          10-your-own                 | netserver      | rounds=1 time=1s | MTU 9000
          11-from-ijava               | nsenter        | rounds=1         | “IJava's cells and magics work here” agrees
          """)
  void findsWhatIsTrueOnEveryMachine(String name, String tool, String parameters, String finding)
      throws Exception {
    assumeTrue(Command.find(tool).isPresent(), () -> "skipped: needs " + tool);
    Leftovers before = Leftovers.now();
    Path executed = folder.resolve(name + ".ipynb");
    List<Object> arguments = new ArrayList<>();
    arguments.add(Vethbook.NOTEBOOKS.resolve(name + ".ipynb"));
    for (String parameter : parameters == null ? new String[0] : parameters.split(" ")) {
      arguments.add("-p");
      arguments.add(parameter);
    }
    arguments.addAll(List.of("--output", executed));

    Command.Output output = Vethbook.run(LIMIT, arguments.toArray());

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    assertThat(Vethbook.outputs(Vethbook.read(executed)))
        .containsPattern("(?s)" + finding)
        .doesNotContain("Cannot ");
    before.assertSettled();
  }

  /** The committed outputs are complete: a reader sees the results without running anything. */
  @Test
  void everyNotebookIsCommittedWithItsResults() throws Exception {
    try (Stream<Path> notebooks = Files.list(Vethbook.NOTEBOOKS)) {
      for (Path notebook : notebooks.filter(file -> file.toString().endsWith(".ipynb")).toList()) {
        String outputs = Vethbook.outputs(Vethbook.read(notebook));
        assertThat(outputs).as(notebook.toString()).hasSizeGreaterThan(300);
        assertThat(outputs).as(notebook.toString()).doesNotContain("Cannot ");
      }
    }
  }
}
