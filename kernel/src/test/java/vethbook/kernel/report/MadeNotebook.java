package vethbook.kernel.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.ResultsReader;
import vethbook.extension.SavedResults;

/** An executed notebook made of given cells, and a DSL whose results are lists of numbers. */
final class MadeNotebook {
  static final String TYPE = "application/vnd.made+json";

  static final List<Extension> EXTENSIONS = List.of(new MadeDsl());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode cells;

  MadeNotebook() {
    root.put("nbformat", 4).put("nbformat_minor", 4).putObject("metadata");
    cells = root.putArray("cells");
  }

  MadeNotebook markdown(String source) {
    cell("markdown", source);
    return this;
  }

  private ObjectNode cell(String type, String source) {
    ObjectNode cell = cells.addObject().put("cell_type", type).put("source", source);
    cell.putObject("metadata");
    return cell;
  }

  MadeNotebook run(String key, String value) {
    root.withObject("/metadata/vethbook/run").put(key, value);
    return this;
  }

  /** A cell that shows one bundle. */
  MadeNotebook shows(String source, Map<String, ?> data) {
    ObjectNode output = code(source).addObject().put("output_type", "display_data");
    output.set("data", JSON.valueToTree(data));
    output.putObject("metadata");
    return this;
  }

  MadeNotebook fails(String source, String traceback) {
    ObjectNode output = code(source).addObject().put("output_type", "error");
    output.put("ename", "Error").put("evalue", "").putArray("traceback").add(traceback);
    return this;
  }

  private ArrayNode code(String source) {
    ObjectNode cell = cell("code", source).put("execution_count", cells.size());
    return cell.putArray("outputs");
  }

  MadeNotebook measured(String title, double value) {
    return shows(
        "measure()",
        Map.of(MimeBundle.PLAIN, "measured", TYPE, Map.of("title", title, "value", value)));
  }

  Path write(Path file) throws IOException {
    return Files.writeString(file, JSON.writeValueAsString(root));
  }

  Executed read(Path folder) throws IOException {
    return read(folder, "n.ipynb");
  }

  Executed read(Path folder, String name) throws IOException {
    return Executed.read(write(folder.resolve(name)), name, EXTENSIONS);
  }

  /** A DSL with nothing but results. */
  private static final class MadeDsl implements Extension {
    @Override
    public String name() {
      return "made";
    }

    @Override
    public ExtensionSession open(Host host) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ResultsReader> results() {
      return Optional.of(
          new ResultsReader() {
            @Override
            public String type() {
              return TYPE;
            }

            @Override
            public SavedResults read(Object content) {
              Map<?, ?> map = (Map<?, ?>) content;
              return new OneNumber(
                  String.valueOf(map.get("title")), Double.parseDouble("" + map.get("value")));
            }
          });
    }
  }

  /** A result that is one number; less is worse. */
  private record OneNumber(String title, double value) implements SavedResults {
    @Override
    public MimeBundle table() {
      return MimeBundle.plain(title + " " + value)
          .and(MimeBundle.HTML, "<table><tr><td>" + value + "</td></tr></table>")
          .and(MimeBundle.MARKDOWN, "| " + value + " |");
    }

    @Override
    public List<Outcome> outcomes() {
      return List.of(new Outcome("one", value + " m", ""), new Outcome("two", "", "skipped: no"));
    }

    @Override
    public List<String> doubts() {
      return value < 0 ? List.of("Round 3 was disturbed.") : List.of();
    }

    @Override
    public Map<String, String> record() {
      return Map.of("machine", "a <small> one");
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("eth0 mtu", "1500");
    }

    @Override
    public List<String> commands() {
      return List.of("ip link add");
    }

    @Override
    public List<List<String>> runs() {
      return List.of(List.of("setting", title + " (m)"), List.of("a, b", "" + value));
    }

    @Override
    public String json() {
      return "{\"value\": " + value + "}";
    }

    @Override
    public Against against(SavedResults earlier) {
      double then = ((OneNumber) earlier).value;
      return new Against(
          then == value ? List.of() : List.of("Linux: 6.1 then, 6.12 now"),
          table(),
          value < then ? List.of("one: less than then") : List.of(),
          List.of());
    }
  }
}
