package vethbook.kernel.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookParameters;
import vethbook.kernel.notebook.NotebookParameters.Text;
import vethbook.kernel.notebook.NotebookRun;
import vethbook.kernel.parameter.DeclaredParameters;

/** Makes of a command line the runs it asks for; what is wrong with any is told before all. */
final class Jobs {
  private final ParameterOptions parameters;
  private final @Nullable Path output;
  private final boolean inplace;
  private final How how;

  /** How each is run. */
  record How(Duration timeout, boolean keepGoing, boolean resume) {}

  Jobs(ParameterOptions parameters, @Nullable Path output, boolean inplace, How how) {
    this.parameters = parameters;
    this.output = output;
    this.inplace = inplace;
    this.how = how;
  }

  /**
   * Plans all runs.
   *
   * @throws UsageException for what is wrong with files or parameters
   */
  List<Job> plan(List<Path> files) {
    if (inplace && (output != null || parameters.hasMatrix())) {
      throw new UsageException(
          "Cannot write over the notebook and to other files: --inplace goes neither with --output"
              + " nor with --matrix");
    }
    Map<String, @Nullable Object> values = parameters.values();
    List<Map<String, String>> points = parameters.combinations();
    try {
      List<Job> jobs = new ArrayList<>();
      Map<Path, Notebook> notebooks = new LinkedHashMap<>();
      files.forEach(file -> notebooks.put(file, Notebook.read(file)));
      boolean isOne = notebooks.size() == 1;
      if (!isOne) {
        requireKnown(values, points, notebooks);
      }
      boolean areMany = !isOne || points.size() > 1;
      notebooks.forEach(
          (file, notebook) -> {
            NotebookParameters declared = isOne ? null : new NotebookParameters(notebook);
            for (Map<String, String> point : of(points, declared)) {
              Map<String, @Nullable Object> given = new LinkedHashMap<>(values);
              point.forEach((name, text) -> given.put(name, new Text(text)));
              if (declared != null) {
                given.keySet().removeIf(name -> !declared.has(name));
              }
              jobs.add(job(file, notebook, point, given, areMany));
            }
          });
      requireDifferentOutputs(jobs);
      return jobs;
    } catch (UserException e) {
      throw new UsageException(e.describe(""));
    }
  }

  /** Of several notebooks each takes the parameters that it has; one that none has is an error. */
  private static void requireKnown(
      Map<String, @Nullable Object> values,
      List<Map<String, String>> points,
      Map<Path, Notebook> notebooks) {
    Set<String> known = new LinkedHashSet<>();
    notebooks
        .values()
        .forEach(
            notebook -> new NotebookParameters(notebook).all().forEach(p -> known.add(p.name())));
    Set<String> given = new LinkedHashSet<>(values.keySet());
    given.addAll(points.get(0).keySet());
    for (String name : given) {
      if (!known.contains(name)) {
        throw DeclaredParameters.unknown(name, known);
      }
    }
  }

  private static List<Map<String, String>> of(
      List<Map<String, String>> points, @Nullable NotebookParameters declared) {
    if (declared == null) {
      return points;
    }
    return points.stream()
        .map(
            point -> {
              Map<String, String> own = new LinkedHashMap<>(point);
              own.keySet().removeIf(name -> !declared.has(name));
              return own;
            })
        .distinct()
        .toList();
  }

  private Job job(
      Path file,
      Notebook notebook,
      Map<String, String> point,
      Map<String, @Nullable Object> given,
      boolean isOneOfMany) {
    NotebookRun.Options options =
        new NotebookRun.Options(
            place(file, point, isOneOfMany),
            given,
            how.timeout(),
            how.keepGoing(),
            how.resume(),
            Version.text());
    return new Job(file, point, new NotebookRun(notebook, file, options, Extensions.all()));
  }

  private Path place(Path file, Map<String, String> point, boolean isOneOfMany) {
    if (inplace) {
      return file;
    }
    String name = Job.name(file, Map.of()) + "-run" + Job.name(Path.of(""), point) + ".ipynb";
    if (output == null) {
      return Path.of(name);
    }
    boolean isFile = output.toString().endsWith(".ipynb") && !Files.isDirectory(output);
    if (isFile && isOneOfMany) {
      throw new UsageException(
          "Cannot write several notebooks to one --output file: let it name a folder");
    }
    return isFile ? output : output.resolve(name);
  }

  private static void requireDifferentOutputs(List<Job> jobs) {
    Map<Path, Path> taken = new HashMap<>();
    for (Job job : jobs) {
      Path other = taken.put(job.run().output().toAbsolutePath().normalize(), job.notebook());
      if (other != null) {
        throw new UsageException(
            "Cannot write the results of %s and %s both to %s: run them one by one, with another --output each"
                .formatted(other, job.notebook(), job.run().output()));
      }
    }
  }
}
