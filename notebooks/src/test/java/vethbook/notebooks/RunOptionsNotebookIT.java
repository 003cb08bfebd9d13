package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/** What {@code vethbook run} can be told: parameters, a matrix, resuming, progress for programs. */
class RunOptionsNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static RunningProcess start(Object... arguments) {
    List<String> argv =
        new ArrayList<>(List.of(Vethbook.JAVA.toString(), "-jar", Vethbook.JAR.toString(), "run"));
    for (Object argument : arguments) {
      argv.add(argument.toString());
    }
    return Command.of(argv).start();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aMatrixRunsEachCombinationAndTellsPrograms() throws Exception {
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            "parameters { mtu 1500, range: 68..65535; wait_time 1.second; label 'x' }",
            "\"$mtu $label $wait_time\"");
    Path file = Files.writeString(folder.resolve("p.yaml"), "label: from file\nwait_time: 500ms\n");
    Path out = Files.createDirectory(folder.resolve("out"));

    Command.Output output =
        Vethbook.run(
            LIMIT,
            notebook,
            "--params",
            file,
            "--matrix",
            "mtu=1500,9000",
            "--output",
            out,
            "--progress",
            "jsonl");

    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(Vethbook.outputs(Vethbook.read(out.resolve("n-run-mtu=1500.ipynb"))))
        .contains("1500 from file PT0.5S");
    assertThat(Vethbook.outputs(Vethbook.read(out.resolve("n-run-mtu=9000.ipynb"))))
        .contains("9000 from file PT0.5S");
    JsonNode matrix = Vethbook.read(out.resolve("n-matrix.json"));
    assertThat(matrix.path("runs")).hasSize(2);
    assertThat(matrix.at("/runs/1/point/mtu").asText()).isEqualTo("9000");
    assertThat(matrix.at("/runs/1/exit").asInt(-1)).isZero();
    List<String> events = new ArrayList<>();
    for (String line : output.out().lines().toList()) {
      events.add(JSON.readTree(line).path("event").asText());
    }
    assertThat(events).startsWith("begin", "cell", "cell-end").endsWith("cell-end", "end");
    assertThat(output.err()).isEmpty();
  }

  @Test
  void listsANotebooksParameters() throws Exception {
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            "parameters { rounds 10, range: 2..100, help: 'of each setting' }",
            "println 'ran'");

    Command.Output output = Vethbook.run(LIMIT, "--help-notebook", notebook);

    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.out())
        .containsPattern("rounds +10 +whole number +2 to 100 +of each setting")
        .doesNotContain("ran");
    assertThat(folder.toFile().list()).containsExactly("n.ipynb");
  }

  @Test
  void whatCannotBeIsToldBeforeTheFirstCell() throws Exception {
    Path good =
        Vethbook.write(folder.resolve("n.ipynb"), "parameters { rounds 10, range: 2..100 }");
    Path fortran =
        Files.writeString(
            folder.resolve("p.ipynb"),
            Files.readString(good).replace("vethbook", "fort").replace("groovy", "fortran"));
    Path file = Files.createFile(folder.resolve("file"));

    assertUsage("did you mean rounds?", good, "-p", "round=3");
    assertUsage("there is no kernel fort (fortran) on this machine", fortran, "--output", folder);
    assertUsage("Cannot write", good, "--output", file.resolve("x"));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("n.ipynb", "p.ipynb", "file");
  }

  private static void assertUsage(String expected, Object... arguments) {
    Command.Output output = Vethbook.run(LIMIT, arguments);
    assertThat(output.exit()).as(output.err()).isEqualTo(2);
    assertThat(output.err()).contains(expected).doesNotContain("\tat ");
  }

  @Test
  void aKilledExperimentGoesOnAtTheRoundWhereItWas() throws Exception {
    Leftovers before = Leftovers.now();
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            "parameters { rounds 6 }",
            "a = netns 'a'; b = netns 'b'; vethPair a.eth0, b.eth0, subnet: '10.1.1.0/24'",
            """
            found = experiment('Resumed', rounds: rounds, warmUp: false) {
                setting('one')  { netperf TCP_RR, from: a, to: b, time: 0.3.seconds, engine: 'built-in' }
                setting('more') { netperf TCP_RR, from: a, to: b, time: 0.3.seconds, engine: 'built-in' }
            }
            """,
            "'runs: ' + found.results.samples().collect { \"$it.setting-$it.round\" }.sort().join('"
                + " ')",
            "found.results.warnings().collect { it.kind().name() }.join(' ')");
    Path executed = folder.resolve("executed.ipynb");
    Path rounds = folder.resolve("executed.rounds");
    try (RunningProcess run = start(notebook, "--rounds", "4", "--output", executed)) {
      await(() -> text(executed).contains("round 3/4"));
      Command.of("kill", "-KILL", Long.toString(run.pid())).run(LIMIT);
      run.waitFor(Duration.ofSeconds(20));
    }
    assertThat(rounds).isDirectory();
    String journal = text(rounds.toFile().listFiles()[0].toPath());
    long runs = journal.lines().count() - 1;
    assertThat(runs).isBetween(4L, 7L);

    Command.Output output = Vethbook.run(LIMIT, notebook, "--resume", "--output", executed);

    assertThat(output.exit()).as(output.err()).isZero();
    String shown = Vethbook.outputs(Vethbook.read(executed));
    assertThat(shown)
        .contains("Resumed: " + runs + " of 8 runs are there already")
        .contains("runs: more-1 more-2 more-3 more-4 one-1 one-2 one-3 one-4")
        .contains("RESUMED");
    assertThat(rounds).doesNotExist();
    Command.Output again = Vethbook.run(LIMIT, notebook, "--resume", "--output", executed);
    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("Nothing is left to do");
    before.assertSettled();
  }

  @Test
  void theSecondInterruptLeavesACellThatDoesNotStop() throws Exception {
    Path begun = folder.resolve("begun");
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            """
            new File('%s').text = 'begun'
            def end = System.nanoTime() + 90_000_000_000L
            while (System.nanoTime() < end) { try { Thread.sleep(100) } catch (e) { } }
            """
                .formatted(begun),
            "println 'never'");
    Path executed = folder.resolve("executed.ipynb");
    try (RunningProcess run = start(notebook, "--output", executed)) {
      await(() -> Files.exists(begun));
      Command.of("kill", "-INT", Long.toString(run.pid())).run(LIMIT);
      Thread.sleep(3000);
      Command.of("kill", "-INT", Long.toString(run.pid())).run(LIMIT);
      assertThat(run.waitFor(Duration.ofSeconds(30)).exit()).isEqualTo(130);
    }
    JsonNode done = Vethbook.read(executed);
    assertThat(Vethbook.outputs(done)).contains("Interrupted");
    assertThat(done.at("/cells/1/outputs")).isEmpty();
  }
}
