package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.Json;

/** Jupyter's own tools speak to the kernel, as Debian packages them. */
final class JupyterProtocolIT {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int LIMIT_SECONDS = 240;

  @TempDir Path directory;

  @BeforeEach
  void writeKernelspecs() throws IOException {
    writeKernelspec("vethbook", "groovy");
    writeKernelspec("vethbook-java", "java");
  }

  private void writeKernelspec(String name, String language) throws IOException {
    Path spec = Files.createDirectories(directory.resolve("share/kernels/" + name));
    ObjectNode json = Json.object().put("display_name", "Vethbook").put("language", language);
    json.put("interrupt_mode", "message");
    ArrayNode argv = json.putArray("argv");
    KernelProcess.command(Path.of("{connection_file}"), language).forEach(argv::add);
    Files.writeString(spec.resolve("kernel.json"), json.toString());
  }

  @Test
  void conformsToJupytersOwnTests() throws Exception {
    assumePythonHas("jupyter_kernel_test");

    assertThat(run(PYTHON, script("kernel_conformance.py"))).contains("\nOK");
  }

  @Test
  void runsNotebooksOfNbconvert() throws Exception {
    assumePythonHas("nbconvert");
    ObjectNode notebook = Json.object().put("nbformat", 4).put("nbformat_minor", 4);
    notebook
        .putObject("metadata")
        .putObject("kernelspec")
        .put("name", "vethbook")
        .put("display_name", "Vethbook");
    ObjectNode cell = notebook.putArray("cells").addObject().put("cell_type", "code");
    cell.put("source", "println 'printed'\n6 * 7").putNull("execution_count");
    cell.putObject("metadata");
    cell.putArray("outputs");
    Path file = Files.writeString(directory.resolve("n.ipynb"), notebook.toString());

    run(PYTHON, "-m", "nbconvert", "--execute", "--inplace", "--to", "notebook", file.toString());

    assertThat(Files.readString(file)).contains("printed").contains("\"42\"");
  }

  @Test
  void answersWhatIsTypedIntoJupytersConsole() throws Exception {
    assumePythonHas("pexpect, jupyter_console");

    assertThat(run(PYTHON, script("console_dialogue.py"))).contains("as expected");
  }

  @Test
  void worksInTheClassicNotebookInABrowser() throws Exception {
    assumePythonHas("selenium, notebook");
    assumeBrowser();

    assertThat(run(PYTHON, script("notebook_dialogue.py"))).contains("as expected");
  }

  /**
   * Debian has no JupyterLab, and to put one together takes longer than this test may: {@code
   * -Djupyterlab=FOLDER} asks for that, once for a folder.
   */
  @Test
  void worksInJupyterLabInABrowser() throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON, script("lab_dialogue.py")));
    String folder = System.getProperty("jupyterlab", "");
    if (!folder.isEmpty()) {
      command.addAll(List.of("--assemble", folder));
    }
    boolean isInstalled =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "jupyter-lab")));
    assumeTrue(
        isInstalled || !folder.isEmpty(),
        "skipped: JupyterLab is not installed; -Djupyterlab=FOLDER gets it from npm");
    assumePythonHas(folder.isEmpty() ? "selenium" : "selenium, jupyterlab_server");
    assumeBrowser();

    assertThat(run(command.toArray(String[]::new))).contains("as expected");
  }

  private static void assumeBrowser() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/chromedriver")), "skipped: needs chromium-driver");
  }

  private static String script(String name) {
    return Path.of("src/test/python", name).toAbsolutePath().toString();
  }

  private void assumePythonHas(String module) throws Exception {
    boolean isThere =
        Files.isExecutable(Path.of(PYTHON)) && process(PYTHON, "-c", "import " + module).end() == 0;
    assumeTrue(isThere, "skipped: needs Debian's Python with " + module);
  }

  private record Ended(int end, String output) {}

  private String run(String... command) throws Exception {
    Ended ended = process(command);
    assertThat(ended.end()).describedAs(ended.output()).isZero();
    return ended.output();
  }

  private Ended process(String... command) throws IOException, InterruptedException {
    File output = directory.resolve("output.txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("JUPYTER_PATH", directory.resolve("share").toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", directory.resolve("runtime").toString());
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output.toPath());
    return new Ended(ended ? process.exitValue() : -1, ended ? text : text + "\ntimed out");
  }
}
