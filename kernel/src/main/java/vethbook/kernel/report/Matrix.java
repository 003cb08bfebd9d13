package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vethbook.extension.Extension;
import vethbook.extension.SavedResults;
import vethbook.extension.SavedResults.Outcome;
import vethbook.kernel.notebook.NotebookException;

/**
 * The runs of one notebook with several values of its parameters.
 *
 * @param name of the notebook that was run
 * @param file that names the runs, as it was said
 */
public record Matrix(String name, String file, List<Point> points) {
  /** How the files end that say which executed notebooks belong together. */
  public static final String SUFFIX = "-matrix.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One run.
   *
   * @param parameters those that differ between the runs
   * @param executed what came of it; empty when it did not run
   */
  record Point(Map<String, String> parameters, Optional<Executed> executed) {
    String text() {
      return String.join(
          ", ",
          parameters.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
    }

    /** The results of an experiment. */
    Optional<SavedResults> of(String title) {
      return executed.stream()
          .flatMap(one -> one.results().stream())
          .filter(results -> results.title().equals(title))
          .findFirst();
    }

    /** What an experiment found for a setting. */
    Optional<Outcome> of(String title, String setting) {
      return of(title).stream()
          .flatMap(results -> results.outcomes().stream())
          .filter(outcome -> outcome.setting().equals(setting))
          .findFirst();
    }
  }

  /**
   * Reads what {@code vethbook run --matrix} wrote, and the notebooks that it names.
   *
   * @throws NotebookException when one of the files is not what it should be
   */
  public static Matrix read(Path file, List<Extension> extensions) {
    JsonNode json = json(file);
    if (!json.path("runs").isArray() || json.path("runs").isEmpty()) {
      throw new NotebookException(
          "Cannot read %s: it names no runs".formatted(file),
          "'vethbook run --matrix' writes such files",
          null);
    }
    Path notebook = Path.of(json.path("notebook").asText("notebook.ipynb"));
    List<Point> points = new ArrayList<>();
    for (JsonNode run : json.path("runs")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      run.path("point")
          .properties()
          .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
      Path output = file.toAbsolutePath().resolveSibling(run.path("output").asText());
      points.add(
          new Point(
              parameters,
              run.has("exit") && Files.exists(output)
                  ? Optional.of(
                      Executed.read(output, String.valueOf(output.getFileName()), extensions))
                  : Optional.empty()));
    }
    return new Matrix(String.valueOf(notebook.getFileName()), file.toString(), List.copyOf(points));
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new NotebookException("Cannot find matrix " + file, null, e);
    } catch (IOException e) {
      throw new NotebookException(
          "Cannot read matrix %s: %s".formatted(file, e.getMessage()), null, e);
    }
  }

  /** Whether any of the runs keeps measured results. */
  public boolean hasResults() {
    return executed().stream().anyMatch(one -> !one.results().isEmpty());
  }

  List<Executed> executed() {
    return points.stream().flatMap(point -> point.executed().stream()).toList();
  }

  /** The experiments of all runs, in order. */
  List<String> titles() {
    Set<String> titles = new LinkedHashSet<>();
    executed().forEach(one -> one.results().forEach(results -> titles.add(results.title())));
    return List.copyOf(titles);
  }

  /** The settings of an experiment in all runs, in order. */
  List<String> settings(String title) {
    Set<String> settings = new LinkedHashSet<>();
    for (Point point : points) {
      point.of(title).ifPresent(one -> one.outcomes().forEach(out -> settings.add(out.setting())));
    }
    return List.copyOf(settings);
  }

  /** The raw rounds of all runs, with the parameters before them. */
  String csv() {
    Csv csv = new Csv();
    for (Point point : points) {
      point.executed().ifPresent(one -> csv.add(one.results(), point.parameters()));
    }
    return csv.text();
  }
}
