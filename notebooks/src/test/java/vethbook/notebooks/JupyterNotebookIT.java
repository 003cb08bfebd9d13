package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.process.Command;

/** Notebooks run by Jupyter, with both kernels. */
class JupyterNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private static Path folder;

  @BeforeAll
  static void installKernels() {
    assumeTrue(Command.find("jupyter-nbconvert").isPresent(), "skipped: needs jupyter-nbconvert");
    Command.Output installed =
        Command.of(
                Vethbook.JAVA.toString(),
                "-jar",
                Vethbook.JAR.toString(),
                "install",
                "--prefix",
                folder.toString())
            .run(LIMIT);
    assertThat(installed.exit()).as(installed.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("vethbook.notebooks.Finding#everywhere")
  void findsTheSame(Finding finding) throws Exception {
    assumeTrue(Command.find(finding.tool()).isPresent(), () -> "skipped: needs " + finding.tool());
    finding.assertIn(execute(finding.notebook(), finding.parameters()));
  }

  @Test
  void writesPicturesAndPlotsThatAnyViewerShows() throws Exception {
    Path executed = execute("01-container-latency", Map.of("rounds", "1"));

    assertThat(Files.readString(executed))
        .contains("application/vnd.vegalite.v5+json", "image/svg+xml", "image/png");
    assertThat(ContainerLatencyNotebookIT.rate(Vethbook.outputs(Vethbook.read(executed)), "host"))
        .isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"03-sysctl-in-a-namespace", "09-real-containers"})
  void saysWhatIsSkippedWithoutAnEngine(String notebook) throws Exception {
    Path executed = execute(notebook, Map.of());

    assertThat(Vethbook.outputs(Vethbook.read(executed))).containsPattern("skipped: (no )?docker ");
  }

  /** Runs it with these parameters, and yields the executed notebook. */
  private static Path execute(String name, Map<String, String> parameters) throws Exception {
    Path notebook = folder.resolve(name + ".ipynb");
    String text = Files.readString(Vethbook.NOTEBOOKS.resolve(name + ".ipynb"));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      Matcher declared =
          Pattern.compile("\"" + parameter.getKey() + " = [^ \"\\\\]+").matcher(text);
      assertThat(declared.find()).as("%s in %s", parameter.getKey(), name).isTrue();
      text = declared.replaceFirst("\"" + parameter.getKey() + " = " + parameter.getValue());
    }
    Files.writeString(notebook, text);
    Command.Output output =
        Command.of(
                "jupyter-nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--output",
                name + "-executed.ipynb",
                notebook.toString())
            .environment("JUPYTER_PATH", folder.resolve("share/jupyter").toString())
            .environment("DOCKER_HOST", "unix://" + folder.resolve("no-socket"))
            .environment("HOME", folder.toString())
            .environment("LC_ALL", "C.UTF-8")
            .run(LIMIT);
    assertThat(output.exit()).as(output.err()).isZero();
    return folder.resolve(name + "-executed.ipynb");
  }
}
