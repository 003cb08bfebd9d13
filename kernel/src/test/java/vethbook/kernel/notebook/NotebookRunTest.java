package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotebookRunTest {
  private static final Notebook EMPTY =
      Notebook.parse(
          "{\"cells\":[],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}", "test.ipynb");

  @TempDir Path directory;

  private static NotebookRun plan(Path output) {
    NotebookRun.Options options =
        new NotebookRun.Options(output, Map.of(), Duration.ZERO, true, "test");
    return new NotebookRun(EMPTY, Path.of("test.ipynb"), options, List.of());
  }

  @Test
  void refusesAPlaceWhereTheNotebookCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> plan(file.resolve("n-run.ipynb")))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("Cannot write " + file)
        .hasMessageContaining("another place");
  }

  @Test
  void leavesNothingBehindWhereItTried() throws Exception {
    plan(directory.resolve("new/n-run.ipynb"));

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("new"));
    }
  }
}
