package vethbook.kernel.notebook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The executed notebook that an earlier run has left, to go on from. */
public final class EarlierRun {
  private final Notebook notebook;
  private final Path file;

  private EarlierRun(Notebook notebook, Path file) {
    this.notebook = notebook;
    this.file = file;
  }

  /**
   * Reads it.
   *
   * @param executed where it would be
   * @return empty when there is none
   * @throws NotebookException for a file that is no notebook
   */
  public static Optional<EarlierRun> at(Path executed) {
    return Files.exists(executed)
        ? Optional.of(new EarlierRun(Notebook.read(executed), executed))
        : Optional.empty();
  }

  /** When it came to its end without a failure; empty when it did not. */
  public Optional<String> completed() {
    return PapermillRecord.completed(notebook);
  }

  /** The parameters it was given. */
  public Map<String, @Nullable Object> parameters() {
    return PapermillRecord.parameters(notebook);
  }

  /**
   * Refuses to put results of different code together.
   *
   * @throws NotebookException if the cells are not those that ran then
   */
  void requireSame(Notebook planned) {
    List<Cell> then = code(notebook);
    List<Cell> now = code(planned);
    for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
      boolean isSame =
          i < then.size() && i < now.size() && then.get(i).source().equals(now.get(i).source());
      if (!isSame) {
        String line =
            ProgressLine.title(i < now.size() ? now.get(i).source() : then.get(i).source());
        throw new NotebookException(
            "Cannot resume %s: code cell %d is not the one that ran then (%s)"
                .formatted(file, i + 1, line),
            "leave out --resume to begin anew",
            null);
      }
    }
  }

  private static List<Cell> code(Notebook of) {
    return of.cells().stream().filter(Cell::isCode).toList();
  }
}
