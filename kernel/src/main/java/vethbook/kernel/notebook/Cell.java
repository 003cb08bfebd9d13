package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One cell of a notebook; changes go into the notebook. */
public final class Cell {
  private final ObjectNode node;

  Cell(ObjectNode node) {
    this.node = node;
  }

  ObjectNode node() {
    return node;
  }

  public boolean isCode() {
    return node.path("cell_type").asText().equals("code");
  }

  public boolean isMarkdown() {
    return node.path("cell_type").asText().equals("markdown");
  }

  public String source() {
    return text(node.path("source"));
  }

  void source(String text) {
    node.set("source", lines(text));
  }

  public List<String> tags() {
    List<String> tags = new ArrayList<>();
    node.path("metadata").path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  void tag(String tag) {
    node.withObject("/metadata").withArray("tags").add(tag);
  }

  public ObjectNode metadata() {
    return node.withObject("/metadata");
  }

  /** Pictures that a Markdown cell holds itself, by name; missing when it has none. */
  public JsonNode attachments() {
    return node.path("attachments");
  }

  /** The outputs as nbformat has them. */
  public ArrayNode outputs() {
    return node.withArray("outputs");
  }

  void clear() {
    node.set("outputs", JsonNodeFactory.instance.arrayNode());
    node.putNull("execution_count");
  }

  void count(int executionCount) {
    node.put("execution_count", executionCount);
  }

  /** The execution count; 0 when it has not run. */
  public int count() {
    return node.path("execution_count").asInt();
  }

  /** True when it holds an error that was not expected. */
  public boolean hasFailed() {
    for (JsonNode output : outputs()) {
      if (output.path("output_type").asText().equals("error")) {
        return !tags().contains("raises-exception");
      }
    }
    return false;
  }

  /** nbformat stores texts as a string or as a list of lines. */
  public static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    StringBuilder text = new StringBuilder();
    value.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  /** A list of lines, each but the last with its line end. */
  static ArrayNode lines(String text) {
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
