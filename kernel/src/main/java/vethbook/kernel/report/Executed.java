package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vethbook.extension.Extension;
import vethbook.extension.ResultsReader;
import vethbook.extension.SavedResults;
import vethbook.extension.UserException;
import vethbook.kernel.notebook.Cell;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.RunRecord;

/**
 * An executed notebook and what it keeps: all that a report is made of.
 *
 * @param name the file's name as people know it
 * @param folder where pictures named by its Markdown cells are
 * @param results in the order of the cells
 * @param problems with reading results, a text each
 */
public record Executed(
    Notebook notebook,
    String name,
    Path folder,
    RunRecord run,
    List<SavedResults> results,
    List<String> problems) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads one.
   *
   * @param name of the notebook that was run, which may be another file
   * @throws vethbook.kernel.notebook.NotebookException when it cannot be read
   */
  public static Executed read(Path file, String name, List<Extension> extensions) {
    Notebook notebook = Notebook.read(file);
    List<ResultsReader> readers =
        extensions.stream().flatMap(extension -> extension.results().stream()).toList();
    List<SavedResults> results = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Cell cell : notebook.cells()) {
      for (JsonNode output : cell.isCode() ? cell.outputs() : JSON.createArrayNode()) {
        for (ResultsReader reader : readers) {
          JsonNode content = output.path("data").path(reader.type());
          if (!content.isMissingNode()) {
            read(reader, content, results, problems);
          }
        }
      }
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new Executed(
        notebook,
        name,
        folder == null ? Path.of("/") : folder,
        RunRecord.in(notebook),
        List.copyOf(results),
        List.copyOf(problems));
  }

  private static void read(
      ResultsReader reader, JsonNode content, List<SavedResults> results, List<String> problems) {
    try {
      results.add(reader.read(JSON.convertValue(content, Object.class)));
    } catch (UserException e) {
      problems.add(e.describe(""));
    }
  }

  String title() {
    return notebook.title(name);
  }

  /** The name without its ending, for names of other files. */
  String stem() {
    return name.replaceFirst("\\.ipynb$", "");
  }

  /** Failed code cells by their numbers in the file, from 1. */
  List<Integer> failed() {
    List<Cell> cells = notebook.cells();
    List<Integer> failed = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isCode() && cells.get(i).hasFailed()) {
        failed.add(i + 1);
      }
    }
    return failed;
  }

  /** Whether code was run after a cell. */
  boolean wentOnAfter(int number) {
    List<Cell> cells = notebook.cells();
    return cells.subList(number, cells.size()).stream()
        .anyMatch(cell -> cell.isCode() && cell.count() > 0);
  }

  /** What people call a cell: its execution count, else its place. */
  String nameOf(int number) {
    int count = notebook.cells().get(number - 1).count();
    return "cell " + (count == 0 ? number : count);
  }
}
