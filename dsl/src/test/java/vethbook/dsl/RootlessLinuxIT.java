package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.lab.MeasuringSlot;
import vethbook.linux.ExperimentException;

/**
 * What works without privileges, in a user namespace with the ids of one user, and what does not
 * and why: RPS masks are root's, and tcpdump changes its groups.
 */
class RootlessLinuxIT {
  private static final String OK = "ok";

  @TempDir private Path folder;

  @BeforeEach
  void needsUserNamespaces() throws IOException {
    Optional<String> whyNot = Unprivileged.whyNot();
    assumeTrue(whyNot.isEmpty(), () -> "skipped: no user namespace here: " + whyNot.orElse(""));
  }

  @Test
  void theReadmesCellsWorkButForThoseThatLinuxRefuses() throws Exception {
    List<String> cells = ReadmeLinuxIT.cells().toList();

    List<String> answers = run(cells);

    assertThat(answers).hasSameSizeAs(cells);
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String answer = answers.get(i);
      if (cell.contains("rps client.eth0")) {
        assertThat(answer).contains("EPERM", "rps_cpus", "rpsDefault");
      } else if (cell.contains("capture(")) {
        assertThat(answer).contains("tcpdump", "uidmap");
      } else {
        assertThat(answer).as(cell).isEqualTo(OK);
      }
    }
  }

  @Test
  void devicesAreBornWithRpsWhereItsMaskIsRoots() throws Exception {
    List<String> answers =
        run(
            List.of(
                """
                a = netns 'a'
                b = netns 'b'
                [a, b].each { it.rpsDefault cpus: 0 }
                vethPair a.eth0, b.eth0, subnet: '10.0.0.0/24'
                assert a.eth0.rps() == [[0] as Set]
                run a, 'ping', '-c', 1, '10.0.0.2'
                """,
                """
                a = netns 'a'
                start a, 'sleep', 1, nice: -5
                """));

    assertThat(answers.get(0)).isEqualTo(OK);
    assertThat(answers.get(1)).contains("CAP_SYS_NICE");
  }

  @Test
  void measuresAlsoWhereTheRightToMeasureIsRoots() throws Exception {
    MeasuringSlot.take("root's", note -> {}).orElseThrow().close(); // leaves its file

    String twice =
        """
        a = netns 'a'
        2.times { experiment('e', rounds: 2) { setting('s') { measure(a, 'echo', 1) { lowerIsBetter 'time', 's', it } } } }
        """;
    assertThat(run(List.of(twice))).isEqualTo(List.of(OK));
  }

  private List<String> run(List<String> cells) throws IOException, InterruptedException {
    Process process = Unprivileged.start(folder, Main.class, cells);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(0);
    return said.lines()
        .filter(line -> line.startsWith(Main.ANSWER))
        .map(line -> line.substring(Main.ANSWER.length()))
        .toList();
  }

  /** Runs each of its arguments as the only cell of a notebook. */
  static final class Main {
    private static final String ANSWER = "answer: ";

    public static void main(String[] cells) {
      for (String cell : cells) {
        System.out.println(ANSWER + answer(cell).replace('\n', ' '));
      }
    }

    private static String answer(String cell) {
      try (Cells session = new Cells()) {
        session.run(cell);
        return OK;
      } catch (ExperimentException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }
}
