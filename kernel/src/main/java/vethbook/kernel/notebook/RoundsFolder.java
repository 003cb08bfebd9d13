package vethbook.kernel.notebook;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder beside an executed notebook where its experiments keep each round as it ends: {@code
 * NAME.rounds}. It is gone when the run has come to its end.
 */
final class RoundsFolder {
  private final Path folder;

  RoundsFolder(Path executed) {
    String name = String.valueOf(executed.getFileName()).replaceFirst("\\.ipynb$", "");
    folder = executed.toAbsolutePath().resolveSibling(name + ".rounds");
  }

  Path path() {
    return folder;
  }

  /** Whether there is something to go on with. */
  boolean exists() {
    return Files.isDirectory(folder);
  }

  /**
   * Forgets all rounds.
   *
   * @throws NotebookException when they cannot be deleted
   */
  void delete() {
    if (!exists()) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl*")) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new NotebookException(
          "Cannot delete the rounds of an earlier run in " + folder + ": " + e, null, e);
    }
  }
}
