package vethbook.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vethbook.linux.process.Command;

/** The built program, and the notebooks it is given. */
final class Vethbook {
  static final Path JAR = Path.of(System.getProperty("vethbook.jar")).normalize();
  static final Path JAVA = Path.of(System.getProperty("vethbook.java"));
  static final Path NOTEBOOKS = Path.of(System.getProperty("vethbook.notebooks"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vethbook() {}

  static Command.Output run(Duration limit, Object... arguments) {
    return command(limit, "run", arguments);
  }

  static Command.Output command(Duration limit, String name, Object... arguments) {
    return command(name, arguments).run(limit);
  }

  /** A command of Vethbook's with these arguments. */
  static Command command(String name, Object... arguments) {
    List<String> argv = new ArrayList<>(List.of(JAVA.toString(), "-jar", JAR.toString(), name));
    for (Object argument : arguments) {
      argv.add(argument.toString());
    }
    return Command.of(argv);
  }

  static JsonNode read(Path notebook) throws IOException {
    return JSON.readTree(Files.readString(notebook));
  }

  /** All text that the outputs of a notebook's cells show. */
  static String outputs(JsonNode notebook) {
    StringBuilder text = new StringBuilder();
    for (JsonNode cell : notebook.path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        append(output.path("text"), text);
        append(output.path("data").path("text/plain"), text);
        append(output.path("traceback"), text);
      }
    }
    return text.toString();
  }

  private static void append(JsonNode lines, StringBuilder to) {
    lines.forEach(line -> to.append(line.asText()));
    to.append('\n');
  }

  /** A notebook of these code cells. */
  static Path write(Path file, String... cells) throws IOException {
    var root = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
    root.putObject("metadata")
        .putObject("kernelspec")
        .put("name", "vethbook")
        .put("language", "groovy");
    int number = 0;
    for (String source : cells) {
      var cell = root.withArray("cells").addObject();
      cell.put("cell_type", "code").put("id", "c" + number++).put("source", source);
      cell.putNull("execution_count").putObject("metadata");
      cell.putArray("outputs");
    }
    return Files.writeString(file, JSON.writeValueAsString(root));
  }
}
