package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

/**
 * Writes what cells show into the notebook, as a front end would: streams joined, displays replaced
 * in place, cleared when a cell asks.
 */
final class CellOutputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<ObjectNode>> displays = new HashMap<>();
  private @Nullable Cell cell;
  private @Nullable ObjectNode progress;
  private boolean clearsBeforeNext;

  /** How far the cell is; replaced in place, and gone at the end. */
  synchronized void progress(MimeBundle bundle, boolean isLast) {
    ObjectNode shown = progress;
    if (isLast) {
      if (shown != null && cell != null) {
        remove(shown, cell.outputs());
      }
      progress = null;
    } else if (shown == null) {
      ObjectNode output = output("display_data");
      fill(output, bundle);
      outputs().add(output);
      progress = output;
    } else {
      fill(shown, bundle);
    }
  }

  @SuppressWarnings("ReferenceEquality") // two outputs may have the same content
  private static void remove(ObjectNode output, ArrayNode outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) == output) {
        outputs.remove(i);
        return;
      }
    }
  }

  /** Does something while nothing is added. */
  synchronized void whileStill(Runnable task) {
    task.run();
  }

  /** What follows belongs to this cell. */
  synchronized void begin(Cell next) {
    cell = next;
    clearsBeforeNext = false;
    progress = null;
  }

  synchronized void stream(String name, String text) {
    ArrayNode outputs = outputs();
    JsonNode last = outputs.isEmpty() ? outputs : outputs.get(outputs.size() - 1);
    if (last instanceof ObjectNode open
        && open.path("output_type").asText().equals("stream")
        && open.path("name").asText().equals(name)) {
      append(open.withArray("text"), text);
      return;
    }
    ObjectNode output = output("stream");
    output.put("name", name);
    output.set("text", Cell.lines(text));
    outputs.add(output);
  }

  /** In place: what is there already may be megabytes. */
  private static void append(ArrayNode lines, String text) {
    int last = lines.size() - 1;
    boolean isOpen = last >= 0 && !lines.get(last).asText().endsWith("\n");
    lines.addAll(Cell.lines(isOpen ? lines.remove(last).asText() + text : text));
  }

  synchronized void display(MimeBundle bundle, @Nullable String displayId) {
    ObjectNode output = output("display_data");
    fill(output, bundle);
    outputs().add(output);
    if (displayId != null) {
      displays.computeIfAbsent(displayId, id -> new ArrayList<>()).add(output);
    }
  }

  /** Replaces a display wherever it stands, also in an earlier cell. */
  synchronized void update(MimeBundle bundle, String displayId) {
    displays.getOrDefault(displayId, List.of()).forEach(output -> fill(output, bundle));
  }

  synchronized void result(MimeBundle bundle, int executionCount) {
    ObjectNode output = output("execute_result");
    fill(output, bundle);
    output.put("execution_count", executionCount);
    outputs().add(output);
  }

  synchronized void error(String name, String value, List<String> traceback) {
    ObjectNode output = output("error");
    output.put("ename", name).put("evalue", value);
    traceback.forEach(output.withArray("traceback")::add);
    outputs().add(output);
  }

  synchronized void clear(boolean wait) {
    clearsBeforeNext = wait;
    if (!wait) {
      outputs().removeAll();
    }
  }

  private ArrayNode outputs() {
    if (cell == null) {
      throw new IllegalStateException("output before the first cell");
    }
    if (clearsBeforeNext) {
      clearsBeforeNext = false;
      cell.outputs().removeAll();
    }
    return cell.outputs();
  }

  private static ObjectNode output(String type) {
    return JsonNodeFactory.instance.objectNode().put("output_type", type);
  }

  private static void fill(ObjectNode output, MimeBundle bundle) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    bundle
        .data()
        .forEach(
            (type, content) ->
                data.set(
                    type,
                    content instanceof String text && !type.equals(MimeBundle.PNG)
                        ? Cell.lines(text)
                        : JSON.valueToTree(content)));
    output.set("data", data);
    output.set("metadata", JSON.valueToTree(bundle.metadata()));
  }
}
