package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** How runs go, for programs: a JSON object a line, each with {@code event} and {@code time}. */
public final class ProgressJson implements RunProgress {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  public ProgressJson(PrintStream out) {
    this.out = out;
  }

  private static ObjectNode event(String name) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    return event
        .put("event", name)
        .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private synchronized void say(ObjectNode event) {
    out.println(event);
    out.flush();
  }

  @Override
  public void begins(Path notebook, Path output, Map<String, String> parameters, int cells) {
    ObjectNode event = event("begin");
    event.put("notebook", notebook.toString()).put("output", output.toString()).put("cells", cells);
    event.set("parameters", JSON.valueToTree(parameters));
    say(event);
  }

  @Override
  public void cell(int place, String source) {
    say(event("cell").put("cell", place).put("title", ProgressLine.title(source)));
  }

  @Override
  public void progress(Progress progress) {
    ObjectNode event = event("progress").put("fraction", progress.fraction());
    if (!progress.left().isZero()) {
      event.put("left", progress.left().toMillis() / 1000.0);
    }
    event.put("text", progress.text());
    progress.facts().forEach((name, fact) -> event.set(name, JSON.valueToTree(fact)));
    say(event);
  }

  @Override
  public void cellEnded(
      int place, int count, String how, Duration took, @Nullable CellError error) {
    ObjectNode event = event("cell-end").put("cell", place).put("status", how);
    event.put("seconds", took.toMillis() / 1000.0);
    if (error != null) {
      event.putObject("error").put("name", error.name()).put("text", error.value());
    }
    say(event);
  }

  @Override
  public void note(String text) {
    say(event("note").put("text", text));
  }

  @Override
  public void ends(int exit, Duration took, Path output) {
    say(
        event("end")
            .put("exit", exit)
            .put("seconds", took.toMillis() / 1000.0)
            .put("output", output.toString()));
  }
}
