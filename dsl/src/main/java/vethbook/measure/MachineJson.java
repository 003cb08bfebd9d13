package vethbook.measure;

import static vethbook.measure.ResultsJson.number;
import static vethbook.measure.ResultsJson.put;
import static vethbook.measure.ResultsJson.required;
import static vethbook.measure.ResultsJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A machine record as JSON. */
final class MachineJson {
  private MachineJson() {}

  static ObjectNode write(MachineRecord machine) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("linux", machine.linux()).put("cpuModel", machine.cpuModel());
    json.put("cpus", machine.cpus());
    write(json.putObject("mitigations"), machine.mitigations());
    json.put("governor", machine.governor()).put("clocksource", machine.clocksource());
    json.put("virtualisation", machine.virtualisation());
    json.put("memoryBytes", machine.memoryBytes());
    json.put("congestionControl", machine.congestionControl());
    json.put("java", machine.java());
    put(json, "loadAverage", machine.loadAverage());
    write(json.putObject("tools"), machine.tools());
    json.put("at", machine.at().toString());
    return json;
  }

  private static void write(ObjectNode json, Map<String, String> texts) {
    texts.forEach(json::put);
  }

  static MachineRecord read(JsonNode json) {
    return new MachineRecord(
        text(json, "linux"),
        text(json, "cpuModel"),
        required(json, "cpus").asInt(),
        texts(required(json, "mitigations")),
        text(json, "governor"),
        text(json, "clocksource"),
        text(json, "virtualisation"),
        required(json, "memoryBytes").asLong(),
        text(json, "congestionControl"),
        text(json, "java"),
        number(json, "loadAverage"),
        texts(required(json, "tools")),
        Instant.parse(text(json, "at")));
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new TreeMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
