package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vethbook.measure.Results;
import vethbook.tool.Tool;

/** Which tools a record names. */
@Timeout(120)
class ToolsUsedLinuxIT {
  @TempDir private Path folder;

  @Test
  void aRecordNamesThoseThatTheExperimentUsed() {
    for (Tool tool : new Tool[] {Tool.PING, Tool.FPING}) {
      assumeTrue(tool.absence().isEmpty(), () -> "skipped: " + tool.absence().orElse(""));
    }
    try (Cells cells = new Cells()) {
      cells.run(
          """
          client = netns 'client'
          server = netns 'server'
          vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24'
          ping from: client, to: server, count: 1
          """);
      String experiment =
          """
          one = experiment('One', rounds: 1, warmUp: false) {
              setting('a') { fping from: client, to: server, count: 1 }
          }
          """;
      Results results =
          ((ExperimentResult) cells.run(experiment + "one.save '" + folder + "/r.json'"))
              .getResults();

      Map<String, String> tools = results.machine().tools();
      assertThat(tools).containsEntry("fping", Tool.FPING.version().orElseThrow());
      assertThat(tools).doesNotContainKeys("ping", "iperf3");
      Results loaded = ResultFile.load(folder.resolve("r.json"));
      assertThat(loaded.machine().tools()).isEqualTo(tools);
      String differences =
          String.join("\n", results.machine().differences(results.machine().with("fping", "9.9")));
      assertThat(differences).contains("fping: " + tools.get("fping") + " then, 9.9 now");
    }
  }
}
