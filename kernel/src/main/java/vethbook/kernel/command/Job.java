package vethbook.kernel.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;
import vethbook.kernel.notebook.NotebookRun;
import vethbook.kernel.report.Matrix;

/**
 * One of the runs that a command line asks for.
 *
 * @param notebook as it was named
 * @param point its place in the matrix; empty without one
 * @param run what is to be done
 */
record Job(Path notebook, Map<String, String> point, NotebookRun run) {
  private static final int LONGEST_NAME = 120;

  /** The notebook's file name without its ending, and its place in the matrix. */
  static String name(Path notebook, Map<String, String> point) {
    String name = String.valueOf(notebook.getFileName()).replaceFirst("\\.ipynb$", "");
    String suffix =
        point.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .map(text -> text.replaceAll("[^\\p{L}\\p{N}=.+-]+", "_"))
            .collect(Collectors.joining(","));
    String whole = suffix.isEmpty() ? "" : "-" + suffix;
    // the hash tells apart what the shortened name does not
    return whole.length() <= LONGEST_NAME
        ? name + whole
        : name + whole.substring(0, LONGEST_NAME) + "-" + Integer.toHexString(whole.hashCode());
  }

  /** For its report: the notebook, named after its place in the matrix. */
  Path title() {
    return point.isEmpty() ? notebook : notebook.resolveSibling(name(notebook, point) + ".ipynb");
  }

  /** Says which executed notebooks belong together: {@code NAME-matrix.json} beside them. */
  static Path matrixFile(Path notebook, List<Job> jobs) {
    return of(notebook, jobs)
        .get(0)
        .run()
        .output()
        .toAbsolutePath()
        .resolveSibling(name(notebook, Map.of()) + Matrix.SUFFIX);
  }

  private static List<Job> of(Path notebook, List<Job> jobs) {
    return jobs.stream().filter(job -> job.notebook().equals(notebook)).toList();
  }

  /**
   * Writes that file.
   *
   * @param exits how far they are: the exit status of each that has run
   * @throws NotebookException when it cannot be written
   */
  static void writeMatrix(Path notebook, List<Job> jobs, Map<Job, Integer> exits) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("notebook", notebook.toString());
    for (Job job : of(notebook, jobs)) {
      ObjectNode run = all.withArray("runs").addObject();
      ObjectNode point = run.putObject("point");
      job.point().forEach(point::put);
      ObjectNode given = run.putObject("parameters");
      job.run().parameters().forEach(given::put);
      run.put("output", String.valueOf(job.run().output().getFileName()));
      if (exits.containsKey(job)) {
        run.put("exit", exits.get(job));
      }
    }
    Path file = matrixFile(notebook, jobs);
    try {
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Notebook.writeAtomically(file, json.writeValueAsString(all) + "\n");
    } catch (IOException e) {
      throw new NotebookException("Cannot write " + file + ": " + e.getMessage(), null, e);
    }
  }
}
