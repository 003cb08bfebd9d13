package vethbook.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import vethbook.linux.ExperimentException;

/**
 * Results as JSON, format version 2. What cannot be computed again is in it, and nothing else.
 * Version 1 had neither the setup nor the frequency of the CPUs; it is still read.
 */
final class ResultsJson {
  static final int VERSION = 2;
  private static final String FORMAT = "vethbook results";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultsJson() {}

  static String write(Results results) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(results));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree of numbers and texts can always be written
    }
  }

  static ObjectNode tree(Results results) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("version", VERSION);
    json.put("title", results.title()).put("baseline", results.baseline());
    json.put("planned", results.planned()).put("seed", results.seed());
    json.put("warmUpRuns", results.warmUpRuns());
    ArrayNode settings = json.putArray("settings");
    results.settings().forEach(settings::add);
    ArrayNode skipped = json.putArray("skipped");
    for (Skipped one : results.skipped()) {
      skipped.addObject().put("setting", one.setting()).put("reason", one.reason());
    }
    ArrayNode warnings = json.putArray("warnings");
    for (Warning one : results.warnings()) {
      warnings.addObject().put("kind", one.kind().name()).put("text", one.text());
    }
    json.set("machine", MachineJson.write(results.machine()));
    ObjectNode setup = json.putObject("setup");
    results.setup().commands().forEach(setup.putArray("commands")::add);
    results.setup().facts().forEach(setup.putObject("facts")::put);
    ArrayNode samples = json.putArray("samples");
    results.samples().forEach(sample -> samples.add(SampleJson.write(sample)));
    return json;
  }

  static Results read(String text) {
    try {
      return read(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw refused(firstLine(e), e);
    }
  }

  static Results read(JsonNode json) {
    try {
      checkFormat(json);
      return new Results(
          required(json, "title").asText(),
          required(json, "baseline").asText(),
          required(json, "planned").asInt(),
          required(json, "seed").asLong(),
          required(json, "warmUpRuns").asInt(),
          list(required(json, "settings"), JsonNode::asText),
          list(required(json, "samples"), SampleJson::read),
          list(
              required(json, "skipped"),
              one -> new Skipped(text(one, "setting"), text(one, "reason"))),
          list(
              required(json, "warnings"),
              one -> new Warning(Warning.Kind.valueOf(text(one, "kind")), text(one, "text"))),
          MachineJson.read(required(json, "machine")),
          json.path("version").asInt() == 1 ? Setup.UNKNOWN : setup(required(json, "setup")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refused(firstLine(e), e);
    }
  }

  private static Setup setup(JsonNode json) {
    Map<String, String> facts = new TreeMap<>();
    required(json, "facts")
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return new Setup(list(required(json, "commands"), JsonNode::asText), facts);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void checkFormat(JsonNode json) {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw refused("it is not what a result's toJson() writes", null);
    }
    int version = json.path("version").asInt();
    if (version < 1 || version > VERSION) {
      throw refused("its format is version " + version + ", known is up to " + VERSION, null);
    }
  }

  private static ExperimentException refused(
      String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ExperimentException("Cannot read results", "vethbook", reason, null, cause);
  }

  static JsonNode required(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw new IllegalArgumentException("field \"" + field + "\" is missing");
    }
    return value;
  }

  static String text(JsonNode json, String field) {
    return required(json, field).asText();
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
    List<T> all = new ArrayList<>();
    array.forEach(node -> all.add(each.apply(node)));
    return all;
  }

  /** JSON has no NaN; null stands for it. */
  static void put(ObjectNode json, String field, double value) {
    if (Double.isFinite(value)) {
      json.put(field, value);
    } else {
      json.putNull(field);
    }
  }

  static double number(JsonNode json, String field) {
    JsonNode value = required(json, field);
    if (!value.isNull() && !value.isNumber()) {
      throw new IllegalArgumentException("field \"" + field + "\" is no number: " + value);
    }
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}
