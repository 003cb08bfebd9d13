package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.UserException;
import vethbook.kernel.notebook.NotebookParameters.Text;

/** Runs without a browser, in this process and with no DSL but a host. */
final class NotebookRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("n.ipynb");

  @TempDir Path directory;

  private final RecordedProgress watcher = new RecordedProgress();

  private Path output() {
    return directory.resolve("n-run.ipynb");
  }

  /** A notebook of these code cells; one that begins with a tag in angle brackets has that tag. */
  private static Notebook notebook(String... cells) {
    ObjectNode root = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 4);
    root.putObject("metadata");
    root.putArray("cells");
    for (String cell : cells) {
      ObjectNode node = root.withArray("cells").addObject();
      boolean hasTag = cell.startsWith("<");
      node.put("cell_type", "code")
          .put("source", hasTag ? cell.substring(cell.indexOf('>') + 1) : cell);
      node.putObject("metadata");
      if (hasTag) {
        node.withObject("/metadata").withArray("tags").add(cell.substring(1, cell.indexOf('>')));
      }
      node.putArray("outputs");
      node.putNull("execution_count");
    }
    return Notebook.parse(root.toString(), "n.ipynb");
  }

  private NotebookRun.Options options(Map<String, Object> parameters) {
    return new NotebookRun.Options(output(), parameters, Duration.ZERO, false, false, "test");
  }

  private NotebookRun plan(Notebook notebook, NotebookRun.Options options) {
    return new NotebookRun(notebook, SOURCE, options, List.of(new HostExtension()));
  }

  private NotebookRun plan(Notebook notebook) {
    return plan(notebook, options(Map.of()));
  }

  private Notebook executed() {
    return Notebook.read(output());
  }

  private static String shown(Notebook notebook, int cell) {
    return notebook.cells().get(cell).outputs().toString();
  }

  @Test
  void refusesAPlaceWhereTheNotebookCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(
            () -> plan(notebook(), NotebookRun.Options.of(file.resolve("n-run.ipynb"), "test")))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("Cannot write " + file)
        .hasMessageContaining("another place");
  }

  @Test
  void namesTheFormatOfAnOldNotebookAndWhatConvertsIt() {
    assertThatThrownBy(() -> Notebook.parse("{\"nbformat\": 3, \"worksheets\": []}", "old.ipynb"))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("Cannot read old.ipynb: it is in notebook format 3")
        .hasMessageContaining("nbconvert --to notebook old.ipynb");
  }

  @Test
  void leavesNothingBehindWhereItTried() throws Exception {
    plan(notebook(), NotebookRun.Options.of(directory.resolve("new/n-run.ipynb"), "test"));

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("new"));
    }
  }

  @Test
  void aNotebookWithoutCellsSaysSo() {
    assertThat(plan(notebook()).run(watcher)).isZero();
    assertThat(watcher.events()).anyMatch(event -> event.contains("has no code cells"));
  }

  @Test
  void parametersGoBehindTheCellThatDeclaresThem() {
    Notebook tagged =
        notebook(
            "<parameters>rounds = 10\nname = 'a'",
            "parameters { share 0.5, range: 0..1 }",
            "[rounds, name, share]");
    Map<String, Object> given =
        Map.of("rounds", new Text("4"), "name", new Text("it's $x"), "share", 1);

    assertThat(plan(tagged, options(given)).run(watcher)).isZero();

    Notebook done = executed();
    assertThat(done.cells()).hasSize(5);
    assertThat(done.cells().get(1).tags()).containsExactly("injected-parameters");
    assertThat(done.cells().get(1).source()).contains("rounds = 4", "name = 'it\\'s $x'");
    assertThat(done.cells().get(3).source()).isEqualTo("// Parameters\nshare = 1.0");
    assertThat(shown(done, 4)).contains("[4, it's $x, 1.0]");

    // again, without: what was put in is gone
    assertThat(plan(done).run(watcher)).isZero();
    assertThat(executed().cells()).hasSize(3);
    assertThat(shown(executed(), 2)).contains("[10, a, 0.5]");
  }

  @Test
  void javaCellsAreGivenJava() {
    Notebook java =
        notebook("<parameters>int rounds = 10;\nvar sizes = List.of(1);", "rounds + sizes.size()");
    java.metadata().withObject("/kernelspec").put("name", "java").put("language", "java");
    Map<String, Object> given = Map.of("rounds", new Text("4"), "sizes", new Text("[1, 2]"));

    assertThat(plan(java, options(given)).run(watcher)).isZero();

    assertThat(executed().cells().get(1).source()).contains("sizes = List.of(1, 2);");
    assertThat(shown(executed(), 2)).contains("\"6\"");
  }

  @Test
  void whatDoesNotFitIsToldBeforeAnythingRuns() {
    Notebook notebook = notebook("parameters { rounds 10, range: 2..100 }", "println 'ran'");

    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("rouns", new Text("4")), Map.of("rounds", 1), Map.of("rounds", "many"))) {
      assertThatThrownBy(() -> plan(notebook, options(wrong))).isInstanceOf(UserException.class);
    }
    assertThat(output()).doesNotExist();
  }

  @Test
  void writesDownWhatPapermillWrites() {
    Notebook notebook = notebook("<parameters>rounds = 10", "println rounds", "1 / 0", "2");

    int exit = plan(notebook, options(Map.of("rounds", 4))).run(watcher);

    assertThat(exit).isEqualTo(ExitCodes.FAILED);
    JsonNode record = executed().metadata().path("papermill");
    assertThat(record.path("parameters").toString()).isEqualTo("{\"rounds\":4}");
    assertThat(record.path("default_parameters").toString()).isEqualTo("{\"rounds\":10}");
    assertThat(record.path("exception").asBoolean()).isTrue();
    assertThat(record.path("duration").isNumber()).isTrue();
    assertThat(record.path("input_path").asText()).isEqualTo("n.ipynb");
    assertThat(
            executed().cells().stream()
                .map(cell -> cell.metadata().at("/papermill/status").asText()))
        .containsExactly("completed", "completed", "completed", "failed", "pending");
    assertThat(executed().cells().get(2).metadata().at("/papermill/start_time").asText())
        .startsWith("2");
  }

  @Test
  void takesAwayWhereAnEarlierRunOfPapermillsFailed() {
    Notebook notebook = notebook("1");
    notebook.cells().get(0).tag("x");
    Notebook marked =
        Notebook.parse(
            notebook
                .text()
                .replaceFirst(
                    "\"cells\": \\[",
                    "\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"An Exception\","
                        + " \"metadata\": {\"tags\": [\"papermill-error-cell-tag\"]}},"),
            "n.ipynb");
    assertThat(marked.cells()).hasSize(2);

    assertThat(plan(marked).run(watcher)).isZero();

    assertThat(executed().cells()).hasSize(1);
  }

  @Test
  void stopsAtAFailureUnlessToldToGoOn() {
    Notebook notebook = notebook("1 / 0", "<skip-execution>2", "<raises-exception>1 / 0", "3");

    assertThat(plan(notebook).run(watcher)).isEqualTo(ExitCodes.FAILED);
    assertThat(shown(executed(), 3)).isEqualTo("[]");
    NotebookRun.Options going =
        new NotebookRun.Options(output(), Map.of(), Duration.ZERO, true, false, "test");
    assertThat(plan(notebook, going).run(watcher)).isEqualTo(ExitCodes.FAILED);

    assertThat(shown(executed(), 3)).contains("\"3\"");
    assertThat(watcher.events())
        .endsWith("cell 1", "failed 1", "skipped 2", "cell 3", "ok 3", "cell 4", "ok 4", "end 1");
  }

  @Test
  void aCellThatHearsNoInterruptIsLeftBehindAtItsTimeout() {
    Notebook notebook =
        notebook(
            "def end = System.nanoTime() + 60_000_000_000L\n"
                + "while (System.nanoTime() < end) { try { Thread.sleep(100) } catch (e) { } }",
            "'reached'");
    NotebookRun.Options short_ =
        new NotebookRun.Options(output(), Map.of(), Duration.ofSeconds(1), true, false, "test");

    long begin = System.nanoTime();
    assertThat(plan(notebook, short_).run(watcher)).isEqualTo(ExitCodes.TIMED_OUT);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
    assertThat(shown(executed(), 1)).contains("reached");
    assertThat(watcher.events()).contains("timeout 1", "ok 2");
  }

  private static final String MEASURING =
      """
      def folder = host.journals().get()
      java.nio.file.Files.createDirectories(folder)
      def journal = folder.resolve('x.jsonl').toFile()
      def there = host.resumes() && journal.exists() ? journal.readLines().size() : 0
      for (round in (there + 1)..4) {
          host.progress(new Progress(round / 5, java.time.Duration.ofSeconds(1), 'round ' + round, [round: round]))
          saved << new File('%s').text
          if (round == fails) { throw new IllegalStateException('power cut') }
          journal << round + '\\n'
      }
      host.progress(new Progress(1, java.time.Duration.ZERO, 'done'))
      measured = journal.readLines()
      """;

  @Test
  void savesAtEachRoundAndResumesThere() {
    Notebook notebook =
        notebook(
            "<parameters>fails = 3",
            "saved = []",
            MEASURING.formatted(output()),
            "measured.join(',')");

    assertThat(plan(notebook).run(watcher)).isEqualTo(ExitCodes.FAILED);

    Path rounds = directory.resolve("n-run.rounds");
    assertThat(rounds.resolve("x.jsonl")).hasContent("1\n2");
    assertThat(shown(executed(), 2)).contains("round 3").contains("power cut");
    assertThat(watcher.events()).anyMatch(event -> event.contains("--resume goes on with them"));

    NotebookRun.Options resumed =
        new NotebookRun.Options(output(), Map.of(), Duration.ZERO, false, true, "test");
    int events = watcher.events().size();
    assertThat(plan(notebook, resumed).run(watcher)).isEqualTo(ExitCodes.FAILED);
    assertThat(watcher.events().subList(events, watcher.events().size()))
        .contains("progress round 3")
        .doesNotContain("progress round 1", "progress round 2");
  }

  @Test
  void theNotebookOnDiskShowsTheRoundThatRuns() {
    Notebook notebook =
        notebook(
            "fails = 0; saved = []",
            MEASURING.formatted(output()),
            "saved.collect { (it =~ /round \\d/)[-1] }.join(',') + ' ' + measured.size()");

    assertThat(plan(notebook).run(watcher)).isZero();

    assertThat(shown(executed(), 2)).contains("round 1,round 2,round 3,round 4 4");
    // a finished experiment needs no progress, and a complete run no rounds
    assertThat(shown(executed(), 1)).isEqualTo("[]");
    assertThat(directory.resolve("n-run.rounds")).doesNotExist();
  }

  @Test
  void resumesNothingElseThanWhatRanThen() {
    Notebook notebook = notebook("<parameters>rounds = 4", "1 / 0");
    assertThat(plan(notebook, options(Map.of("rounds", 5))).run(watcher)).isEqualTo(1);
    NotebookRun.Options resumed =
        new NotebookRun.Options(output(), Map.of(), Duration.ZERO, false, true, "test");

    // the parameters of then are taken again
    assertThat(plan(notebook, resumed).parameters()).containsEntry("rounds", "5");
    NotebookRun.Options other =
        new NotebookRun.Options(output(), Map.of("rounds", 6), Duration.ZERO, false, true, "test");
    assertThatThrownBy(() -> plan(notebook, other))
        .hasMessageContaining("code cell 2 is not the one that ran then (rounds = 6)");
    assertThatThrownBy(() -> plan(notebook("<parameters>rounds = 4", "2"), resumed))
        .hasMessageContaining("leave out --resume");
  }

  @Test
  void whatIsCompleteIsNotRunAgain() throws Exception {
    Notebook notebook = notebook("System.nanoTime()");
    assertThat(plan(notebook).run(watcher)).isZero();
    String before = Files.readString(output());
    NotebookRun.Options resumed =
        new NotebookRun.Options(output(), Map.of(), Duration.ZERO, false, true, "test");

    assertThat(plan(notebook, resumed).run(watcher)).isZero();

    assertThat(Files.readString(output())).isEqualTo(before);
    assertThat(watcher.events()).anyMatch(event -> event.contains("Nothing is left to do"));
  }

  @Test
  void aNotebookOfOursIsOursWhateverItsLanguageIsSaidToBe() {
    Notebook ours = notebook("1");
    ours.metadata().withObject("/kernelspec").put("name", "vethbook").put("language", "python");
    assertThat(plan(ours).run(watcher)).isZero(); // as papermill needs it
    assertThat(executed().metadata().at("/kernelspec/language").asText()).isEqualTo("python");
  }

  @Test
  void aSessionTellsWhichCellsHaveBuiltIt() {
    Notebook notebook =
        notebook(
            "first = 1",
            "<raises-exception>assert false",
            "first = 2",
            "println host.cells().collect { it.source() }.join(' | ')",
            "println host.cells()*.run().unique().size() + ' of ' + host.language()");

    plan(notebook).run(watcher);

    assertThat(shown(executed(), 3)).contains("first = 1 | first = 2 | println host.cells()");
    assertThat(shown(executed(), 4)).contains("4 of groovy");
  }
}
