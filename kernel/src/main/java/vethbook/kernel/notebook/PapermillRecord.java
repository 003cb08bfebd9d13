package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.parameter.Given;
import vethbook.kernel.parameter.Parameter;

/**
 * What papermill writes into the metadata of a notebook and of its cells, so that tools for its
 * notebooks read ours: parameters, times, status.
 */
final class PapermillRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "/papermill";
  private static final List<String> MARKS =
      List.of("papermill-error-cell-tag", "papermill-error-cell");

  private final Notebook notebook;
  private Instant started = now();

  PapermillRecord(Notebook notebook) {
    this.notebook = notebook;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** Takes away the cells with which papermill points at a failure. */
  static void removeMarks(Notebook notebook) {
    notebook.cells().stream()
        .filter(cell -> cell.isMarkdown() && cell.tags().stream().anyMatch(MARKS::contains))
        .forEach(notebook::remove);
  }

  void begin(
      Path input,
      Path output,
      Collection<Parameter> declared,
      Map<String, Given> given,
      String version) {
    started = now();
    ObjectNode record = notebook.metadata().withObject(KEY);
    record.removeAll();
    ObjectNode defaults = record.putObject("default_parameters");
    declared.forEach(each -> put(defaults, each.name(), each.value(), each.written()));
    ObjectNode parameters = record.putObject("parameters");
    given.forEach((name, each) -> put(parameters, name, each.value(), each.groovy()));
    record.putObject("environment_variables");
    record.put("input_path", input.toString()).put("output_path", output.toString());
    record.put("start_time", started.toString()).put("version", "Vethbook " + version);
    record.putNull("end_time").putNull("duration").putNull("exception");
    for (Cell cell : notebook.cells()) {
      if (cell.isCode()) {
        ObjectNode own = cell.metadata().withObject(KEY);
        own.removeAll();
        own.putNull("duration").putNull("end_time").putNull("exception").putNull("start_time");
        own.put("status", "pending");
      }
    }
  }

  /** JSON knows no times and sizes: these go in as they are written. */
  private static void put(ObjectNode to, String name, @Nullable Object value, String written) {
    boolean isJson =
        value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof CharSequence
            || value instanceof Collection
            || value instanceof Map;
    to.set(name, JSON.valueToTree(isJson ? value : written));
  }

  void cellBegins(Cell cell) {
    cell.metadata().withObject(KEY).put("start_time", now().toString()).put("status", "running");
  }

  void cellEnded(Cell cell, Duration took, boolean isOk) {
    cell.metadata()
        .withObject(KEY)
        .put("end_time", now().toString())
        .put("duration", seconds(took))
        .put("exception", !isOk)
        .put("status", isOk ? "completed" : "failed");
  }

  void end(boolean isOk) {
    ObjectNode record = notebook.metadata().withObject(KEY);
    Instant end = now();
    record.put("end_time", end.toString());
    record.put("duration", seconds(Duration.between(started, end)));
    if (isOk) {
      record.putNull("exception");
    } else {
      record.put("exception", true);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** When a run of a notebook came to its end without a failure; empty when it did not. */
  static Optional<String> completed(Notebook notebook) {
    JsonNode record = notebook.metadata().at(KEY);
    boolean isComplete = record.path("end_time").isTextual() && record.path("exception").isNull();
    return isComplete ? Optional.of(record.path("end_time").asText()) : Optional.empty();
  }

  /** The parameters that a run was given: numbers, texts, lists. */
  static Map<String, @Nullable Object> parameters(Notebook notebook) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    notebook
        .metadata()
        .at(KEY + "/parameters")
        .properties()
        .forEach(each -> values.put(each.getKey(), plain(each.getValue())));
    return values;
  }

  private static @Nullable Object plain(JsonNode value) {
    return value.isFloatingPointNumber()
        ? (Object) value.decimalValue()
        : JSON.convertValue(value, Object.class);
  }
}
