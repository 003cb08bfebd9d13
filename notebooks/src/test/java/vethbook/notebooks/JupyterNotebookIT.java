package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          08-services-and-macvlan | Reached the service: veth.*Did not: macvlan
          11-from-ijava           | “IJava's cells and magics work here” agrees
          """)
  void findsTheSame(String name, String finding) throws Exception {
    assertThat(Vethbook.outputs(Vethbook.read(execute(name)))).containsPattern("(?s)" + finding);
  }

  @Test
  void writesPicturesAndPlotsThatAnyViewerShows() throws Exception {
    assertThat(Files.readString(execute("01-container-latency")))
        .contains("application/vnd.vegalite.v5+json", "image/svg+xml", "image/png");
  }

  /** Runs it with one round, and yields the executed notebook. */
  private static Path execute(String name) throws Exception {
    String text = Files.readString(Vethbook.NOTEBOOKS.resolve(name + ".ipynb"));
    Path small = folder.resolve(name + ".ipynb");
    Files.writeString(small, text.replaceFirst("rounds = \\d+", "rounds = 1"));
    Command.Output output =
        Command.of(
                "jupyter-nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--output",
                name + "-executed.ipynb",
                small.toString())
            .environment("JUPYTER_PATH", folder.resolve("share/jupyter").toString())
            .environment("HOME", folder.toString())
            .environment("LC_ALL", "C.UTF-8")
            .run(LIMIT);
    assertThat(output.exit()).as(output.err()).isZero();
    return folder.resolve(name + "-executed.ipynb");
  }
}
