package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notebooks in the style of IJava's users run as they are, kernelspec included. */
final class JavaNotebooksTest {
  @TempDir Path directory;

  private List<Cell> run(String name) throws Exception {
    Path file = Path.of(JavaNotebooksTest.class.getResource(name).toURI());
    Path output = directory.resolve(name);
    NotebookRun.Options options = NotebookRun.Options.of(output, "test");
    int exit =
        new NotebookRun(Notebook.read(file), file, options, List.of()).run(new RecordedProgress());
    Notebook done = Notebook.read(output);
    List<Cell> cells = done.cells().stream().filter(Cell::isCode).toList();
    assertThat(exit)
        .describedAs(cells.stream().map(cell -> cell.outputs().toString()).toList().toString())
        .isZero();
    assertThat(done.metadata().path("language_info").path("name").asText()).isEqualTo("java");
    return cells;
  }

  private static String shown(Cell cell) {
    return cell.outputs().toString();
  }

  @Test
  void runsTheLanguage() throws Exception {
    List<Cell> cells = run("ijava-basics.ipynb");

    assertThat(shown(cells.get(1))).contains("[1, 4, 9, 16, 25]");
    assertThat(shown(cells.get(3))).contains("second");
    assertThat(shown(cells.get(5))).contains("42 and text");
    assertThat(shown(cells.get(6))).contains("stderr").contains("caught");
    assertThat(shown(cells.get(7))).contains("1.0");
    assertThat(shown(cells.get(8))).contains("a=1").contains("b=2").contains("\"2\"");
    assertThat(shown(cells.get(9))).contains("\"5\"");
  }

  @Test
  void displaysInMediaTypes() throws Exception {
    List<Cell> cells = run("ijava-display.ipynb");

    assertThat(shown(cells.get(0))).contains("\"text/html\":").contains("<b>bold</b>");
    assertThat(shown(cells.get(1))).contains("**done**").doesNotContain("**waiting**");
    assertThat(shown(cells.get(3))).contains("plain");
    assertThat(shown(cells.get(5))).contains("[1, 2, 3]");
    assertThat(shown(cells.get(6))).contains("image/svg+xml");
  }

  @Test
  void getsLibraries() throws Exception {
    List<Cell> cells = run("ijava-libraries.ipynb");

    assertThat(shown(cells.get(1))).contains("42");
    assertThat(shown(cells.get(3))).contains("STABLE");
    assertThat(shown(cells.get(4))).contains("opentest4j-1.3.0.jar");
    assertThat(shown(cells.get(6))).contains("\"0\"");
  }
}
