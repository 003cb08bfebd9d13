package vethbook.kernel.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookRun;

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

  /**
   * Writes which executed notebooks belong together: {@code NAME-matrix.json} beside them.
   *
   * @param exits how far they are: the exit status of each, in order
   * @return the file
   */
  static Path writeMatrix(List<Job> jobs, List<Optional<Integer>> exits) throws IOException {
    Job first = jobs.get(0);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("notebook", first.notebook().toString());
    for (int i = 0; i < jobs.size(); i++) {
      ObjectNode run = all.withArray("runs").addObject();
      Job job = jobs.get(i);
      ObjectNode point = run.putObject("point");
      job.point().forEach(point::put);
      ObjectNode given = run.putObject("parameters");
      job.run().parameters().forEach(given::put);
      run.put("output", String.valueOf(job.run().output().getFileName()));
      exits.get(i).ifPresent(exit -> run.put("exit", exit));
    }
    Path file =
        first
            .run()
            .output()
            .toAbsolutePath()
            .resolveSibling(name(first.notebook(), Map.of()) + "-matrix.json");
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Notebook.writeAtomically(file, json.writeValueAsString(all) + "\n");
    return file;
  }
}
