package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.notebook.NotebookParameters.Text;

/** Notebooks of Python's kernel, run without a browser and without Jupyter. */
final class ForeignNotebooksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final RecordedProgress watcher = new RecordedProgress();

  @BeforeEach
  void needsPythonsKernel() {
    assumeTrue(
        Files.isDirectory(Path.of("/usr/share/jupyter/kernels/python3")),
        "skipped: needs the Debian package python3-ipykernel");
  }

  private static Notebook notebook(String... cells) {
    ObjectNode root = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 4);
    root.putObject("metadata")
        .putObject("kernelspec")
        .put("name", "python3")
        .put("language", "python");
    root.putArray("cells");
    for (String cell : cells) {
      ObjectNode node = root.withArray("cells").addObject().put("cell_type", "code");
      boolean isTagged = cell.startsWith("#tag ");
      String source = isTagged ? cell.substring(cell.indexOf('\n') + 1) : cell;
      node.put("source", source).putNull("execution_count").putArray("outputs");
      node.putObject("metadata");
      if (isTagged) {
        node.withObject("/metadata")
            .withArray("tags")
            .add(cell.lines().findFirst().orElseThrow().substring(5));
      }
    }
    return Notebook.parse(root.toString(), "n.ipynb");
  }

  private NotebookRun plan(
      Notebook notebook, Map<String, Object> given, Duration limit, boolean keepGoing) {
    Path output = directory.resolve("n-run.ipynb");
    return new NotebookRun(
        notebook,
        directory.resolve("n.ipynb"),
        new NotebookRun.Options(output, given, limit, keepGoing, false, "test"),
        List.of());
  }

  private int run(String... cells) {
    return plan(notebook(cells), Map.of(), Duration.ZERO, false).run(watcher);
  }

  private Notebook executed() {
    return Notebook.read(directory.resolve("n-run.ipynb"));
  }

  private String shown(int cell) {
    return executed().cells().get(cell).outputs().toString();
  }

  /** Live processes that cells have told of by writing their ids. */
  /** Linux takes a moment to remove a process that was killed. */
  private void awaitEnd(String file) throws Exception {
    long id = Long.parseLong(Files.readString(directory.resolve(file)).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(id);
    if (process.isPresent()) {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void showsWhatCellsShow() throws Exception {
    int exit =
        run(
            "import os, sys; print('out'); print('err', file=sys.stderr)\n"
                + "open('kernel', 'w').write(str(os.getpid()))",
            "from IPython.display import display, clear_output, HTML, Markdown\n"
                + "h = display(Markdown('*old*'), display_id=True)\n"
                + "display({'image/png': 'aGk=', 'text/plain': 'pic'}, raw=True,"
                + " metadata={'image/png': {'width': 3}})\nHTML('<b>x</b>')",
            "h.update(Markdown('*new*')); print('gone'); clear_output(wait=True); print('stays')",
            "#tag skip-execution\n1/0",
            "!echo from the shell",
            "#tag raises-exception\n1/0",
            "input('name?')");

    assertThat(exit).isEqualTo(ExitCodes.FAILED);
    assertThat(shown(0)).contains("out\\n").contains("err\\n").contains("stderr");
    assertThat(shown(1))
        .contains("*new*")
        .doesNotContain("*old*")
        .contains("\"image/png\":\"aGk=\"")
        .contains("\"width\":3")
        .contains("<b>x</b>")
        .contains("execute_result")
        .contains("\"execution_count\":2");
    assertThat(shown(2)).contains("stays").doesNotContain("gone");
    assertThat(shown(3)).isEqualTo("[]");
    assertThat(shown(4)).contains("from the shell");
    assertThat(shown(5)).contains("ZeroDivisionError");
    assertThat(shown(6)).contains("StdinNotImplementedError");
    ObjectNode metadata = executed().metadata();
    assertThat(metadata.at("/language_info/file_extension").asText()).isEqualTo(".py");
    assertThat(metadata.at("/kernelspec/name").asText()).isEqualTo("python3");
    assertThat(metadata.at("/vethbook/run/kernel").asText()).startsWith("Python 3 (ipykernel), 3.");
    assertThat(executed().cells().get(4).count()).isEqualTo(4);
    awaitEnd("kernel");
  }

  @Test
  void parametersAreInjectedInPython() {
    Notebook notebook =
        notebook(
            "#tag parameters\nrounds = 1\nlabel: str = ''\nsizes = [1]\nany = None",
            "(rounds, label, sizes, any)");
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("rounds", new Text("4"));
    given.put("label", new Text("it's\n中"));
    given.put("sizes", List.of(1, 2));
    given.put("any", Map.of("k", true));

    assertThat(plan(notebook, given, Duration.ZERO, false).run(watcher)).isZero();

    assertThat(executed().cells().get(1).tags()).containsExactly("injected-parameters");
    assertThat(executed().cells().get(1).source()).startsWith("# Parameters\nrounds = 4\n");
    assertThat(shown(2)).contains("(4, \\\"it's\\\\n中\\\", [1, 2], {'k': True})");
    assertThatThrownBy(() -> plan(notebook, Map.of("round", new Text("4")), Duration.ZERO, false))
        .hasMessageContaining("did you mean rounds?");
    assertThatThrownBy(() -> plan(notebook("1"), Map.of("n", new Text("4")), Duration.ZERO, false))
        .hasMessageContaining("tag a cell of assignments 'parameters': n = 10");
  }

  @Test
  void aCellOverItsTimeIsInterruptedAndTheNextOneRuns() {
    NotebookRun run =
        plan(
            notebook("import time\nx = 1", "time.sleep(100)", "x + 41", "!sleep 100"),
            Map.of(),
            Duration.ofSeconds(2),
            true);

    assertThat(run.run(watcher)).isEqualTo(ExitCodes.TIMED_OUT);

    assertThat(shown(1)).contains("KeyboardInterrupt");
    assertThat(shown(2)).contains("42");
    assertThat(watcher.events()).anyMatch(event -> event.contains("timeout"));
  }

  @Test
  void aCellThatDoesNotStopIsLeftWithItsKernelAndItsPrograms() throws Exception {
    NotebookRun run =
        plan(
            notebook(
                "import os, signal, subprocess, time\n"
                    + "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                    + "child = subprocess.Popen(['sleep', '1000'], preexec_fn=lambda:"
                    + " signal.signal(signal.SIGINT, signal.SIG_IGN))\n"
                    + "open('child', 'w').write(str(child.pid))\n"
                    + "open('running', 'w').close()\ntime.sleep(1000)"),
            Map.of(),
            Duration.ZERO,
            false);
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> run.run(watcher));
    while (!Files.exists(directory.resolve("running"))) {
      assertThat(exit).isNotDone();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    run.stop();
    TimeUnit.MILLISECONDS.sleep(500);
    assertThat(exit).isNotDone();
    run.stop();

    assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCodes.INTERRUPTED);
    assertThat(shown(0)).contains("did not end the cell when it was interrupted");
    awaitEnd("child");
  }

  @Test
  void theEndOfTheKernelIsExplained() {
    int exit = run("print('before')", "import os\nos.write(2, b'last words\\n'); os._exit(7)", "1");

    assertThat(exit).isEqualTo(ExitCodes.FAILED);
    assertThat(shown(0)).contains("before");
    assertThat(shown(1)).contains("DeadKernelError").contains("exit status 7");
    assertThat(shown(2)).isEqualTo("[]");
  }

  @Test
  void aKernelThatIsNotThereIsToldBeforeAnythingRuns() {
    Notebook other = notebook("1");
    other.metadata().withObject("/kernelspec").put("name", "my-env");

    assertThatThrownBy(() -> plan(other, Map.of(), Duration.ZERO, false))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("there is no kernel my-env (python) on this machine")
        .hasMessageContaining("python3 (python)");
    other.metadata().withObject("/kernelspec").put("name", "").put("language", "fortran");
    assertThatThrownBy(() -> plan(other, Map.of(), Duration.ZERO, false))
        .hasMessageContaining("there is no kernel for fortran");
  }
}
