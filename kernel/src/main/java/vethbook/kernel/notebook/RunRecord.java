package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.extension.Extension;

/**
 * What is to be known about a run without a browser; kept in the notebook's metadata.
 *
 * @param facts in the order in which they are shown
 * @param parameters those that were given to the run
 */
public record RunRecord(Map<String, String> facts, Map<String, String> parameters) {
  private static final String PLACE = "/vethbook/run";
  private static final String PARAMETERS = "parameters";

  /** A notebook's keys are sorted when it is written: this is the order for people. */
  private static final List<String> ORDER =
      List.of(
          "notebook", "finished", "took", "kernel", "Vethbook", "Java", "Linux", "CPUs", "Clock");

  static RunRecord of(
      Path file,
      Map<String, String> parameters,
      String version,
      Instant started,
      Optional<String> kernel,
      List<Extension> extensions) {
    Instant now = Instant.now();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("notebook", String.valueOf(file.getFileName()));
    facts.put(
        "finished",
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")
            .withZone(ZoneId.systemDefault())
            .format(now));
    facts.put("took", ProgressLine.time(Duration.between(started, now)));
    kernel.ifPresent(name -> facts.put("kernel", name));
    facts.put("Vethbook", version);
    facts.put(
        "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    facts.put("Linux", System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
    facts.put("CPUs", Integer.toString(Runtime.getRuntime().availableProcessors()));
    extensions.forEach(extension -> facts.putAll(extension.record()));
    return new RunRecord(facts, parameters);
  }

  /** The record of a notebook; without facts when no such run made its outputs. */
  public static RunRecord in(Notebook notebook) {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    JsonNode kept = notebook.metadata().at(PLACE);
    ORDER.stream().filter(kept::has).forEach(key -> facts.put(key, kept.path(key).asText()));
    kept.path(PARAMETERS)
        .properties()
        .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
    return new RunRecord(facts, parameters);
  }

  void keepIn(Notebook notebook) {
    ObjectNode kept = notebook.metadata().withObject(PLACE);
    kept.removeAll();
    facts.forEach(kept::put);
    ObjectNode given = kept.putObject(PARAMETERS);
    parameters.forEach(given::put);
  }

  /** {@code rounds=4, time=5s}; empty without parameters. */
  public String parameterText() {
    return String.join(
        ", ",
        parameters.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
  }
}
