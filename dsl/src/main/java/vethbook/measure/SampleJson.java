package vethbook.measure;

import static vethbook.measure.ResultsJson.number;
import static vethbook.measure.ResultsJson.put;
import static vethbook.measure.ResultsJson.required;
import static vethbook.measure.ResultsJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One sample as JSON. */
final class SampleJson {
  private SampleJson() {}

  static ObjectNode write(Sample sample) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("setting", sample.setting());
    json.put("round", sample.round()).put("position", sample.position());
    json.put("started", sample.started().toString()).put("took", sample.took().toString());

    Measurement measured = sample.measurement();
    write(json.putObject("metric"), measured.metric(), measured.value());
    json.put("engine", measured.engine()).put("transactions", measured.transactions());
    ArrayNode extras = json.putArray("extras");
    measured.extras().forEach((metric, value) -> write(extras.addObject(), metric, value));
    json.put("raw", measured.raw());

    ObjectNode load = json.putObject("load");
    put(load, "loadAverage", sample.load().loadAverage());
    put(load, "pressure", sample.load().pressure());
    put(load, "steal", sample.load().steal());
    put(load, "others", sample.load().others());
    put(load, "frequency", sample.load().frequency());
    ObjectNode counters = json.putObject("counters");
    sample.counters().forEach(counters::put);
    return json;
  }

  private static void write(ObjectNode json, Metric metric, double value) {
    json.put("name", metric.name()).put("unit", metric.unit());
    json.put("higherIsBetter", metric.higherIsBetter());
    put(json, "value", value);
  }

  static Sample read(JsonNode json) {
    return new Sample(
        text(json, "setting"),
        required(json, "round").asInt(),
        required(json, "position").asInt(),
        measurement(json),
        load(required(json, "load")),
        counters(required(json, "counters")),
        Instant.parse(text(json, "started")),
        Duration.parse(text(json, "took")));
  }

  private static Measurement measurement(JsonNode json) {
    Map<Metric, Double> extras = new LinkedHashMap<>();
    required(json, "extras").forEach(one -> extras.put(metric(one), number(one, "value")));
    return new Measurement(
        metric(required(json, "metric")),
        number(required(json, "metric"), "value"),
        text(json, "engine"),
        extras,
        required(json, "transactions").asLong(),
        text(json, "raw"));
  }

  private static Metric metric(JsonNode json) {
    return new Metric(
        text(json, "name"), text(json, "unit"), required(json, "higherIsBetter").asBoolean());
  }

  private static Load load(JsonNode json) {
    return new Load(
        number(json, "loadAverage"),
        number(json, "pressure"),
        number(json, "steal"),
        number(json, "others"),
        json.has("frequency") ? number(json, "frequency") : Double.NaN); // not in version 1
  }

  private static Map<String, Long> counters(JsonNode json) {
    Map<String, Long> counters = new TreeMap<>();
    json.properties().forEach(entry -> counters.put(entry.getKey(), entry.getValue().asLong()));
    return counters;
  }
}
